import { describe, expect, test } from 'vitest';
import { dueIn, writtenOn } from './due.ts';
import { extract } from './extract.ts';
import { ownerNamed, plausibleName } from './owners.ts';

const notes = new Date('2026-11-18T00:00:00Z'); // a Wednesday

test.each<[string, string | null | undefined]>([
  ['by 2026-11-25', '2026-11-25'],
  ['bis 27.11.2026', '2026-11-27'],
  ['bis zum 5.12.', '2026-12-05'],
  ['am 3.1.27', '2027-01-03'],
  ['by 12 December', '2026-12-12'],
  ['by December 12th, 2027', '2027-12-12'],
  ['antes del 5 de diciembre', '2026-12-05'],
  ['antes del 5 de enero', '2027-01-05'],
  ['15 de diciembre de 2026', '2026-12-15'],
  ['spätestens am 4. Dezember', '2026-12-04'],
  ['2026年12月5日まで', '2026-12-05'],
  ['11月30日まで', '2026-11-30'],
  ['by Friday', '2026-11-20'],
  ['bis Mittwoch', '2026-11-25'],
  ['金曜日までに', '2026-11-20'],
  ['tomorrow', '2026-11-19'],
  ['heute', '2026-11-18'],
  ['by end of month', null],
  ['next week', null],
  ['by Q4', null],
  ['the Q4 board', undefined],
  ['on 31.2.2026', undefined],
  ['due 3/4', undefined],
  ['release 2026.12', undefined],
  ['in May we trust', undefined],
  ['version 7.4.1', undefined],
  ['10.0.0.1', undefined],
])('due: %s', (text, date) => {
  const found = dueIn(text, notes);
  if (date === undefined) expect(found).toBeNull();
  else expect(found).toMatchObject({ date });
});

test('weekdays and years left out are marked as reckoned from the notes', () => {
  expect(dueIn('by Friday', notes)).toEqual({ date: '2026-11-20', words: 'by Friday', relative: true });
  expect(dueIn('by 2026-11-25 or Friday', notes)).toMatchObject({ date: '2026-11-25', relative: false });
});

test('notes are of the day in their title, else of their last edit', () => {
  const now = new Date('2026-11-20T12:00:00Z');
  expect(writtenOn('Weekly 2026-11-04', '2026-11-18T09:00:00Z', now).toISOString()).toMatch(/^2026-11-04/);
  expect(writtenOn('定例 2026年11月4日', null, now).toISOString()).toMatch(/^2026-11-04/);
  expect(writtenOn('Weekly', '2026-11-18T09:00:00Z', now).toISOString()).toMatch(/^2026-11-18/);
});

const all = new Set(['action_items', 'decisions', 'deadlines'] as const);
const p = (text: string) => `<p>${text}</p>`;
const found = (storage: string) =>
  extract(storage, all, notes).map(({ kind, how, text, ownerWords, due }) => [
    kind,
    how,
    text,
    ownerWords,
    due?.date ?? null,
  ]);

describe('what is found by words', () => {
  test.each<[string, unknown[][]]>([
    [p('Action: write it'), [['action_items', 'prose', 'write it', null, null]]],
    [p('ACTION - Ingrid: write'), [['action_items', 'prose', 'Ingrid: write', 'Ingrid', null]]],
    [p('TODO: Marcus to call'), [['action_items', 'prose', 'Marcus to call', 'Marcus', null]]],
    [p('AI: ask Bo (Bo Berg)'), [['action_items', 'prose', 'ask Bo (Bo Berg)', 'Bo Berg', null]]],
    [p('Aktion: Tomás ruft an'), [['action_items', 'prose', 'Tomás ruft an', 'Tomás', null]]],
    [p('Acción: pedir piezas'), [['action_items', 'prose', 'pedir piezas', null, null]]],
    [p('アクション：田中さん 測定'), [['action_items', 'prose', '田中さん 測定', '田中', null]]],
    [p('Decision: go'), [['decisions', 'prose', 'go', null, null]]],
    [p('Entscheidung: los'), [['decisions', 'prose', 'los', null, null]]],
    [
      '<h2>Action items</h2><ul><li>Ann to pay</li></ul><p>prose</p>',
      [['action_items', 'heading', 'Ann to pay', 'Ann', null]],
    ],
    ['<h2>Entscheidungen</h2><ul><li>Nord</li></ul>', [['decisions', 'heading', 'Nord', null, null]]],
    [
      p('The deadline is 1 December 2026.'),
      [['deadlines', 'prose', 'The deadline is 1 December 2026.', null, '2026-12-01']],
    ],
    [p('Sent by the printer on 1 December 2026.'), []],
    [p('Actionable advice: none'), []],
    [p('AI is everywhere'), []],
    [p('The action was good'), []],
    [
      '<ac:structured-macro ac:name="code"><ac:plain-text-body><![CDATA[// TODO: later]]></ac:plain-text-body></ac:structured-macro>',
      [],
    ],
  ])('%s', (storage, expected) => {
    expect(found(storage)).toEqual(expected);
  });
});

test('a table counts when it has an action column and an owner or a date', () => {
  const row = (tag: string, cells: string[]) =>
    `<tr>${cells.map((cell) => `<${tag}>${cell}</${tag}>`).join('')}</tr>`;
  const table = (head: string[], ...rows: string[][]) =>
    `<table><tbody>${row('th', head)}${rows.map((one) => row('td', one)).join('')}</tbody></table>`;
  expect(
    extract(
      table(
        ['Maßnahme', 'Wer', 'Bis', 'Status'],
        ['Streichen', 'Ann', '1.12.2026', 'erledigt'],
        ['', 'x', '', ''],
      ),
      all,
      notes,
    ),
  ).toMatchObject([
    { how: 'table', text: 'Streichen', ownerWords: 'Ann', due: { date: '2026-12-01' }, done: true },
  ]);
  expect(found(table(['Area', 'Owner'], ['API', 'Lars']))).toEqual([]);
  expect(found(table(['Task', 'Notes'], ['API', 'x']))).toEqual([]);
});

test('names: full, first, or nobody when several are called so; verbs are no names', () => {
  const people = [
    { accountId: '1', name: 'Ann Berg' },
    { accountId: '2', name: 'Ann Olsen' },
    { accountId: '3', name: 'Chloé Laurent' },
  ];
  expect(ownerNamed('Chloe', people)?.accountId).toBe('3');
  expect(ownerNamed('Ann', people)).toBeNull();
  expect(ownerNamed('ann olsen', people)?.accountId).toBe('2');
  expect(plausibleName('Review')).toBeNull();
  expect(plausibleName('Marcus')).toBe('Marcus');
});
