import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { verifyAdf } from './verify.ts';

type Node = { type: string; [key: string]: unknown };
const doc = (...content: Node[]) => JSON.stringify({ version: 1, type: 'doc', content });
const text = (value: string, ...marks: unknown[]): Node => ({ type: 'text', text: value, marks });
const p = (...content: Node[]): Node => ({ type: 'paragraph', attrs: { localId: 'a' }, content });
const h = (value: string): Node => ({ type: 'heading', attrs: { level: 2 }, content: [text(value)] });
const table = (...rows: string[][]): Node => ({
  type: 'table',
  content: rows.map((row) => ({
    type: 'tableRow',
    content: row.map((cell) => ({ type: 'tableCell', attrs: {}, content: [p(text(cell))] })),
  })),
});

test('ids, defaults, empty marks, split texts and the order of keys are no difference', () => {
  const approved = doc(
    p(text('One '), text('two', { type: 'strong' }, { type: 'em' })),
    { type: 'orderedList', content: [{ type: 'listItem', content: [p(text('x'))] }] },
    table(['a', 'b']),
    { type: 'panel', attrs: { panelType: 'info' }, content: [p(text('in'))] },
    p({ type: 'mention', attrs: { id: 'u1', text: '@Jane' } }),
  );
  const saved = JSON.stringify({
    type: 'doc',
    content: [
      {
        content: [
          { text: 'O', type: 'text' },
          { text: 'ne ', type: 'text' },
          { marks: [{ type: 'em' }, { type: 'strong' }], text: 'two', type: 'text' },
        ],
        type: 'paragraph',
        attrs: { localId: 'zz' },
      },
      {
        type: 'orderedList',
        attrs: { order: 1, localId: null },
        content: [
          { type: 'listItem', content: [{ type: 'paragraph', content: [{ type: 'text', text: 'x' }] }] },
        ],
      },
      {
        type: 'table',
        attrs: { layout: 'default', width: 760, isNumberColumnEnabled: false, localId: 't' },
        content: [
          {
            type: 'tableRow',
            content: ['a', 'b'].map((cell) => ({
              type: 'tableCell',
              attrs: { colspan: 1, rowspan: 1 },
              content: [{ type: 'paragraph', content: [{ type: 'text', text: cell }] }],
            })),
          },
        ],
      },
      {
        type: 'panel',
        attrs: { panelType: 'info', localId: 'p' },
        content: [{ type: 'paragraph', content: [{ type: 'text', text: 'in' }] }],
      },
      {
        type: 'paragraph',
        content: [{ type: 'mention', attrs: { id: 'u1', text: '@Jane Doe', accessLevel: 'APPLICATION' } }],
      },
    ],
    version: 1,
  });
  expect(verifyAdf(null, approved, saved)).toMatchObject({
    ok: true,
    details: [],
    summary: '6 blocks added, 0 lost',
  });
});

test('counts against the document before, and names what is lost or other', () => {
  const before = doc(h('Limits'), p(text('20 calls')), p(text('end')));
  const approved = doc(h('Limits'), p(text('50 calls')), p(text('end')), p(text('new')));
  expect(verifyAdf(before, approved, approved).summary).toBe(
    '2 blocks kept, 1 changed as approved, 1 added, 0 lost',
  );
  const lost = verifyAdf(before, approved, doc(h('Limits'), p(text('50 calls')), p(text('end'))));
  expect(lost).toMatchObject({ ok: false, lost: 1, added: 0 });
  expect(lost.details).toEqual(['Not on the saved page as approved: paragraph "new" under "Limits"']);
  const other = verifyAdf(before, approved, approved.replace('50 calls', '5 calls'));
  expect(other.details).toEqual([
    'Not as approved: paragraph "50 calls" under "Limits": approved "50 calls", there "5 calls"',
  ]);
  const cell = verifyAdf(null, doc(table(['a', 'b'], ['c', 'd'])), doc(table(['a', 'b'], ['c', 'e'])));
  expect(cell.details[0]).toContain('row 2, column 2: approved "d", there "e"');
});

test('damage of any node, mark or attribute that matters is told', () => {
  const inline = fc.constantFrom<Node>(
    text('word'),
    text('bold', { type: 'strong' }),
    text('link', { type: 'link', attrs: { href: 'https://a.example' } }),
    { type: 'status', attrs: { text: 'DONE', color: 'green' } },
    { type: 'date', attrs: { timestamp: '1700000000000' } },
    { type: 'mention', attrs: { id: 'u1' } },
    {
      type: 'inlineExtension',
      attrs: { extensionKey: 'jira', parameters: { macroParams: { key: { value: 'ENG-1' } } } },
    },
  );
  const block = fc.oneof(
    fc.array(inline, { minLength: 1, maxLength: 3 }).map((content) => p(...content)),
    fc.constant(h('Head')),
    fc.constant(table(['a', 'b'], ['c', 'd'])),
    fc.constant({ type: 'codeBlock', attrs: { language: 'js' }, content: [text('a()')] }),
    fc.constant({ type: 'panel', attrs: { panelType: 'note' }, content: [p(text('mind'))] }),
  );
  fc.assert(
    fc.property(fc.array(block, { minLength: 1, maxLength: 5 }), fc.nat(), (content, pick) => {
      const json = doc(...content);
      const places = [
        ...json.matchAll(
          /"(?:word|bold|link|DONE|green|u1|ENG-1|js|a\(\)|note|mind|Head|c|d|strong|https:\/\/a\.example|1700000000000)"/g,
        ),
      ];
      const place = places[pick % Math.max(1, places.length)];
      if (!place) return;
      const damaged = `${json.slice(0, place.index)}"zz"${json.slice(place.index + place[0].length)}`;
      const result = verifyAdf(json, json, damaged);
      expect(result.ok, damaged).toBe(false);
      expect(result.details.length).toBeGreaterThan(0);
    }),
  );
});

test('what lies in which panel counts, and what is no ADF is refused', () => {
  const panel = (...inner: Node[]): Node => ({ type: 'panel', attrs: { panelType: 'info' }, content: inner });
  const approved = doc(panel(p(text('a')), p(text('b'))));
  expect(verifyAdf(approved, approved, doc(panel(p(text('a'))), p(text('b'))))).toMatchObject({ ok: false });
  expect(() => verifyAdf(null, approved, '{')).toThrow('not an Atlassian document');
});
