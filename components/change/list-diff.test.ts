import { expect, test } from 'vitest';
import { listDiff } from './list-diff.ts';

test('lists are compared item by item', () => {
  expect(listDiff('planning, q3', 'planning, q3, urgent')).toEqual([
    { text: 'planning', op: 'kept' },
    { text: 'q3', op: 'kept' },
    { text: 'urgent', op: 'added' },
  ]);
  expect(listDiff('Jane Doe, John Smith', 'Jane Doe')).toEqual([
    { text: 'Jane Doe', op: 'kept' },
    { text: 'John Smith', op: 'removed' },
  ]);
});

test('other values are not lists', () => {
  expect(listDiff(null, 'a, b')).toBeNull();
  expect(listDiff('API Guidelines', 'API Guidelines (2026)')).toBeNull();
  expect(listDiff('First, we wait. Then, we act.', 'First, we act.')).toBeNull();
});
