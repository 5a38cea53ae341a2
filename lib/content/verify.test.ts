import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyEdits } from './edit.ts';
import { bodyArbitrary } from './testing/arbitrary-bodies.ts';
import { pageBody } from './testing/page-body.ts';
import { verifyStorage } from './verify.ts';

/** What Confluence does to a body on save. */
function resaved(storage: string): string {
  let id = 0;
  return storage
    .replace(
      /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<(p|h[1-6]|ul)(?=[ >])([^>]*)>/g,
      (all, tag: string | undefined, rest: string) => {
        id += 1;
        return tag && !rest.includes('local-id') && !rest.endsWith('/')
          ? `<${tag} local-id="new-${id}"${rest}>`
          : all;
      },
    )
    .replace(/<p \/>/g, '<p></p>')
    .replace(/&nbsp;/g, '\u00a0')
    .replace(/&eacute;/g, '&#233;')
    .replace(/ ri:version-at-save="\d+"/g, ' ri:version-at-save="9"')
    .replace(/<\/(p|h2|table|ac:structured-macro)>(?=<(?:h2|p)\b)/g, '</$1>\n');
}

test('counts what was kept, changed and lost', () => {
  const approved = applyEdits(pageBody, [
    { op: 'replace_text', target: { text: 'Burst: 20' }, with: 'Burst: 50' },
  ]).storage;
  expect(verifyStorage(pageBody, approved, approved)).toMatchObject({
    ok: true,
    kept: 17,
    changed: 1,
    lost: 0,
    summary: '17 blocks kept, 1 changed as approved, 0 lost',
  });
  expect(verifyStorage(pageBody, approved, resaved(approved)).ok).toBe(true);
});

test('tells a block that did not arrive and one that nobody approved', () => {
  const approved = applyEdits(pageBody, [{ op: 'append', markdown: 'New end' }]).storage;
  const missing = verifyStorage(pageBody, approved, pageBody);
  expect(missing).toMatchObject({ ok: false, lost: 1 });
  expect(missing.details).toEqual(['Not on the saved page as approved: paragraph "New end"']);
  const extra = verifyStorage(pageBody, approved, `${approved}<p>Surprise</p>`);
  expect(extra).toMatchObject({ ok: false, lost: 0 });
  expect(extra.details[0]).toContain('Surprise');
  const removed = applyEdits(pageBody, [{ op: 'delete', target: { heading: 'Status' } }]).storage;
  expect(verifyStorage(pageBody, removed, removed).summary).toContain('2 removed as approved');
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
    expect(verifyStorage(pageBody, pageBody, pageBody.replace(from, to)).ok).toBe(false);
  }
});

test('what Confluence rewrites on save is no difference', () => {
  fc.assert(
    fc.property(bodyArbitrary, (storage) => {
      expect(verifyStorage(storage, storage, resaved(storage)).details).toEqual([]);
    }),
    { numRuns: 300 },
  );
});
