import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DiffEntry, RichNode } from '#lib/wire';
import { applyEdits } from '../edit.ts';
import { toRich } from '../rich.ts';
import { bodyArbitrary } from '../testing/arbitrary-bodies.ts';
import { pageBody } from '../testing/page-body.ts';
import { diffStorage } from './body-diff.ts';
import { diffText } from './diff-text.ts';
import { diffKids } from './rich-diff.ts';

const changes = (before: string, after: string): DiffEntry[] =>
  diffStorage(before, after).entries.filter((entry) => entry.op !== 'keep');

test('no change is one count', () => {
  const diff = diffStorage(pageBody, pageBody.replace('<h2>Status', '\n<h2 local-id="x">Status'));
  expect(diff.entries).toEqual([
    { op: 'keep', count: 18, headings: ['API Guidelines', 'Rate limits', 'Headers', 'Errors', 'Status'] },
  ]);
  expect(diff.counts).toMatchObject({
    kept: 18,
    changed: 0,
    added: 0,
    removed: 0,
    macrosKept: 5,
    macrosLost: 0,
  });
  expect(diffText(diff)).toBe('No change.');
});

test('marks words, list items and table cells', () => {
  const list = changes(
    '<ul><li>one two</li><li>three</li></ul>',
    '<ul><li>one 2</li><li>three</li><li>four</li></ul>',
  );
  expect(list).toMatchObject([
    {
      op: 'change',
      kind: 'list',
      rendered: [
        {
          tag: 'ul',
          kids: [
            { tag: 'li', kids: ['one ', { tag: 'del', kids: ['two'] }, { tag: 'ins', kids: ['2'] }] },
            { tag: 'li', kids: ['three'] },
            { tag: 'li', kids: [{ tag: 'ins', kids: ['four'] }] },
          ],
        },
      ],
    },
  ]);
  const [table] = changes(pageBody, pageBody.replace('<p>seconds</p>', '<p>milliseconds</p>'));
  expect(JSON.stringify(table?.op === 'change' && table.rendered)).toContain(
    '{"tag":"td","at":{},"kids":[{"tag":"p","kids":[{"tag":"del","kids":["seconds"]},{"tag":"ins","kids":["milliseconds"]}]}]}',
  );
  expect(table?.op === 'change' && table.lines.filter((line) => line.op !== ' ')).toEqual([
    { op: '-', text: '<p>seconds</p></td></tr></tbody></table>' },
    { op: '+', text: '<p>milliseconds</p></td></tr></tbody></table>' },
  ]);
});

test('shows changed macro parameters, containers and additions with their place', () => {
  const [jira] = changes(pageBody, pageBody.replace('ENG-1<', 'ENG-2<'));
  expect(JSON.stringify(jira)).toContain('"del","kids":["1"]');
  const [panel] = changes(pageBody, pageBody.replace('>Note<', '>Warning<'));
  expect(panel).toMatchObject({ op: 'change', kind: 'info', path: ['API Guidelines', 'Errors'] });
  const added = changes(
    pageBody,
    applyEdits(pageBody, [{ op: 'append', target: { heading: 'Headers' }, markdown: 'New' }]).storage,
  );
  expect(added).toEqual([
    {
      op: 'add',
      kind: 'paragraph',
      path: ['API Guidelines', 'Rate limits', 'Headers'],
      rendered: [{ tag: 'p', kids: [{ tag: 'ins', kids: ['New'] }] }],
      source: '<p>New</p>',
    },
  ]);
});

test('counts lost macros and comment markers', () => {
  const after = applyEdits(pageBody, [
    { op: 'delete', target: { heading: 'Rate limits' } },
    { op: 'delete', target: { heading: 'Errors' } },
  ]).storage;
  expect(diffStorage(pageBody, after).counts).toMatchObject({
    macrosKept: 1,
    macrosLost: 4,
    commentMarkersLost: 1,
    added: 0,
    changed: 0,
  });
});

test('reads as text', () => {
  const after = applyEdits(pageBody, [
    { op: 'replace_text', target: { text: 'Burst: 20' }, with: 'Burst: 50' },
    { op: 'append', markdown: '## End' },
  ]).storage;
  expect(diffText(diffStorage(pageBody, after))).toBe(
    [
      '1 changed, 1 added, 0 removed, 17 unchanged blocks',
      '  … 4 unchanged blocks (API Guidelines; Rate limits)',
      '@@ API Guidelines > Rate limits > list @@',
      '~ - Burst: [-20-][+50+]',
      '~ - Window: 60\u00a0s',
      '  … 13 unchanged blocks (Headers; Rate limits; Errors; API Guidelines; Status)',
      '@@ API Guidelines > h2 @@',
      '+ End',
    ]
      .join('\n')
      .replace('(Headers; Rate limits; Errors; API Guidelines; Status)', '(Headers; Errors; Status)'),
  );
  const long = Array.from({ length: 3000 }, (_, i) => `<p>word ${i} ${'x'.repeat(20)}</p>`).join('');
  expect(diffText(diffStorage('<p>a</p>', long)).length).toBeLessThan(14_000);
});

function side(nodes: RichNode[], drop: 'ins' | 'del'): string {
  return nodes
    .map((node) => {
      if (typeof node === 'string') return node;
      if (node.tag === drop) return '';
      return side(node.kids ?? [], drop);
    })
    .join('');
}
/** A changed title is shown beside the text. */
function untitled(nodes: RichNode[]): RichNode[] {
  return nodes.map((node) =>
    typeof node === 'string' ? node : { tag: node.tag, kids: untitled(node.kids ?? []) },
  );
}
const text = (nodes: RichNode[]): string => side(nodes, 'ins').replace(/\s+/g, '');

test('dropping the additions gives the old text, dropping the removals the new', () => {
  fc.assert(
    fc.property(bodyArbitrary, bodyArbitrary, (before, after) => {
      const [a, b] = [untitled(toRich(before)), untitled(toRich(after))];
      const drawn = diffKids(a, b);
      expect(side(drawn, 'del').replace(/\s+/g, '')).toBe(text(b));
      expect(side(drawn, 'ins').replace(/\s+/g, '').length).toBe(text(a).length);
      const { counts, entries } = diffStorage(before, after);
      expect(entries.filter((entry) => entry.op === 'change')).toHaveLength(counts.changed);
    }),
    { numRuns: 200 },
  );
});
