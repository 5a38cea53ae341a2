import {
  applyEdits,
  diffStorage,
  markdownToStorage,
  mergeStorage,
  outline,
  parseStorage,
  textOf,
  toMarkdown,
  toRich,
  verifyStorage,
} from './index.ts';

const t = (n: string, f: () => void) => {
  const s = performance.now();
  try {
    f();
  } catch (e) {
    console.log(n, (e as Error).message.slice(0, 80));
  }
  console.log(n, Math.round(performance.now() - s));
};
const k = Number(process.argv[2] ?? 1);
const a = '<div>'.repeat(100_000) + '</div>'.repeat(100_000);
if (k & 1) {
  t('parse', () => parseStorage(a));
  t('outline', () => outline(a));
  t('md', () => toMarkdown(a, { maxChars: 1000 }));
  t('rich', () => toRich(a));
  t('text', () => textOf(a));
  t('edit', () => applyEdits(a, [{ op: 'append', markdown: 'x' }]));
  t('diff', () => diffStorage(a, a + '<p>x</p>'));
  t('verify', () => verifyStorage(a, a + '<p>x</p>', a + '<p>x</p>'));
  t('merge', () => mergeStorage(a, a + '<p>x</p>', '<p>y</p>' + a));
}
if (k & 2)
  for (const m of [
    '>'.repeat(50_000),
    '- '.repeat(50_000),
    '*'.repeat(50_000),
    '['.repeat(50_000),
    '`'.repeat(50_001),
    '{{macro:x '.repeat(20_000),
    '{status:'.repeat(20_000),
    '|'.repeat(20_000),
    ':::info\n'.repeat(200),
    '@['.repeat(20_000),
    '<u>'.repeat(2_000),
    'a_'.repeat(5_000),
    '<!-- '.repeat(2_000),
    '![a]('.repeat(2_000),
  ])
    t(m.slice(0, 10), () => markdownToStorage(m));
