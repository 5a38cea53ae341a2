import type { StorageDoc } from '../parse/parse.ts';
import { type BlockNode, type BlockTree, blockTree } from './blocks.ts';

/** The innermost block at an offset of the storage, by a binary search and the depth of the block. */
export function blockAt({ all }: BlockTree, offset: number): BlockNode | null {
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((all[middle] as BlockNode).start <= offset) low = middle + 1;
    else high = middle;
  }
  let found = all[low - 1] ?? null;
  while (found !== null && found.end <= offset) found = found.parent;
  return found;
}

/** Finds the innermost block at an offset of the storage. */
export function locator(doc: StorageDoc): (offset: number) => BlockNode | null {
  const tree = blockTree(doc);
  return (offset) => blockAt(tree, offset);
}
