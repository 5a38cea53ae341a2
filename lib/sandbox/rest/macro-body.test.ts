import { expect, test } from 'vitest';
import { macroOf } from './macro-body.ts';

const code =
  '<ac:structured-macro ac:name="code" ac:macro-id="inner"><ac:parameter ac:name="language">sql</ac:parameter><ac:plain-text-body><![CDATA[a ]]]]><![CDATA[> </ac:structured-macro>]]></ac:plain-text-body></ac:structured-macro>';
const storage = `<p>x</p><ac:structured-macro ac:name="panel" ac:local-id="outer"><ac:parameter ac:name="title">T &amp; U</ac:parameter><ac:rich-text-body><p>a</p>${code}</ac:rich-text-body></ac:structured-macro><ac:structured-macro ac:name="toc" ac:macro-id="bare" />`;

test('a macro is found by its id, with its body as written and its parameters', () => {
  expect(macroOf(storage, 'inner')).toEqual({
    name: 'code',
    body: 'a ]]> </ac:structured-macro>',
    parameters: { language: { value: 'sql' } },
  });
  expect(macroOf(storage, 'outer')).toEqual({
    name: 'panel',
    body: `<p>a</p>${code}`,
    parameters: { title: { value: 'T &amp; U' } },
  });
  expect(macroOf(storage, 'bare')).toEqual({ name: 'toc', body: '', parameters: {} });
  expect(macroOf(storage, 'none')).toBeUndefined();
  expect(macroOf(storage, '')).toBeUndefined();
});
