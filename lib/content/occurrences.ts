import { collapse, headingLevel, isInline } from './elements.ts';
import { type ElementNode, parseStorage, type StorageNode } from './parse.ts';

/** One place where a text stands on a page, with the words around it. */
export type Occurrence = { before: string; text: string; after: string; heading: string | null };

const around = 60;
/** Inside a line for the layout, but text does not run on over them. */
const stops = new Set(['br', 'ac:emoticon', 'ac:placeholder']);

function blockOf(node: StorageNode): ElementNode | null {
  let at = node.parent;
  while (at !== null && isInline(at)) at = at.parent;
  return at;
}

/**
 * Where a text stands among the words of a page that can be highlighted: not in code, macro parameters or task
 * numbers, and never across blocks. White space counts as one space; letters must be the same.
 * The number of them is what Confluence wants as `textSelectionMatchCount`.
 * @throws ContentError on malformed storage
 */
export function occurrences(storage: string, wanted: string): Occurrence[] {
  const selection = wanted.replace(/\s+/g, ' ').trim();
  if (selection === '') return [];
  const doc = parseStorage(storage);
  let text = '';
  let block: ElementNode | null | undefined;
  const headings: { at: number; element: ElementNode }[] = [];
  for (const node of doc.nodes) {
    if (node.type === 'element') {
      if (headingLevel(node) !== null) headings.push({ at: text.length, element: node });
      if (stops.has(node.name) || (!isInline(node) && !node.name.startsWith('ri:'))) block = undefined;
      continue;
    }
    if (node.type !== 'text' || node.hidden || node.parent?.name === 'ac:parameter') continue;
    const own = blockOf(node);
    if (own !== block) text += '\n';
    block = own;
    const words = node.text.replace(/\s+/g, ' ');
    text += words.startsWith(' ') && /[\n ]$/.test(text) ? words.slice(1) : words;
  }
  const found: Occurrence[] = [];
  for (let at = text.indexOf(selection); at >= 0; at = text.indexOf(selection, at + selection.length)) {
    const end = at + selection.length;
    const line = { from: text.lastIndexOf('\n', at) + 1, to: text.indexOf('\n', end) };
    const heading = headings.findLast((one) => one.at <= at)?.element;
    found.push({
      before: text.slice(Math.max(line.from, at - around), at),
      text: selection,
      after: text.slice(end, Math.min(line.to < 0 ? text.length : line.to, end + around)),
      heading:
        heading === undefined
          ? null
          : collapse(
              doc.texts
                .slice(heading.textFrom, heading.textTo)
                .map((one) => one.text)
                .join(''),
            ).trim(),
    });
  }
  return found;
}
