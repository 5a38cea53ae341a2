import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { bodyArbitrary } from '../testing/arbitrary-bodies.ts';
import { pageBody } from '../testing/page-body.ts';
import { mergeStorage } from './merge.ts';

test('nothing changed on one side: the other side wins byte for byte', () => {
  fc.assert(
    fc.property(bodyArbitrary, bodyArbitrary, (base, other) => {
      expect(mergeStorage(base, base, other)).toEqual({ ok: true, storage: other });
      expect(mergeStorage(base, other, base)).toEqual({ ok: true, storage: other });
      expect(mergeStorage(base, other, other)).toEqual({ ok: true, storage: other });
    }),
    { numRuns: 200 },
  );
});

test('changes of different blocks are both taken, neighbours too', () => {
  const base = '<p>a</p><p>b</p><p>c</p>';
  expect(mergeStorage(base, '<p>A</p><p>b</p><p>c</p>', '<p>a</p><p>B</p><p>c</p>')).toEqual({
    ok: true,
    storage: '<p>A</p><p>B</p><p>c</p>',
  });
  expect(mergeStorage(base, `${base}<p>d</p>`, '<p>b</p><p>c</p>')).toEqual({
    ok: true,
    storage: '<p>b</p><p>c</p><p>d</p>',
  });
  expect(mergeStorage(base, '<p>A</p><p>B</p><p>c</p>', '<p>A</p><p>b</p><p>C</p>')).toEqual({
    ok: true,
    storage: '<p>A</p><p>B</p><p>C</p>',
  });
  const added = (body: string): string => `${body}<p>Ours</p>`;
  const theirs = pageBody.replace('Deep text', 'Deeper text');
  expect(mergeStorage(pageBody, added(pageBody), theirs)).toEqual({ ok: true, storage: added(theirs) });
});

test('two changes of one block are a conflict that shows all versions', () => {
  const ours = pageBody.replace('Burst: 20', 'Burst: 30');
  const theirs = pageBody.replace('Burst: 20', 'Burst: 40');
  const merged = mergeStorage(pageBody, ours, theirs);
  if (merged.ok) throw new Error('merged');
  expect(merged.conflicts).toHaveLength(1);
  expect(merged.conflicts[0]).toEqual({
    base: 'Burst: 20',
    ours: 'Burst: 30',
    theirs: 'Burst: 40',
    where: 'API Guidelines > Rate limits > list > item "Burst: 20"',
    form: 'storage',
  });
});

test('never drops one of two insertions at the same place, nor text added to what is deleted', () => {
  const base = '<p>a</p><p>b</p>';
  expect(mergeStorage(base, `${base}<p>1</p>`, `${base}<p>2</p>`).ok).toBe(false);
  const panel = (inner: string): string =>
    `<ac:structured-macro ac:name="info"><ac:rich-text-body>${inner}</ac:rich-text-body></ac:structured-macro>`;
  expect(
    mergeStorage(`${panel('<p>x</p>')}<p>b</p>`, '<p>b</p>', `${panel('<p>x</p><p>y</p>')}<p>b</p>`).ok,
  ).toBe(false);
  expect(mergeStorage(panel('<p>x</p>'), panel('<p>x</p><p>y</p>'), panel('<p>X</p>')).ok).toBe(true);
});

test('ids that Confluence adds on save are no change', () => {
  const base = '<p>a</p><p>b</p>';
  const theirs = '<p local-id="1">a</p><p local-id="2">b!</p>';
  expect(mergeStorage(base, '<p>A</p><p>b</p>', theirs)).toEqual({
    ok: true,
    storage: '<p>A</p><p local-id="2">b!</p>',
  });
});
