import { align, type Pair } from '../align.ts';
import { dispute, type Ledger, map3, type Three } from './ledger.ts';

/** Lines `from..to` of the base became `lines`. */
type Hunk = { from: number; to: number; lines: string[] };

function hunksOf(base: string[], other: string[]): Hunk[] {
  const plain = (lines: string[]): string[] => lines.map((line) => line.replace(/\r$/, ''));
  const hunks: Hunk[] = [];
  let [i, j] = [0, 0];
  for (const [x, y] of [...align(plain(base), plain(other)), [base.length, other.length] as Pair]) {
    if (x > i || y > j) hunks.push({ from: i, to: x, lines: other.slice(j, y) });
    [i, j] = [x + 1, y + 1];
  }
  return hunks;
}

const sameHunk = (a: Hunk, b: Hunk): boolean =>
  a.from === b.from && a.to === b.to && a.lines.join('\n') === b.lines.join('\n');

/** A side's version of base lines `from..to`, of which `hunks` are all that changed. */
function version(base: string[], hunks: Hunk[], from: number, to: number): string {
  const runs: string[][] = [];
  let at = from;
  for (const hunk of hunks) {
    runs.push(base.slice(at, hunk.from), hunk.lines);
    at = hunk.to;
  }
  return [...runs, base.slice(at, to)].flat().join('\n');
}

/**
 * Merges text by line, as version control does: changes of the same or of neighbouring lines are a conflict,
 * unless they are the same change. Null with the conflicts on record.
 */
export function mergeLines(ledger: Ledger, three: Three<string>, path: string[]): string | null {
  const { base, ours, theirs } = map3(three, (text) => text.split('\n'));
  const [mine, yours] = [hunksOf(base, ours), hunksOf(base, theirs)];
  const runs: string[][] = [];
  let [a, b, at, fine] = [0, 0, 0, true];
  while (a < mine.length || b < yours.length) {
    const start = Math.min(mine[a]?.from ?? base.length, yours[b]?.from ?? base.length);
    // All hunks that touch one another, of either side, starting with the first.
    const [left, right]: [Hunk[], Hunk[]] = [[], []];
    let end = start;
    for (;;) {
      const [one, two] = [mine[a], yours[b]];
      if (one && one.from <= end) {
        left.push(one);
        end = Math.max(end, one.to);
        a += 1;
      } else if (two && two.from <= end) {
        right.push(two);
        end = Math.max(end, two.to);
        b += 1;
      } else break;
    }
    runs.push(base.slice(at, start));
    at = end;
    const agreed = left.length === right.length && left.every((hunk, i) => sameHunk(hunk, right[i] as Hunk));
    if (agreed || right.length === 0 || left.length === 0) {
      for (const hunk of right.length > 0 ? right : left) runs.push(hunk.lines);
      continue;
    }
    fine = false;
    const place = end - start > 1 ? `lines ${start + 1} to ${end}` : `line ${start + 1}`;
    dispute(
      ledger,
      {
        base: base.slice(start, end).join('\n'),
        ours: version(base, left, start, end),
        theirs: version(base, right, start, end),
      },
      [...path, place],
      'text',
    );
  }
  runs.push(base.slice(at));
  return fine ? runs.flat().join('\n') : null;
}
