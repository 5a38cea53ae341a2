import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { outline } from './blocks.ts';
import { applyEdits, type Edit } from './edit.ts';
import { mergeStorage } from './merge.ts';
import { checkStorage } from './parse.ts';
import { bodyArbitrary } from './testing/arbitrary-bodies.ts';
import { pageBody } from './testing/page-body.ts';

const edit = (edits: Edit[], storage = pageBody): string => applyEdits(storage, edits).storage;

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
  const ours = edit([{ op: 'append', target: { heading: 'Status' }, markdown: 'Ours' }]);
  const theirs = edit([{ op: 'replace_text', target: { text: 'Deep text' }, with: 'Deeper text' }]);
  const merged = mergeStorage(pageBody, ours, theirs);
  expect(merged).toEqual({
    ok: true,
    storage: edit([{ op: 'append', target: { heading: 'Status' }, markdown: 'Ours' }], theirs),
  });
});

test('two changes of one block are a conflict that shows all versions', () => {
  const ours = edit([{ op: 'replace_text', target: { text: 'Burst: 20' }, with: 'Burst: 30' }]);
  const theirs = edit([{ op: 'replace_text', target: { text: 'Burst: 20' }, with: 'Burst: 40' }]);
  const merged = mergeStorage(pageBody, ours, theirs);
  if (merged.ok) throw new Error('merged');
  expect(merged.conflicts).toHaveLength(1);
  expect(merged.conflicts[0]?.ours).toContain('Burst: 30');
  expect(merged.conflicts[0]?.theirs).toContain('Burst: 40');
  expect(merged.conflicts[0]?.where).toContain('Rate limits');
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

test('disjoint edits merge to the same page from either side', () => {
  fc.assert(
    fc.property(bodyArbitrary, fc.nat(), fc.nat(), (storage, x, y) => {
      const top = outline(storage).filter((block) => block.depth === 0 && block.kind !== 'text');
      const [a, b] = [top[x % Math.max(top.length, 1)], top[y % Math.max(top.length, 1)]];
      fc.pre(a !== undefined && b !== undefined && a.id !== b.id);
      if (!a || !b) return;
      const first: Edit = { op: 'replace', target: { block: a.id }, markdown: 'First change 4711' };
      const second: Edit = { op: 'replace', target: { block: b.id }, markdown: 'Second change 4712' };
      const [ours, theirs] = [edit([first], storage), edit([second], storage)];
      const merged = mergeStorage(storage, ours, theirs);
      expect(merged).toEqual(mergeStorage(storage, theirs, ours));
      if (!merged.ok) return;
      checkStorage(merged.storage);
      expect(merged.storage).toBe(edit([first, second], storage));
    }),
    { numRuns: 300 },
  );
});
