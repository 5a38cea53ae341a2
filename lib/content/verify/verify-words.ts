import type { BodyDiff } from '#lib/wire';

export type VerifyResult = {
  /** True where the saved page holds exactly what was approved. */
  ok: boolean;
  /** Blocks nobody asked to change that are there as they were. */
  kept: number;
  /** Blocks that are there as approved: changed, put in, put elsewhere. */
  changed: number;
  added: number;
  moved: number;
  /** Blocks that were taken out as approved. */
  removed: number;
  /** Approved blocks that are not there; that are there but not as approved; blocks nobody approved. */
  lost: number;
  altered: number;
  unexpected: number;
  /** "26 blocks kept, 2 changed as approved, 0 lost" */
  summary: string;
  /** One line for each block that is lost, altered or unexpected: which, what was approved, what is there. */
  details: string[];
  /** From what was approved to what is there, without what Confluence rewrites; null when nothing differs. */
  diff: BodyDiff | null;
};

/** How many blocks are as they should be, and how many are not. */
export type VerifyCounts = Pick<
  VerifyResult,
  'kept' | 'changed' | 'added' | 'moved' | 'removed' | 'lost' | 'altered' | 'unexpected'
>;

/** The counts as one line for people. */
export function inWords(counts: VerifyCounts): string {
  const { kept, changed, added, moved, removed, lost, altered, unexpected } = counts;
  const parts = [
    kept > 0 || changed + added + moved + removed + lost + altered + unexpected === 0
      ? `${kept} ${kept === 1 ? 'block' : 'blocks'} kept`
      : '',
    changed > 0 || (kept > 0 && added + moved + removed === 0) ? `${changed} changed as approved` : '',
    added > 0 ? `${added} added` : '',
    moved > 0 ? `${moved} moved as approved` : '',
    removed > 0 ? `${removed} removed as approved` : '',
    `${lost} lost`,
    altered > 0 ? `${altered} not as approved` : '',
    unexpected > 0 ? `${unexpected} nobody approved` : '',
  ].filter((part) => part !== '');
  const [first = ''] = parts;
  // The first number says of what it is one.
  const named = /^(\d+) (?!blocks? )(.*)$/.exec(first);
  if (named) parts[0] = `${named[1]} ${named[1] === '1' ? 'block' : 'blocks'} ${named[2]}`;
  return parts.join(', ');
}
