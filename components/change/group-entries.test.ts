import { expect, test } from 'vitest';
import type { DiffEntry } from '#lib/wire';
import { groupEntries } from './group-entries.ts';

const add: DiffEntry = { op: 'add', kind: 'paragraph', path: [], rendered: [], source: '<p/>' };
const change: DiffEntry = { op: 'change', kind: 'paragraph', path: [], rendered: [], lines: [] };
const keep: DiffEntry = { op: 'keep', count: 3, headings: [] };

test('blocks added in a row are one group, changed ones stay apart', () => {
  const groups = groupEntries([keep, add, add, change, change, add, keep]);
  expect(groups.map((group) => [group.op, 'entries' in group ? group.entries.length : 0])).toEqual([
    ['keep', 0],
    ['add', 2],
    ['change', 1],
    ['change', 1],
    ['add', 1],
    ['keep', 0],
  ]);
});
