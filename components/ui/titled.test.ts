import { expect, test } from 'vitest';
import { titlePieces } from './titled.tsx';

const names = (text: string, name?: string) =>
  titlePieces(text, name).flatMap((piece) => (piece.isName ? [piece.text] : []));

test('quoted names are set apart from the sentence around them', () => {
  expect(names('Comment on "first draft" in "دليل الواجهة"')).toEqual(['first draft', 'دليل الواجهة']);
  expect(names('Archive 2 pages')).toEqual([]);
});

test('a known name may hold quotation marks', () => {
  expect(names('Create page "دليل "واجهة" API" in Engineering', 'دليل "واجهة" API')).toEqual([
    'دليل "واجهة" API',
  ]);
  expect(titlePieces('Rename "a "b"" to "c"', 'a "b"').map(({ text }) => text)).toEqual([
    'Rename ',
    'a "b"',
    ' to ',
    'c',
    '',
  ]);
});
