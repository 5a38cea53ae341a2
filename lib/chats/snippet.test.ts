import { expect, test } from 'vitest';
import { snippetOf } from './snippet.ts';

test('the words stand in the snippet, whatever lies around them', () => {
  const text = `${'before '.repeat(40)}the needle stands here ${'after '.repeat(40)}`;
  const snippet = snippetOf(text, ['needle']);
  expect(snippet).toMatch(/^…(before )+the needle stands here (after )+/);
  expect(snippet.endsWith('…')).toBe(true);
  expect(snippet.length).toBeLessThan(130);
  expect(snippetOf(`${'あ'.repeat(100)}議事録${'い'.repeat(50)} end`, ['議事録'])).toContain('議事録');
  expect(snippetOf(`${'x'.repeat(90)}prd${'y'.repeat(30)} then text`, ['PRD'])).toContain('prd');
  expect(snippetOf('short\nand  whole', ['whole'])).toBe('short and whole');
  expect(snippetOf('x'.repeat(400), ['nothing'])).toHaveLength(121);
});
