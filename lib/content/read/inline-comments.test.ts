import { expect, test } from 'vitest';
import { corpus } from '../corpus/corpus.fixture.ts';
import { commentMarkers, droppedComments, toMarkdown } from '../index.ts';
import { shortHash } from '../parse/elements.ts';

test('markers name the place of a comment as the Markdown view does', () => {
  const storage =
    '<p>a <ac:inline-comment-marker ac:ref="r-1">few <strong>words</strong></ac:inline-comment-marker> b</p>';
  const [marker] = commentMarkers(storage);
  expect(marker).toMatchObject({ ref: 'r-1', text: 'few words' });
  expect(toMarkdown(storage).markdown).toContain(`{comment #${marker?.id}}few **words**{/comment}`);
});

test('in the whole corpus every marker that is shown is found by its name', () => {
  let shown = 0;
  for (const { name, storage } of corpus) {
    // One without a ref belongs to no comment.
    const without = new Set(
      [...storage.matchAll(/<ac:inline-comment-marker(?![^>]*ac:ref)[^>]*>/g)].map(([tag]) => shortHash(tag)),
    );
    const ids = new Set(commentMarkers(storage).map(({ id }) => id));
    for (const [, id = ''] of toMarkdown(storage).markdown.matchAll(/(?<!\\)\{comment #([\w.]+)\}/g)) {
      expect(ids.has(id) || without.has(id), `${name} ${id}`).toBe(true);
      shown += 1;
    }
  }
  expect(shown).toBeGreaterThan(5);
});

test('a comment is dropped when its last marker is', () => {
  const mark = (ref: string) => `<ac:inline-comment-marker ac:ref="${ref}">x</ac:inline-comment-marker>`;
  const before = `<p>${mark('a')}</p><p>${mark('a')}</p><p>${mark('b')}</p>`;
  expect(droppedComments(before, `<p>${mark('a')}</p>`)).toEqual(['b']);
  expect(droppedComments(before, before)).toEqual([]);
});
