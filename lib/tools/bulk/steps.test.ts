import { expect, test } from 'vitest';
import { applyEdits } from '#lib/content';
import { blockEdits, spliced } from './body-edits.ts';
import { dueDay } from './create-review-request.ts';
import { filledIn } from './plan-list.ts';

test('a splice becomes an edit of the smallest block, and the rest keeps its bytes', () => {
  const storage =
    '<ac:layout><ac:layout-section ac:type="single"><ac:layout-cell><p>one</p><p>two</p></ac:layout-cell></ac:layout-section></ac:layout>';
  const at = storage.indexOf('two');
  const splices = [{ start: at, end: at + 3, text: 'three' }];
  const edits = blockEdits(storage, splices) ?? [];
  expect(edits).toMatchObject([{ op: 'replace', storage: '<p>three</p>' }]);
  expect(applyEdits(storage, edits).storage).toBe(spliced(storage, splices));
});

test('marks of earlier results are filled in, also within a link', () => {
  const made = new Map([[1, '42']]);
  const input = {
    parent: 'https://x.example/folder/{{result 2}}',
    ids: ['{{result 2}}'],
    body: '{{result 9}}',
  };
  expect(filledIn(input, made)).toEqual({
    parent: 'https://x.example/folder/42',
    ids: ['42'],
    body: '{{result 9}}',
  });
});

test('a day to come', () => {
  const now = new Date('2026-11-20T10:00:00Z');
  expect(['7d', 'in 2 weeks', 'tomorrow', '2026-12-01'].map((given) => dueDay(given, now))).toEqual([
    '2026-11-27',
    '2026-12-04',
    '2026-11-21',
    '2026-12-01',
  ]);
  for (const wrong of ['2026-11-01', '2026-02-30', 'soon'])
    expect(() => dueDay(wrong, now)).toThrow(/^due: /);
});
