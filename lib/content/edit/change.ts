import type { BlockTree } from '../blocks/blocks.ts';
import type { ElementNode } from '../parse/parse.ts';
import type { Originals } from '../write/originals.ts';

/** A range of the storage and what is to stand there. */
export type Change = { start: number; end: number; text: string };

/** What an edit comes to. `idle`: why nothing changes, in a sentence. */
export type Worked = { changes: Change[]; idle?: string };

/** The page that edits of one call are made on. */
export type EditedPage = {
  tree: BlockTree;
  /** What placeholders in new Markdown stand for; drawn once. */
  originals: () => Originals;
  /** Rows that edits of this call add at the end of tables, for numbered columns. */
  added: Map<ElementNode, number>;
};
