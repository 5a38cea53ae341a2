import type { RichNode } from './rich.ts';

export type SourceLine = { op: ' ' | '+' | '-'; text: string };

/** A panel, expand, layout or other container around a block: kind or macro name, and its title. */
export type DiffContainer = { kind: string; title?: string };

/** Where a block stands: the headings above it, and the beginning of the block right before it. */
export type DiffPlace = { path: string[]; after: string | null };

type Touched = {
  /** Kind of block, or the name of a macro. */
  kind: string;
  /** Headings it lies under, outermost first. */
  path: string[];
  /** Containers it lies in, outermost first. */
  within?: DiffContainer[];
  rendered: RichNode[];
  /** Blocks in the entry, where it is more than one: a section, a panel with what is in it. */
  count?: number;
  /** Only the frame of a container; what is in it has entries of its own, or stays. */
  frame?: true;
};

/**
 * One entry of a body diff, in page order. Unchanged runs are folded to a count; `first` and `last` are the
 * beginnings of the blocks at their ends. `left` is the place a moved block went away from.
 */
export type DiffEntry =
  | { op: 'keep'; count: number; headings: string[]; first?: string; last?: string }
  | (Touched & { op: 'add' | 'remove'; source: string })
  | (Touched & {
      op: 'change';
      /** The kind before, where another. */
      was?: string;
      /** A paragraph became several, or several became one. */
      shape?: 'split' | 'merged';
      lines: SourceLine[];
    })
  | (Touched & {
      op: 'move';
      from: DiffPlace;
      to: DiffPlace;
      /** It was changed as well. */
      changed: boolean;
      lines: SourceLine[];
    })
  | (Touched & { op: 'left'; to: DiffPlace });

export type DiffCounts = {
  kept: number;
  changed: number;
  added: number;
  removed: number;
  /** Blocks that stand elsewhere now, changed or not; they are in none of the other numbers. */
  moved?: number;
  macrosKept: number;
  macrosLost: number;
  /** Inline comments that lose the text they are attached to. */
  commentMarkersLost: number;
  /** Inline comments whose text stays, but reads differently. */
  commentsAffected?: number;
  commentsKept?: number;
};

/** An inline comment on text that changes (`after` says into what) or goes (`after` is null). */
export type CommentEffect = { ref: string; before: string; after: string | null };

/** A page body before and after, by block. */
export type BodyDiff = { entries: DiffEntry[]; counts: DiffCounts; comments?: CommentEffect[] };

/** A named value before and after (title, parent, labels, members). Null: absent. */
export type FieldDiff = { label: string; before: string | null; after: string | null };

export type ChangeDiff = { fields: FieldDiff[]; body: BodyDiff | null };
