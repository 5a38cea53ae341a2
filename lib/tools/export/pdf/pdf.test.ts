import { deflateSync } from 'node:zlib';
import { extractText, getDocumentProxy } from 'unpdf';
import { expect, test } from 'vitest';
import type { RichNode } from '#lib/wire';
import { renderPdf } from './document.ts';
import { newPen, plainStyle } from './pen.ts';
import { pictureOf } from './picture.ts';
import { paginate, type Strip } from './strips.ts';
import { linesOf } from './text.ts';

const page = (content: RichNode[]) => ({
  title: 'A page',
  trail: 'Space',
  facts: 'Version 1',
  url: 'https://x.example/wiki/1',
  author: 'Ann',
  content,
  file: () => null,
  notShown: [],
});

async function words(bytes: Uint8Array): Promise<{ text: string; totalPages: number }> {
  return extractText(await getDocumentProxy(new Uint8Array(bytes)), { mergePages: true });
}

const pen = newPen({ title: '', author: '', subject: '' });
const lines = (text: string, width: number) =>
  linesOf(pen.book, [{ text, style: plainStyle(10) }], width, (char) => pen.missing.add(char));

test('lines are no wider than they may be, and a long word is cut', () => {
  const found = lines(`some words and ${'x'.repeat(120)} more`, 150);
  expect(found.length).toBeGreaterThan(4);
  expect(Math.max(...found.map((line) => line.width))).toBeLessThanOrEqual(150);
  expect(found.map((line) => line.atoms.map((atom) => atom.text).join('')).join('')).toContain(
    'some words and',
  );
});

test('Japanese breaks between its signs, but no line begins with a full stop', () => {
  const found = lines('ロボットを充電ドックに戻し、電池残量を確認します。'.repeat(4), 140);
  expect(found.length).toBeGreaterThan(3);
  for (const line of found) expect(line.atoms[0]?.text).not.toMatch(/^[、。ッー]/);
});

test('Arabic runs from the right, a number in it does not', () => {
  const [line] = lines('لقاء الفريق (12:00) هنا', 400);
  expect(line?.rtl).toBe(true);
  const shown = line?.atoms.map((atom) => atom.text) ?? [];
  expect(shown.at(-1)).toBe('لقاء');
  expect(shown.join('')).toContain('(12:00)');
});

test('a sign that no font has is an empty box, and is named', async () => {
  const made = await renderPdf(page([{ tag: 'p', kids: ['A \u{10330} gothic letter'] }]));
  expect(made.notShown.join()).toContain('characters that no font here has');
});

test('a table over many pages repeats its head; merged cells and a row higher than a page are drawn', async () => {
  const row = (cells: RichNode[]): RichNode => ({ tag: 'tr', kids: cells });
  const cell = (tag: 'td' | 'th', text: string, at = {}): RichNode => ({
    tag,
    at,
    kids: [{ tag: 'p', kids: [text] }],
  });
  const rows = Array.from({ length: 80 }, (_, n) => row([cell('td', `row ${n}`), cell('td', 'value')]));
  const tall = row([cell('td', 'tall '.repeat(4000)), cell('td', 'end')]);
  const merged = row([cell('td', 'both', { colspan: 2 })]);
  const made = await renderPdf(
    page([{ tag: 'table', kids: [row([cell('th', 'Head'), cell('th', 'Two')]), ...rows, merged, tall] }]),
  );
  const { text, totalPages } = await words(made.bytes);
  expect(totalPages).toBe(made.pages);
  expect(made.pages).toBeGreaterThan(5);
  expect(text.match(/Head/g)?.length).toBeGreaterThan(2);
  expect(text.match(/tall/g)?.length).toBe(4000);
  expect(text).toContain('row 79');
});

test('deep nesting and a table of contents', async () => {
  let deep: RichNode[] = ['bottom'];
  for (let level = 0; level < 40; level += 1) deep = [{ tag: 'ul', kids: [{ tag: 'li', kids: deep }] }];
  const made = await renderPdf(
    page([
      { tag: 'p', kids: [{ tag: 'macro', at: { kind: 'toc' } }] },
      { tag: 'h2', kids: ['First'] },
      ...deep,
    ]),
  );
  const { text } = await words(made.bytes);
  expect(text.match(/First/g)?.length).toBe(2);
  expect(text).toContain('Contents');
});

test('pages break before a strip that does not fit, headings stay with what follows', () => {
  const drawn: [string, number][] = [];
  const strip = (name: string, height: number, keep = false): Strip => ({
    height,
    keep,
    draw: (_x, y) => drawn.push([name, y]),
  });
  let pages = 0;
  paginate([strip('a', 80), strip('head', 10, true), strip('b', 20)], {
    x: 0,
    y: 0,
    bottom: 100,
    turn: () => {
      pages += 1;
      return 0;
    },
  });
  expect(pages).toBe(1);
  expect(drawn).toEqual([
    ['a', 0],
    ['head', 0],
    ['b', 10],
  ]);
});

test('a broken image is refused before it is drawn', () => {
  const chunk = (type: string, data: Buffer): Buffer => {
    const head = Buffer.alloc(8);
    head.writeUInt32BE(data.length);
    head.write(type, 4, 'latin1');
    return Buffer.concat([head, data, Buffer.alloc(4)]);
  };
  const sign = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  const size = Buffer.alloc(13);
  size.writeUInt32BE(4, 0);
  size.writeUInt32BE(4, 4);
  size.set([8, 2], 8);
  const good = Buffer.concat([
    sign,
    chunk('IHDR', size),
    chunk('IDAT', deflateSync(Buffer.alloc(52))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
  const bad = Buffer.concat([
    sign,
    chunk('IHDR', size),
    chunk('IDAT', Buffer.from('nonsense')),
    chunk('IEND', Buffer.alloc(0)),
  ]);
  const bomb = Buffer.concat([
    sign,
    chunk('IHDR', size),
    chunk('IDAT', deflateSync(Buffer.alloc(5_000_000))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
  expect(pictureOf(good)).toMatchObject({ width: 4, height: 4 });
  expect([pictureOf(bad), pictureOf(bomb), pictureOf(Buffer.from('<svg/>'))]).toEqual([null, null, null]);
});
