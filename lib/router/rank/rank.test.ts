import { expect, test } from 'vitest';
import { createRanker } from './index.ts';
import { wantsToKnow, withoutNames } from './question.ts';
import { createSpelling, distance } from './spelling.ts';
import { stem, stems } from './words.ts';

test('operations of another toolkit are found the same way: nothing of Confluence is assumed', () => {
  const one = (name: string, title: string, phrases: string[]) => ({
    name,
    title,
    summary: title,
    aliases: [],
    keywords: '',
    examples: [],
    phrases,
  });
  const rank = createRanker([
    one('create_issue', 'Create issue', ['open a ticket', 'report a bug']),
    one('list_issues', 'List issues', ['my tickets', 'bugs of a project']),
    one('merge_request', 'Merge a pull request', ['merge the branch']),
  ]);
  const first = (query: string) => [...rank(query)].sort((a, b) => b[1] - a[1])[0]?.[0];
  expect(first('please report this bug')).toBe('create_issue');
  expect(first('which tickets are mine?')).toBe('list_issues');
  expect(first('mrege the branch')).toBe('merge_request');
});

test('names of things are set aside, unless nothing else is there', () => {
  expect(withoutNames("move 'Delete everything' to 5543210").replace(/\s+/g, ' ').trim()).toBe('move to');
  expect(withoutNames('"Roadmap"')).toBe('"Roadmap"');
});

test('wanting to know and wanting done', () => {
  for (const text of [
    'Who may see this page?',
    '¿Quién sigue la página?',
    'Ist die Seite geprüft?',
    'which groups exist',
  ])
    expect(wantsToKnow(text), text).toBe(true);
  for (const text of [
    'Could you delete the page?',
    'create a page',
    'Lösche bitte die Seite',
    'Is this old? Then delete it.',
  ])
    expect(wantsToKnow(text), text).toBe(false);
});

test('typing mistakes are mended towards known words only', () => {
  expect(distance('mvoe', 'move', 2)).toBe(1);
  expect(distance('page', 'space', 1)).toBe(2);
  const mend = createSpelling(
    new Map([
      ['delete', 5],
      ['attachment', 2],
      ['page', 9],
    ]),
  );
  expect([mend('delte'), mend('atachmnet'), mend('page'), mend('xyzzy'), mend('pag')]).toEqual([
    'delete',
    'attachment',
    'page',
    'xyzzy',
    'pag',
  ]);
});

test('stems meet across forms and languages', () => {
  expect(stem('Pages')).toBe(stem('page'));
  expect(stem('deleting')).toBe(stem('delete'));
  expect(stems('Seite löschen')).toEqual([stem('page'), stem('delete')]);
  expect(stems('eliminar la página')).toEqual([stem('delete'), stem('page')]);
});
