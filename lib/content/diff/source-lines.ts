import type { SourceLine } from '#lib/wire';
import { align, type Pair } from '../align.ts';

const CONTEXT = 2;
const MAX_LINES = 400;

/** Storage on several lines, broken before elements that start a line on the page. */
export function sourceLines(storage: string): string[] {
  return storage
    .replace(
      /(?!^)(<(?:p|h[1-6]|ul|ol|li|table|tbody|tr|td|th|blockquote|hr|pre|div|ac:(?:structured-macro|parameter|rich-text-body|plain-text-body|layout[\w-]*|task[\w-]*|image|adf-[\w-]*))[\s/>])/g,
      '\n$1',
    )
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '');
}

/** A line diff of two pieces of storage; long unchanged stretches are shortened to `…`. */
export function diffLines(before: string, after: string): SourceLine[] {
  const [a, b] = [sourceLines(before), sourceLines(after)];
  const all: SourceLine[] = [];
  let [i, j] = [0, 0];
  for (const [x, y] of [...align(a, b), [a.length, b.length] as Pair]) {
    for (const text of a.slice(i, x)) all.push({ op: '-', text });
    for (const text of b.slice(j, y)) all.push({ op: '+', text });
    if (x < a.length) all.push({ op: ' ', text: a[x] ?? '' });
    [i, j] = [x + 1, y + 1];
  }
  const near = all.map((_, at) =>
    all.slice(Math.max(0, at - CONTEXT), at + CONTEXT + 1).some((line) => line.op !== ' '),
  );
  const out: SourceLine[] = [];
  for (const [at, line] of all.entries()) {
    if (near[at]) out.push(line);
    else if (near[at - 1] || at === 0) out.push({ op: ' ', text: '…' });
  }
  return out.length > MAX_LINES
    ? [...out.slice(0, MAX_LINES), { op: ' ', text: `… and ${out.length - MAX_LINES} more lines` }]
    : out;
}
