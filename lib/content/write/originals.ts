import { groupNodes } from '../blocks/groups.ts';
import { macroName, ownText } from '../parse/elements.ts';
import { attr, parseStorage, type StorageDoc, type StorageNode } from '../parse/parse.ts';
import { blocksMarkdown, groupMarkdown } from '../view/block.ts';
import { canonical } from '../view/canonical.ts';
import type { Atom, Rendered, View, Wrapper } from '../view/context.ts';
import { inlineMarkdown } from '../view/inline.ts';
import { makeView } from '../view/markdown.ts';
import { withoutOwnIds } from './keep/tags.ts';

/** A page, drawn only as far as somebody asks. Shared by all edits of one call. */
export type Page = {
  doc: StorageDoc;
  view: View;
  /** All of it is drawn. */
  whole: boolean;
  /** Its links, images and the like are drawn. */
  atoms: boolean;
  emoji: Set<string> | null;
  /** The next free number for a task. */
  nextTask: number | null;
};

/** What an edit may build on: the page (null for a new one) and the part of it that the Markdown replaces. */
export type Originals = {
  page: Page | null;
  part: { start: number; end: number; children: StorageNode[] } | null;
};

/** Nothing to look up: Markdown for a new page. */
export function noOriginals(): Originals {
  return { page: null, part: null };
}

/** A page whose whole body the Markdown replaces. Nothing is drawn yet. */
export function originalsOf(storage: string | StorageDoc): Originals {
  const doc = typeof storage === 'string' ? parseStorage(storage) : storage;
  return {
    page: { doc, view: makeView(doc), whole: false, atoms: false, emoji: null, nextTask: null },
    part: { start: 0, end: doc.source.length, children: doc.children },
  };
}

/**
 * The same page, of which the Markdown replaces `start` to `end` only: blocks in there are kept where they
 * are unchanged. With `end` before `start` none are; placeholders may name anything on the page always.
 */
export function withinRange(originals: Originals, start: number, end: number): Originals {
  const { page } = originals;
  if (!page || end < start) return { page, part: null };
  let children = page.doc.children;
  for (let inner = holding(children, start, end); inner; inner = holding(children, start, end))
    children = inner.children;
  const inside = children.filter((child) => child.start >= start && child.end <= end);
  return { page, part: { start, end, children: inside } };
}

function holding(
  children: StorageNode[],
  start: number,
  end: number,
): (StorageNode & { type: 'element' }) | undefined {
  for (const child of children) {
    if (child.start > start) return undefined;
    if (child.type !== 'element' || child.end < end || child.selfClosing) continue;
    if (child.openEnd <= start && end <= child.closeStart) return child;
  }
  return undefined;
}

export type Drawn = {
  /** What each group of the part is in Markdown, by `start:end`. */
  blocks: Map<string, Rendered>;
  tables: Map<number, string[][]>;
};

/** Draws some nodes of the page, with all that is inside them. */
export function draw(page: Page, children: StorageNode[]): Drawn {
  const { record } = page.view;
  const [from, tablesFrom] = [record.blocks.length, record.tables.length];
  for (const group of groupNodes(children)) groupMarkdown(page.view, group);
  const blocks = record.blocks.slice(from).map((one): [string, Rendered] => [`${one.start}:${one.end}`, one]);
  const tables = record.tables
    .slice(tablesFrom)
    .map(({ start, rows }): [number, string[][]] => [start, rows]);
  return { blocks: new Map(blocks), tables: new Map(tables) };
}

function drawWhole(page: Page): void {
  if (page.whole) return;
  page.whole = true;
  blocksMarkdown(page.view, page.doc.children);
}

/** The element or opening tag that a placeholder's id names. */
export function namedAtom(page: Page | null, id: string): Atom | null {
  if (!page) return null;
  const found = page.view.record.byId.get(id);
  if (found || page.whole) return found ?? null;
  drawWhole(page);
  return page.view.record.byId.get(id) ?? null;
}

/** What encloses the text of the fence with this id. */
export function namedWrapper(page: Page | null, id: string): Wrapper | null {
  if (!page) return null;
  const found = page.view.record.wrappers.get(id);
  if (found || page.whole) return found ?? null;
  drawWhole(page);
  return page.view.record.wrappers.get(id) ?? null;
}

/** Placeholders of the page, for an error that lists them. */
export function placeholdersOf(page: Page | null): string[] {
  if (!page) return [];
  drawWhole(page);
  return [...page.view.record.byId.values()].map((atom) => atom.markdown.split('\n')[0] ?? '');
}

const ATOMS = new Set(['a', 'ac:link', 'ac:image', 'img', 'ac:emoticon', 'time']);

/**
 * The bytes of a link, image, status and so on that reads as this Markdown: of the replaced part as they
 * are, of elsewhere on the page without the ids that belong to the other place.
 */
export function atomBytes(page: Page | null, markdown: string): string | null {
  if (!page) return null;
  const key = canonical(markdown);
  const { atoms } = page.view.record;
  const found = atoms.get(key);
  if (found || page.atoms) return found?.bytes ?? null;
  page.atoms = true;
  const near = new Set(atoms.keys());
  for (const node of page.doc.nodes)
    if (node.type === 'element' && (ATOMS.has(node.name) || macroName(node) === 'status'))
      inlineMarkdown(page.view, [node]);
  for (const [one, atom] of atoms)
    if (!near.has(one)) atoms.set(one, { ...atom, bytes: withoutOwnIds(atom.bytes) });
  return atoms.get(key)?.bytes ?? null;
}

/** True for the name of an emoji that the page has. */
export function hasEmoji(page: Page | null, name: string): boolean {
  if (!page) return false;
  page.emoji ??= new Set(
    page.doc.nodes.flatMap((node) =>
      node.type === 'element' && node.name === 'ac:emoticon'
        ? [(attr(node, 'ac:emoji-shortname') ?? attr(node, 'ac:name') ?? '').replace(/:/g, '')]
        : [],
    ),
  );
  return page.emoji.has(name);
}

/** A number that no task of the page has. */
export function takeTaskNumber(page: Page | null, own: { next: number }): number {
  if (!page) {
    own.next += 1;
    return own.next - 1;
  }
  if (page.nextTask === null) {
    let highest = 0;
    for (const node of page.doc.nodes) {
      if (node.type !== 'element' || node.name !== 'ac:task-id') continue;
      const number = Number.parseInt(ownText(node), 10);
      if (Number.isSafeInteger(number) && number < 1e9) highest = Math.max(highest, number);
    }
    page.nextTask = highest + 1;
  }
  page.nextTask += 1;
  return page.nextTask - 1;
}
