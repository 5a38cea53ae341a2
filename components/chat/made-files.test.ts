import { expect, test } from 'vitest';
import { madeFiles } from './made-files.ts';

const output =
  'Exported 1 page as PDF: [API \\[v2\\].pdf](http://localhost:3000/api/files/fil_k9ygf) (34.8 KB, 1 file). The link works for you alone.';

test('a file that a step made is found once, with its name and size', () => {
  expect(madeFiles({ name: 'export_page', state: 'done', output: `${output} ${output}` })).toEqual([
    { id: 'fil_k9ygf', name: 'API [v2].pdf', about: '34.8 KB, 1 file' },
  ]);
});

test('a link in the text of a page is no file of a step', () => {
  expect(madeFiles({ name: 'read_page', state: 'done', output })).toEqual([]);
  expect(madeFiles({ name: 'export_page', state: 'failed', output })).toEqual([]);
  expect(madeFiles({ name: 'export_page', state: 'done', output: '[a](https://x.example/fil_1)' })).toEqual(
    [],
  );
});
