import type { SourceLine } from '#lib/wire';

/** More lines than this are shown as removed and added, without a comparison. */
const most = 400;

const all = (op: SourceLine['op'], lines: readonly string[]): SourceLine[] =>
  lines.map((text) => ({ op, text }));

/** Length of the longest common rest from each pair of positions. */
function restsOf(old: readonly string[], now: readonly string[]): number[][] {
  const rests = Array.from({ length: old.length + 1 }, () => new Array<number>(now.length + 1).fill(0));
  for (let i = old.length - 1; i >= 0; i -= 1)
    for (let j = now.length - 1; j >= 0; j -= 1) {
      const row = rests[i] as number[];
      const below = rests[i + 1] as number[];
      row[j] = old[i] === now[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
    }
  return rests;
}

/** Two texts compared line by line; null is no text at all. */
export function lineDiff(before: string | null, after: string | null): SourceLine[] {
  const old = before === null ? [] : before.split('\n');
  const now = after === null ? [] : after.split('\n');
  if (old.length === 0 || now.length === 0 || old.length > most || now.length > most)
    return [...all('-', old), ...all('+', now)];
  const rests = restsOf(old, now);
  const lines: SourceLine[] = [];
  let i = 0;
  let j = 0;
  while (i < old.length && j < now.length) {
    if (old[i] === now[j]) {
      lines.push({ op: ' ', text: old[i] ?? '' });
      i += 1;
      j += 1;
    } else if ((rests[i + 1]?.[j] ?? 0) >= (rests[i]?.[j + 1] ?? 0)) {
      lines.push({ op: '-', text: old[i] ?? '' });
      i += 1;
    } else {
      lines.push({ op: '+', text: now[j] ?? '' });
      j += 1;
    }
  }
  return [...lines, ...all('-', old.slice(i)), ...all('+', now.slice(j))];
}
