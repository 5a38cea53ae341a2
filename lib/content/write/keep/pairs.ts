import { align } from '../../align.ts';
import { pairSimilar } from '../../diff/similar.ts';
import { alikeness, type Sketch } from './shapes.ts';

export type Side = Sketch & { key: string };

/** An original and what is written in its place; `same`: unchanged. */
export type Versions = { old: number; next: number; same: boolean };

const fits = (a: Side | undefined, b: Side | undefined): boolean =>
  a?.shape === b?.shape && (a?.id === b?.id || a?.id === null || b?.id === null);

/**
 * Pairs originals with what is written, in order on both sides: equal ones, then those that are versions of
 * each other, then by place where as many stand between two pairs as before.
 */
export function versions(olds: Side[], news: Side[]): Versions[] {
  const found: Versions[] = [];
  let [lastOld, lastNew] = [-1, -1];
  const step = (old: number, next: number, same: boolean): void => {
    if (old - lastOld === next - lastNew)
      for (let at = 1; lastOld + at < old; at += 1)
        if (fits(olds[lastOld + at], news[lastNew + at]))
          found.push({ old: lastOld + at, next: lastNew + at, same: false });
    if (old < olds.length && (same || fits(olds[old], news[next]))) found.push({ old, next, same });
    [lastOld, lastNew] = [old, next];
  };
  const between = (toOld: number, toNew: number): void => {
    const [fromOld, fromNew] = [lastOld + 1, lastNew + 1];
    const alike = pairSimilar<Side>(
      olds.slice(fromOld, toOld),
      news.slice(fromNew, toNew),
      alikeness,
      ({ shape }) => shape,
    );
    for (const [old, next] of alike) step(fromOld + old, fromNew + next, false);
  };
  const equal = align(
    olds.map(({ key }) => key),
    news.map(({ key }) => key),
  );
  for (const [old, next] of equal) {
    between(old, next);
    step(old, next, true);
  }
  between(olds.length, news.length);
  step(olds.length, news.length, false);
  return found;
}
