import { expect, test } from 'vitest';
import { verifyWords } from './verify-text.ts';

const wiki =
  'h1. Plan\n\nAt most *20* calls, says [Ops|https://ops.example/x].\n{info:title=Mind}\nThe *gate*way\n{info}\n!plan.png|width=20!';
const saved =
  '<h1>Plan</h1><p>At most <strong>20</strong> calls, says <a href="https://ops.example/x">Ops</a>.</p><ac:structured-macro ac:name="info"><ac:rich-text-body><p>The <strong>gate</strong>way</p></ac:rich-text-body></ac:structured-macro>';

test('wiki markup is compared by its words, and says that it is', () => {
  const result = verifyWords(wiki, saved);
  expect(result).toMatchObject({ ok: true, words: 10, missing: [] });
  expect(result.summary).toBe(
    'Confluence has converted it from wiki markup, so only the words were compared: 10 of 10 are there',
  );
});

test('a word that is not there is named', () => {
  const result = verifyWords(wiki, saved.replace('calls', ''));
  expect(result).toMatchObject({ ok: false, missing: ['calls'] });
  expect(result.details).toEqual(['Words that are not there: "calls"']);
  expect(verifyWords('one one', '<p>one</p>').ok).toBe(true);
});
