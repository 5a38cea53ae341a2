import { collapse, headingLevel, isInline } from '../parse/elements.ts';
import { type ElementNode, parseStorage, type StorageDoc } from '../parse/parse.ts';

/** One place where a text stands on a page, with the words around it. */
export type Occurrence = { before: string; text: string; after: string; heading: string | null };

const around = 60;
/** Inside a line for the layout, but text does not run on over them. */
const stops = new Set(['br', 'ac:emoticon', 'ac:placeholder']);

/** The block each element's text stands in. Parents come before their children, so one look suffices. */
function blocksOf(doc: StorageDoc): Map<ElementNode | null, ElementNode | null> {
  const blocks = new Map<ElementNode | null, ElementNode | null>([[null, null]]);
  for (const node of doc.nodes) {
    if (node.type === 'element') blocks.set(node, isInline(node) ? (blocks.get(node.parent) ?? null) : node);
  }
  return blocks;
}

function wordsOf(doc: StorageDoc, { textFrom, textTo }: ElementNode): string {
  return collapse(
    doc.texts
      .slice(textFrom, textTo)
      .map((one) => one.text)
      .join(''),
  );
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
  const blocks = blocksOf(doc);
  const parts: string[] = [];
  let length = 0;
  let last = '';
  let block: ElementNode | null | undefined;
  const headings: { at: number; element: ElementNode }[] = [];
  const add = (words: string): void => {
    if (words === '') return;
    parts.push(words);
    length += words.length;
    last = words.at(-1) ?? '';
  };
  for (const node of doc.nodes) {
    if (node.type === 'element') {
      if (headingLevel(node) !== null) headings.push({ at: length, element: node });
      if (stops.has(node.name) || (!isInline(node) && !node.name.startsWith('ri:'))) block = undefined;
      continue;
    }
    if (node.type !== 'text' || node.hidden || node.parent?.name === 'ac:parameter') continue;
    const own = blocks.get(node.parent) ?? null;
    if (own !== block) add('\n');
    block = own;
    const words = node.text.replace(/\s+/g, ' ');
    add(words.startsWith(' ') && (last === '\n' || last === ' ') ? words.slice(1) : words);
  }
  const text = parts.join('');
  const found: Occurrence[] = [];
  // Matches come in order, so lines and headings are passed once.
  const line = { from: 0, to: 0 };
  let under = 0;
  let said: { heading: ElementNode | null; text: string | null } = { heading: null, text: null };
  for (let at = text.indexOf(selection); at >= 0; at = text.indexOf(selection, at + selection.length)) {
    const end = at + selection.length;
    if (end > line.to) {
      line.from = text.lastIndexOf('\n', at) + 1;
      line.to = text.indexOf('\n', end);
      if (line.to < 0) line.to = text.length;
    }
    while ((headings[under]?.at ?? Number.POSITIVE_INFINITY) <= at) under += 1;
    const heading = headings[under - 1]?.element ?? null;
    if (heading !== said.heading) said = { heading, text: heading === null ? null : wordsOf(doc, heading) };
    found.push({
      before: text.slice(Math.max(line.from, at - around), at),
      text: selection,
      after: text.slice(end, Math.min(line.to, end + around)),
      heading: said.text,
    });
  }
  return found;
}
