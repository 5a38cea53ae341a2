import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyEdits } from '../edit/edit.ts';
import { bodyArbitrary } from '../testing/arbitrary-bodies.ts';
import { pageBody } from '../testing/page-body.ts';
import { outline, outlineText } from './blocks.ts';

test('lists blocks in order with headings, kinds and what is inside containers', () => {
  const blocks = outline(pageBody);
  expect(blocks.map((block) => `${'>'.repeat(block.depth)}${block.macro ?? block.kind}`)).toEqual([
    'heading',
    'paragraph',
    'heading',
    'paragraph',
    'list',
    'heading',
    'table',
    'heading',
    'info',
    '>paragraph',
    '>expand',
    '>>paragraph',
    'code',
    'jira',
    'tasks',
    'image',
    'heading',
    'paragraph',
  ]);
  expect(blocks[0]?.id).toBe('h-aaaa1111');
  expect(blocks[6]?.headingPath).toEqual(['API Guidelines', 'Rate limits', 'Headers']);
  expect(blocks[13]?.preview).toBe('key=ENG-1');
  expect(outlineText(blocks).split('\n')[9]).toMatch(/^ {2}#p-\w+ paragraph \d+ All errors are/);
});

test('cells and panels keep their headings to themselves', () => {
  const layout =
    '<h1>T</h1><ac:layout><ac:layout-section ac:type="two_equal"><ac:layout-cell><h2>A</h2><p>1</p></ac:layout-cell><ac:layout-cell><p>2</p></ac:layout-cell></ac:layout-section></ac:layout>';
  const blocks = outline(layout);
  expect(blocks.find((block) => block.preview === '1')?.headingPath).toEqual(['T', 'A']);
  expect(blocks.find((block) => block.preview === '2')?.headingPath).toEqual(['T']);
});

test('ids are unique and survive edits elsewhere', () => {
  fc.assert(
    fc.property(bodyArbitrary, (storage) => {
      const ids = outline(storage).map((block) => block.id);
      expect(new Set(ids).size).toBe(ids.length);
      const after = applyEdits(storage, [
        { op: 'append', markdown: 'A sentence nobody else has written 4711' },
      ]);
      expect(
        outline(after.storage)
          .map((block) => block.id)
          .slice(0, ids.length),
      ).toEqual(ids);
      const before = applyEdits(storage, [
        { op: 'prepend', markdown: 'A sentence nobody else has written 4711' },
      ]);
      expect(
        outline(before.storage)
          .map((block) => block.id)
          .slice(1),
      ).toEqual(ids);
    }),
    { numRuns: 200 },
  );
});

test('equal blocks are told apart by heading and container, and only then by number', () => {
  const page = '<h2>A</h2><p>TBD</p><h2>B</h2><p>TBD</p><p>TBD</p>';
  const ids = outline(page).map(({ id }) => id);
  const [, first = '', , second = '', third = ''] = ids;
  expect(first).toMatch(/^p-\w+\.\w{3}$/);
  expect(second).toMatch(/^p-\w+\.\w{5}\.1of2$/);
  // Without its equals elsewhere a block goes by its content alone, and by its older id still.
  const alone = page.slice(0, page.indexOf('<h2>B'));
  expect(outline(alone)[1]?.id).toBe(first.split('.')[0]);
  expect(applyEdits(alone, [{ op: 'delete', target: { block: first } }]).storage).toBe('<h2>A</h2>');
  // An id never slides to another of several equals.
  const one = page.replace(/<p>TBD<\/p>$/, '');
  for (const id of [second, third])
    expect(() => applyEdits(one, [{ op: 'delete', target: { block: id } }])).toThrow(/not on the page/);
  expect(() => applyEdits(page, [{ op: 'delete', target: { block: first.split('.')[0] ?? '' } }])).toThrow(
    /ambiguous/,
  );
});
