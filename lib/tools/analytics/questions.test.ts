import { expect, test } from 'vitest';
import { asks, endsInQuestion } from './questions.ts';

test.each([
  ['<p>Which one?</p>', true],
  ['<p>I measured. Is it right? Yes or no.</p>', true],
  ['<p>¿Quién mide los racks de Valencia</p>', true],
  ['<p>この値は正しいですか。</p>', true],
  ['<p>هل هذا صحيح؟</p>', true],
  ['<p>Please say how to rotate it.</p>', true],
  ['<p>Bitte ergänzen.</p>', true],
  ['<p>Great page, thank you.</p>', false],
  ['<p>See <a href="https://a.example/?q=1">https://a.example/?q=1</a></p>', false],
  [
    '<ac:structured-macro ac:name="code"><ac:plain-text-body><![CDATA[a ? b : c]]></ac:plain-text-body></ac:structured-macro>',
    false,
  ],
  ['<p>broken', false],
])('%s', (storage, asked) => {
  expect(asks(storage)).toBe(asked);
});

test('an answer that asks back', () => {
  expect(endsInQuestion('Yes. And by when?')).toBe(true);
  expect(endsInQuestion('Please do.')).toBe(false);
  expect(endsInQuestion('Why? Because.')).toBe(false);
});
