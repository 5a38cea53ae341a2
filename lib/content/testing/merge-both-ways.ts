import { expect } from 'vitest';
import { type MergeResult, mergeStorage } from '../merge/merge.ts';

/** Merges from either side; both ways must give the same. */
export function mergeBothWays(base: string, ours: string, theirs: string): MergeResult {
  const [one, two] = [mergeStorage(base, ours, theirs), mergeStorage(base, theirs, ours)];
  expect(one.ok).toBe(two.ok);
  if (one.ok && two.ok) expect(one.storage).toBe(two.storage);
  return one;
}

export const placesOf = (result: MergeResult): string[] =>
  result.ok ? [] : result.conflicts.map((one) => one.where);
