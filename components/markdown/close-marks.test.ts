import { expect, test } from 'vitest';
import { closeMarks } from './close-marks.ts';

const cases: [string, string][] = [
  ['plain text', 'plain text'],
  ['This is **bo', 'This is **bo**'],
  ['This is **bold** and', 'This is **bold** and'],
  ['This is **', 'This is '],
  ['an *emphasis under way', 'an *emphasis under way*'],
  ['* item with **strong', '* item with **strong**'],
  ['- 2 * 3 * 4', '- 2 * 3 * 4'],
  ['use `code', 'use `code`'],
  ['use `**', 'use `**`'],
  ['see [the page](https://halden.exa', 'see the page'],
  ['see [the pa', 'see the pa'],
  ['see [the page](https://x.example) now', 'see [the page](https://x.example) now'],
  ['Rules\n-', 'Rules'],
  ['~~old', '~~old~~'],
  ['```js\nconst a = `x', '```js\nconst a = `x'],
  ['**done**\n\nnext **on', '**done**\n\nnext **on**'],
];

test.each(cases)('%j', (given, expected) => {
  expect(closeMarks(given)).toBe(expected);
});
