import { ContentError } from '../content-error.ts';
import { readable } from '../parse/invisible.ts';
import { type AdfNode, adfText, attribute, kidsOf } from './document.ts';

type Heading = { at: number; level: number; path: string[] };

/** The headings among the top-level nodes of a document, with the headings they lie under. */
function headingsOf(nodes: readonly AdfNode[]): Heading[] {
  const found: Heading[] = [];
  const open: { level: number; text: string }[] = [];
  for (const [at, node] of nodes.entries()) {
    if (node.type !== 'heading') continue;
    const level = Number(attribute(node, 'level')) || 1;
    while ((open.at(-1)?.level ?? 0) >= level) open.pop();
    open.push({ level, text: readable(adfText(kidsOf(node), 300)) });
    found.push({ at, level, path: open.map(({ text }) => text) });
  }
  return found;
}

/**
 * The top-level nodes under a heading, by its text or path `A > B`; headings inside other nodes are not looked for.
 * @throws ContentError `not_found` or `ambiguous`, with the candidates
 */
export function adfSection(nodes: AdfNode[], wanted: string): AdfNode[] {
  const headings = headingsOf(nodes);
  const text = readable(wanted.replace(/^#{1,6} +/, '')).toLowerCase();
  const found = headings.filter(({ path }) => ` > ${path.join(' > ')}`.toLowerCase().endsWith(` > ${text}`));
  const [first] = found;
  if (first === undefined || found.length > 1) {
    const candidates = (first === undefined ? headings : found)
      .slice(0, 12)
      .map(({ path }) => path.join(' > '));
    throw new ContentError(
      first === undefined
        ? `The heading "${wanted}" is not at the top level of the document.`
        : `The heading "${wanted}" is ambiguous: ${candidates.join('; ')}.`,
      {
        code: first === undefined ? 'not_found' : 'ambiguous',
        next:
          candidates.length === 0 ? 'Read it without a section.' : `Name one of: ${candidates.join('; ')}.`,
        data: { candidates },
      },
    );
  }
  const next = headings.find(({ at, level }) => at > first.at && level <= first.level);
  return nodes.slice(first.at, next?.at);
}
