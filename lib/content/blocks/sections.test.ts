import { expect, test } from 'vitest';
import { corpus } from '../corpus/corpus.fixture.ts';
import { outline, partOf, sectionsOf, toMarkdown } from '../index.ts';

const page =
  '<p>Before.</p><h1>One</h1><p>12345</p><h2>Deep</h2><p>67</p><h1>Two</h1>' +
  '<ac:structured-macro ac:name="info"><ac:rich-text-body><h2>Inside</h2><p>abc</p></ac:rich-text-body></ac:structured-macro><p>end</p>';

test('a section holds what is under its heading; a container counts whole, a heading in it has its own section', () => {
  expect(
    sectionsOf(page).map(({ title, chars, blocks, headingPath }) => ({ title, chars, blocks, headingPath })),
  ).toEqual([
    { title: 'One', chars: 14, blocks: 3, headingPath: [] },
    { title: 'Deep', chars: 6, blocks: 1, headingPath: ['One'] },
    { title: 'Two', chars: 15, blocks: 2, headingPath: [] },
    { title: 'Inside', chars: 9, blocks: 1, headingPath: ['Two'] },
  ]);
});

test('a part is cut by heading, path or id, with exactly its bytes', () => {
  const bytes = (section: string) => {
    const { start, end } = partOf(page, section);
    return page.slice(start, end);
  };
  expect(bytes('One')).toBe('<h1>One</h1><p>12345</p><h2>Deep</h2><p>67</p>');
  expect(bytes('One > Deep')).toBe('<h2>Deep</h2><p>67</p>');
  expect(bytes('Inside')).toBe('<h2>Inside</h2><p>abc</p>');
  const last = outline(page).at(-1);
  expect(bytes(`#${last?.id}`)).toBe('<p>end</p>');
  expect(partOf(page)).toMatchObject({ start: 0, end: page.length });
  expect(() => partOf(page, 'Three')).toThrow(/not on the page/);
  expect(() => partOf('<h1>A</h1><h1>A</h1>', 'A')).toThrow(/ambiguous/);
});

test('of every body of the corpus a section is the blocks that its Markdown shows', () => {
  let seen = 0;
  for (const { name, storage } of corpus) {
    if (storage.length > 50_000) continue;
    for (const { id, start, end } of sectionsOf(storage)) {
      const part = partOf(storage, id);
      expect([part.start, part.end], name).toEqual([start, end]);
      expect(part.blocks[0]?.id, name).toBe(id);
      const view = toMarkdown(storage, { section: id });
      expect(view.markdown.startsWith('#'), `${name} ${id}`).toBe(true);
      seen += 1;
    }
  }
  expect(seen).toBeGreaterThan(60);
});

test('100,000 nested or flat blocks cost a moment', { timeout: 20_000 }, () => {
  const flat = '<h2>A</h2><p>x</p>'.repeat(50_000);
  expect(sectionsOf(flat)).toHaveLength(50_000);
  const nested = `${'<div><p>x</p>'.repeat(2_000)}${'</div>'.repeat(2_000)}`;
  expect(sectionsOf(nested)).toEqual([]);
});
