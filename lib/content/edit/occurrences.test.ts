import { expect, test } from 'vitest';
import { occurrences } from './occurrences.ts';

const page = [
  '<h2>Rate limits</h2><p>Use <strong>tokens</strong> &amp; retries, ten a second.</p>',
  '<p>At most ten&nbsp;a <em> second</em>.</p>',
  '<ac:structured-macro ac:name="code"><ac:plain-text-body><![CDATA[ten a second]]></ac:plain-text-body></ac:structured-macro>',
  '<ac:structured-macro ac:name="info"><ac:parameter ac:name="title">ten a second</ac:parameter><ac:rich-text-body><p>ten a second</p></ac:rich-text-body></ac:structured-macro>',
  '<p>ten</p><p>a second</p>',
].join('');

test('a text is found across marks and entities, with its heading and the words around it', () => {
  expect(occurrences(page, 'tokens & retries')).toEqual([
    { before: 'Use ', text: 'tokens & retries', after: ', ten a second.', heading: 'Rate limits' },
  ]);
});

test('not in code or parameters, never across blocks, white space counting as one space', () => {
  expect(occurrences(page, ' ten  a second ').map(({ before }) => before)).toEqual([
    'Use tokens & retries, ',
    'At most ',
    '',
  ]);
  expect(occurrences(page, 'Ten a second')).toEqual([]);
  expect(occurrences(page, '  ')).toEqual([]);
});
