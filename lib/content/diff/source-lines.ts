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

/** Characters of a long line shown on both sides of what differs in it. */
const NEAR = 160;
const LONG = 1_200;

/** Two versions of one long line, without the ends that are equal. */
function trimmed(before: string, after: string): [string, string] {
  if (before.length < LONG && after.length < LONG) return [before, after];
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < most - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  const cut = (line: string): string => {
    const [from, to] = [Math.max(0, head - NEAR), Math.min(line.length, line.length - tail + NEAR)];
    const end = to < line.length ? ` … ${line.length - to} characters` : '';
    return `${from > 0 ? `${from} characters … ` : ''}${line.slice(from, to).toWellFormed()}${end}`;
  };
  return [cut(before), cut(after)];
}

/** A line diff of two pieces of storage; long unchanged stretches are shortened to `…`, also within long lines. */
export function diffLines(before: string, after: string): SourceLine[] {
  const [a, b] = [sourceLines(before), sourceLines(after)];
  const all: SourceLine[] = [];
  let [i, j] = [0, 0];
  for (const [x, y] of [...align(a, b), [a.length, b.length] as Pair]) {
    const pairs = x - i === y - j ? a.slice(i, x).map((text, at) => trimmed(text, b[j + at] ?? '')) : null;
    for (const text of pairs?.map(([text]) => text) ?? a.slice(i, x)) all.push({ op: '-', text });
    for (const text of pairs?.map(([, text]) => text) ?? b.slice(j, y)) all.push({ op: '+', text });
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
