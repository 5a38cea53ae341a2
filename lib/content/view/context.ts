import { shortHash } from '../parse/elements.ts';
import type { StorageDoc, StorageNode } from '../parse/parse.ts';

export type ViewOptions = {
  /** Heading text, heading path joined by ` > `, or a block id: only that part. */
  section?: string;
  /** Characters of Markdown per answer; the rest follows with `cursor`. */
  maxChars?: number;
  cursor?: string;
  /** Writes each block's id on a line before it. */
  withIds?: boolean;
  /** Names of people by account id. */
  people?: Record<string, string>;
  /** The address of a page by title and space key (null: the page's own space). */
  pageUrl?: (title: string, spaceKey: string | null) => string | null;
  /** The address of a file attached to the page, by its name. Text so written cannot be turned back into storage. */
  fileUrl?: (filename: string) => string | null;
};

/** An element that Markdown stands for by one fixed text. `block`: it stood where blocks stand. */
export type Atom = { markdown: string; bytes: string; block: boolean };
/** What surrounds the text of a fence: the bytes before and after it. `rich`: the text is Markdown. */
export type Wrapper = { line: string; open: string; close: string; rich: boolean };
export type Rendered = { markdown: string; bytes: string; start: number; end: number; key: string };

/** Filled while a body is drawn, so that Markdown can be turned back into the original bytes. */
export type Recorder = {
  atoms: Map<string, Atom>;
  byId: Map<string, Atom>;
  wrappers: Map<string, Wrapper>;
  blocks: Rendered[];
  tables: { node: StorageNode; rows: string[][]; start: number; end: number }[];
};

export type View = {
  doc: StorageDoc;
  options: ViewOptions;
  notRendered: Map<string, number>;
  record: Recorder;
  /** Block id by start offset, where ids are wanted. */
  ids: Map<number, string> | null;
  nesting: number;
  /** Nodes of which a placeholder says all, each with the index in `doc.nodes` up to which that is so. */
  described: Map<StorageNode, number>;
};

/** Deeper nesting than this is shown as a placeholder. */
export const MAX_NESTING = 64;

export function emptyRecorder(): Recorder {
  return { atoms: new Map(), byId: new Map(), wrappers: new Map(), blocks: [], tables: [] };
}

export function note(view: View, what: string): void {
  view.notRendered.set(what, (view.notRendered.get(what) ?? 0) + 1);
}

export function bytesOf(view: View, node: { start: number; end: number }): string {
  return view.doc.source.slice(node.start, node.end);
}

/** The short name of original bytes: equal bytes share a name, different bytes never do. */
export function idFor<T>(taken: Map<string, T>, bytes: string, same: (one: T) => boolean): string {
  for (let length = 6; ; length += 2) {
    const id = length <= 12 ? shortHash(bytes, length) : `${shortHash(bytes, 12)}.${length - 12}`;
    const other = taken.get(id);
    if (other === undefined || same(other)) return id;
  }
}
