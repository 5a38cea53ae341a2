import { expect, test } from 'vitest';
import type { ChangeTarget } from '#lib/wire';
import { targetKinds, targetLine } from './target-kinds.ts';

const space = { id: '1', key: 'ENG', name: 'Engineering' };
const target = (over: Partial<ChangeTarget>): ChangeTarget => ({
  kind: 'page',
  id: '7',
  title: 'API Guidelines',
  space,
  url: 'https://halden.example/7',
  ...over,
});
const line = (over: Partial<ChangeTarget>) => targetLine({ target: target(over), result: null });

test('what is there is named with its kind and its space', () => {
  expect(line({})).toEqual({ what: 'Page', name: 'API Guidelines', place: 'Engineering (ENG)' });
  expect(line({ kind: 'smart_link', title: 'Dashboard' })).toMatchObject({ what: 'Smart Link' });
  expect(line({ kind: 'group', title: 'Contractors', space: null, url: null })).toEqual({
    what: 'Group',
    name: 'Contractors',
    place: null,
  });
});

test('what is not there yet is new, and its name stands in the heading', () => {
  expect(line({ kind: 'folder', id: null, url: null })).toEqual({
    what: 'New folder',
    name: null,
    place: 'Engineering (ENG)',
  });
});

test('nothing is said twice', () => {
  expect(line({ kind: 'space', title: 'Engineering' })).toEqual({
    what: 'Space',
    name: 'Engineering',
    place: 'key ENG',
  });
  const title = 'Comment by Ben Okafor on "API Guidelines"';
  expect(line({ kind: 'comment', title })).toMatchObject({ what: null, name: title });
});

test('no kind is shown by its raw name', () => {
  for (const { word } of Object.values(targetKinds)) expect(word ?? '').not.toContain('_');
  expect(line({ kind: 'other', id: null, title: 'Admin key', url: null, space: null })).toEqual({
    what: null,
    name: 'Admin key',
    place: null,
  });
});
