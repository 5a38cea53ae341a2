import type { StorageDoc, StorageNode } from '../parse/parse.ts';

export type Conflict = {
  /** The disputed part in each version; '' where it is not there. */
  base: string;
  ours: string;
  theirs: string;
  /** A readable path to it: headings, block, and the place in the block. */
  where: string;
  /** Whether the three are storage or plain text (lines of code, values of parameters). */
  form: 'storage' | 'text';
};

export type Three<T> = { base: T; ours: T; theirs: T };
export type SideName = 'ours' | 'theirs';

/** A place in one version: neighbouring nodes of one parent. */
export type Spot = { doc: StorageDoc; nodes: StorageNode[] };

/** What one merge has found so far. */
export type Ledger = {
  conflicts: Conflict[];
  /** Levels of elements entered; bounded, so that nesting cannot exhaust the stack. */
  depth: number;
  /** Characters that may still be looked at part by part. */
  budget: number;
  /** What both sides took away, and what each put in: told apart from moves at the end. */
  gone: { key: string; bytes: string; where: string }[];
  placed: Record<SideName, Set<string>>;
  agreed: Set<string>;
  /** Merges one block by its parts; null where that failed, with the conflict on record. */
  enter(ledger: Ledger, spots: Three<Spot>, path: string[]): string | null;
};

/** Levels of elements inside a block that are merged by their parts; what lies deeper is one part. */
export const MAX_LEVELS = 48;

export const map3 = <A, B>(three: Three<A>, make: (one: A) => B): Three<B> => ({
  base: make(three.base),
  ours: make(three.ours),
  theirs: make(three.theirs),
});

export const all3 = <A>(three: Three<A>, test: (one: A) => boolean): boolean =>
  test(three.base) && test(three.ours) && test(three.theirs);

/** Puts a conflict on record. */
export function dispute(
  ledger: Ledger,
  three: Three<string>,
  path: string[],
  form: Conflict['form'] = 'storage',
): null {
  const where = path.filter((step) => step !== '').join(' > ');
  ledger.conflicts.push({ ...map3(three, (one) => one.trim()), where, form });
  return null;
}

/** Where both sides kept a part, the side that rewrote its bytes (ids Confluence added) gives them; theirs first. */
export const choose = ({ base, ours, theirs }: Three<string>): string => (theirs === base ? ours : theirs);

export const sourceOf = ({ doc, nodes }: Spot): string =>
  doc.source.slice(nodes[0]?.start ?? 0, nodes.at(-1)?.end ?? 0);

/** Text for a path, short and in quotes. */
export function quoted(text: string): string {
  const points = [...text.replace(/\s+/g, ' ').trim()];
  return `"${points.length > 50 ? `${points.slice(0, 49).join('')}…` : points.join('')}"`;
}
