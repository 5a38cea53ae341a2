import { markdownToStorage } from './index.ts';

const t = (n: string, f: () => void) => {
  const s = performance.now();
  try {
    f();
  } catch (e) {
    return (e as Error).message.slice(0, 30);
  }
  return Math.round(performance.now() - s);
};
for (const p of [
  '<u>',
  'a_',
  'a_ ',
  '<!-- ',
  '![a](',
  '[a](',
  '*a ',
  '**a',
  '`a',
  '[a]',
  '@[',
  '&amp;',
  'a\n',
  '- a\n',
  '> a\n',
  '| a |\n',
  '    - a\n',
  '\\',
  '<a ',
  '~~a',
  '$',
  '#',
  '```\n',
  '[x]: y\n',
  'a*b',
  '_a*',
  '**a_',
  '{date',
  '{{macro:x a="b" }}',
  ':::info\n:::\n',
  'http://a.b ',
  '![',
  '](',
  '| a | b\n',
]) {
  console.log(
    JSON.stringify(p),
    ...[2000, 4000, 8000].map((n) => t(p, () => markdownToStorage(p.repeat(n)))),
  );
}
