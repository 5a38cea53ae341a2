import { ownText } from '../elements.ts';
import { type ElementNode, parseStorage } from '../parse.ts';
import { blocksMarkdown } from '../view/block.ts';
import type { Rendered } from '../view/context.ts';
import { makeView } from '../view/markdown.ts';
import type { Originals } from './writer.ts';

/** Nothing to look up: Markdown for a new page. */
export function noOriginals(): Originals {
  return {
    source: '',
    atoms: new Map(),
    byId: new Map(),
    wrappers: new Map(),
    reusable: new Map(),
    spent: { ranges: [], end: 0 },
    tables: [],
    tasks: { next: 1 },
  };
}

/**
 * Reads what a page has by drawing it once. `ranges`: which of its blocks unchanged Markdown may stand
 * for (those that an edit replaces); placeholders may name anything on the page.
 */
export function originalsOf(storage: string): Originals {
  const doc = parseStorage(storage);
  const view = makeView(doc);
  blocksMarkdown(view, doc.children);
  const { atoms, byId, wrappers, blocks, tables } = view.record;
  const reusable = new Map<string, Rendered[]>();
  for (const block of blocks.sort((a, b) => a.start - b.start || b.end - a.end)) {
    const list = reusable.get(block.key);
    if (list) list.push(block);
    else reusable.set(block.key, [block]);
  }
  let highest = 0;
  for (const node of doc.nodes) {
    if (node.type !== 'element' || node.name !== 'ac:task-id') continue;
    const number = Number.parseInt(ownText(node), 10);
    if (Number.isSafeInteger(number) && number < 1e9) highest = Math.max(highest, number);
  }
  return {
    source: storage,
    atoms,
    byId,
    wrappers,
    reusable,
    spent: { ranges: [], end: 0 },
    tables: tables.map(({ node, rows }) => ({ node: node as ElementNode, rows, used: false })),
    tasks: { next: highest + 1 },
  };
}

/** The same page, but only blocks within `ranges` may be reused for unchanged Markdown. */
export function withinRange(originals: Originals, start: number, end: number): Originals {
  const reusable = new Map<string, Rendered[]>();
  for (const [key, list] of originals.reusable) {
    const kept = list.filter((block) => block.start >= start && block.end <= end);
    if (kept.length > 0) reusable.set(key, kept);
  }
  const tables = originals.tables
    .filter(({ node }) => node.start >= start && node.end <= end)
    .map((table) => ({ ...table, used: false }));
  return { ...originals, reusable, spent: { ranges: [], end: 0 }, tables };
}
