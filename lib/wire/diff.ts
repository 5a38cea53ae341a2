import type { RichNode } from './rich.ts';

export type SourceLine = { op: ' ' | '+' | '-'; text: string };

/** One entry of a body diff, in page order. Unchanged runs are folded to a count. */
export type DiffEntry =
  | { op: 'keep'; count: number; headings: string[] }
  | { op: 'add' | 'remove'; kind: string; path: string[]; rendered: RichNode[]; source: string }
  | { op: 'change'; kind: string; path: string[]; rendered: RichNode[]; lines: SourceLine[] };

export type DiffCounts = {
  kept: number;
  changed: number;
  added: number;
  removed: number;
  macrosKept: number;
  macrosLost: number;
  commentMarkersLost: number;
};

/** A page body before and after, by block. */
export type BodyDiff = { entries: DiffEntry[]; counts: DiffCounts };

/** A named value before and after (title, parent, labels, members). Null: absent. */
export type FieldDiff = { label: string; before: string | null; after: string | null };

export type ChangeDiff = { fields: FieldDiff[]; body: BodyDiff | null };
