import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { rewriteStorage } from '../../sandbox/xml/rewrite.ts';
import { bodyArbitrary } from '../testing/arbitrary-bodies.ts';
import { pageBody } from '../testing/page-body.ts';
import { holdsStorage, sameStorage, verifyStorage } from './verify.ts';

let next = 0;
/** What Confluence makes of a body on save. */
const resaved = (storage: string): string =>
  rewriteStorage(storage, {
    classic: false,
    versionOf: () => 9,
    id: () => {
      next += 1;
      return `new-${next}`;
    },
  });

const edited = (storage: string, from: string, to: string): string => {
  expect(storage).toContain(from);
  return storage.replace(from, to);
};

test('counts what was kept, changed, added, removed and lost, each by itself', () => {
  const approved = edited(pageBody, 'Burst: 20', 'Burst: 50');
  const words = (wanted: string, saved = wanted) => verifyStorage(pageBody, wanted, resaved(saved)).summary;
  expect(verifyStorage(pageBody, approved, approved)).toMatchObject({
    ok: true,
    kept: 17,
    changed: 1,
    added: 0,
    removed: 0,
    lost: 0,
    diff: null,
  });
  expect(words(approved)).toBe('17 blocks kept, 1 changed as approved, 0 lost');
  expect(words(pageBody)).toBe('18 blocks kept, 0 changed as approved, 0 lost');
  expect(words(`${pageBody}<p>One</p><h2>Two</h2>`)).toBe('18 blocks kept, 2 added, 0 lost');
  expect(words(`${approved}<p>One</p>`)).toBe('17 blocks kept, 1 changed as approved, 1 added, 0 lost');
  expect(verifyStorage('', '<p>a</p><p>b</p>', '<p>a</p><p>b</p>').summary).toBe('2 blocks added, 0 lost');
  expect(verifyStorage('<p>a</p><p>b</p>', '<p>b</p>', '<p>b</p>').summary).toBe(
    '1 block kept, 1 removed as approved, 0 lost',
  );
  expect(verifyStorage('', '', '').summary).toBe('0 blocks kept, 0 lost');
});

test('tells a block that did not arrive and one that nobody approved', () => {
  const approved = `${pageBody}<p>New end</p>`;
  const missing = verifyStorage(pageBody, approved, pageBody);
  expect(missing).toMatchObject({
    ok: false,
    kept: 18,
    added: 0,
    lost: 1,
    summary: '18 blocks kept, 0 changed as approved, 1 lost',
  });
  expect(missing.details).toEqual(['Not on the saved page as approved: paragraph "New end" under "Status"']);
  const extra = verifyStorage(pageBody, approved, `${approved}<p>Surprise</p>`);
  expect(extra).toMatchObject({ ok: false, lost: 0, unexpected: 1 });
  expect(extra.summary).toBe('18 blocks kept, 1 added, 0 lost, 1 nobody approved');
  expect(extra.details[0]).toContain('Surprise');
});

test('says of a block that is there but not as approved what was approved and what is there', () => {
  const old = '<h2>Limits</h2><p>At most 20 calls.</p><p>Ask <a href="https://a.example">ops</a>.</p>';
  const text = verifyStorage(old, old, old.replace('20', '50'));
  expect(text).toMatchObject({ ok: false, kept: 2, lost: 0, altered: 1 });
  expect(text.summary).toBe('2 blocks kept, 0 changed as approved, 0 lost, 1 not as approved');
  expect(text.details).toEqual([
    'Not as approved: paragraph "At most 20 calls." under "Limits": approved "At most 20 calls.", there "At most 50 calls."',
  ]);
  const link = verifyStorage(old, old, old.replace('a.example', 'b.example'));
  expect(link.details[0]).toContain(
    'approved <a href="https://a.example">, there <a href="https://b.example">',
  );
  const moved = verifyStorage(
    old,
    old,
    '<p>At most 20 calls.</p><h2>Limits</h2><p>Ask <a href="https://a.example">ops</a>.</p>',
  );
  expect(moved.ok).toBe(false);
  expect(moved.details[0]).toContain('Not where it was approved');
});

test('names the cell of a table, or the row', () => {
  const table = (rows: string[][]) =>
    `<h2>Plan</h2><table><tbody>${rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('')}</tbody></table>`;
  const approved = table([
    ['a', 'b'],
    ['c', '20'],
    ['e', '<strong>f</strong>'],
  ]);
  const cell = verifyStorage('', approved, resaved(approved.replace('20', '50').replace(/<\/?strong>/g, '')));
  expect(cell.details).toEqual([
    'Not as approved: table "a b c 20 e f" under "Plan": row 2, column 2: approved "20", there "50"; row 3, column 2: approved <strong>, there f',
  ]);
  const row = verifyStorage(
    '',
    approved,
    table([
      ['a', 'b'],
      ['e', '<strong>f</strong>'],
    ]),
  );
  expect(row.details[0]).toContain('row 2 ("c | 20") is not there as approved; approved 3 rows, there 2');
});

test('what lies in which panel is compared too', () => {
  const panel = (inner: string) =>
    `<ac:structured-macro ac:name="info"><ac:rich-text-body>${inner}</ac:rich-text-body></ac:structured-macro>`;
  const approved = `${panel('<p>a</p><p>b</p>')}<p>c</p>`;
  const result = verifyStorage(approved, approved, `${panel('<p>a</p>')}<p>b</p><p>c</p>`);
  expect(result.ok).toBe(false);
  expect(result.details.length).toBeGreaterThan(0);
});

test('the diff for an alarm shows the damage and none of what Confluence rewrote', () => {
  const approved = '<ul><li>one</li><li>two</li></ul><p>caf\u00e9</p><p>gone</p><p>20</p>';
  const saved = resaved('<ul><li>one</li><li>two</li></ul><p>caf\u00e9</p><p>50</p>');
  const { diff } = verifyStorage('', approved, saved);
  expect(diff?.counts).toMatchObject({ kept: 2 });
  expect(diff?.entries.filter(({ op }) => op !== 'keep').length).toBeGreaterThan(0);
});

test('a changed word, link or parameter is never taken for a rewrite', () => {
  for (const [from, to] of [
    ['Deep text', 'Deep test'],
    ['ENG-1', 'ENG-2'],
    ['plan.png', 'plan2.png'],
    ['712020:jane', '712020:joe'],
    ['>incomplete<', '>complete<'],
    ['<strong>this</strong>', 'this'],
  ] as const) {
    expect(verifyStorage(pageBody, pageBody, edited(pageBody, from, to)).ok).toBe(false);
  }
});

test('what Confluence rewrites on save is no difference', () => {
  fc.assert(
    fc.property(bodyArbitrary, (storage) => {
      expect(verifyStorage(storage, storage, resaved(storage)).details).toEqual([]);
      expect(sameStorage(storage, resaved(storage))).toBe(true);
    }),
    { numRuns: 200 },
  );
});

test('a piece that was added is found again, whatever Confluence made of it', () => {
  const page = resaved('<p>a</p><h2>New</h2><ul><li>x</li></ul><p>b</p>');
  expect(holdsStorage(page, '<h2>New</h2><ul><li>x</li></ul>')).toBe(true);
  expect(holdsStorage(page, '<h2>New</h2><p>b</p>')).toBe(false);
  expect(holdsStorage(page, '<ul><li>x</li><li>y</li></ul>')).toBe(false);
  expect(holdsStorage(page, '')).toBe(false);
});
