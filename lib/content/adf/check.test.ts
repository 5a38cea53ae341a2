import { expect, test } from 'vitest';
import { checkAdf } from './check.ts';

const doc = (...content: unknown[]) => JSON.stringify({ version: 1, type: 'doc', content });
const p = (...content: unknown[]) => ({ type: 'paragraph', content });
const text = (words: string, ...marks: unknown[]) => ({
  type: 'text',
  text: words,
  ...(marks.length > 0 ? { marks } : {}),
});
const list = (...items: unknown[]) => ({ type: 'bulletList', content: items });

test('a document that is right comes back as compact JSON, unknown nodes and attributes with it', () => {
  const given = doc(
    p(text('a', { type: 'strong' }), { type: 'mention', attrs: { id: '1' } }),
    list({ type: 'listItem', content: [p(text('x'))] }),
    { type: 'syncBlock', attrs: { resourceId: 'r' } },
    { type: 'bodiedExtension', attrs: { extensionKey: 'k' }, content: [p()] },
  );
  expect(checkAdf(JSON.stringify(JSON.parse(given), null, 2))).toBe(given);
});

test.each([
  ['no JSON', '{"type":"doc",', /not JSON/, ''],
  ['no document', '{"type":"paragraph"}', /"type": "doc"/, ''],
  ['another version', '{"type":"doc","version":2,"content":[]}', /"version": 1/, ''],
  ['no content', '{"type":"doc","version":1}', /"content" list/, ''],
  ['a node without type', doc(p(), {}), /content\[1\] has no "type"/, 'content[1]'],
  ['a node that is text', doc('x'), /content\[0\] is no node/, 'content[0]'],
  ['text without a paragraph', doc(text('x')), /put it into a paragraph/, 'content[0]'],
  ['empty text', doc(p(text('a'), text(''))), /without words/, 'content[0].content[1]'],
  ['a block in a line', doc(p(list())), /holds only text/, 'content[0].content[0]'],
  ['a paragraph in a list', doc(list(p())), /holds only listItem/, 'content[0].content[0]'],
  [
    'marks that are no list',
    doc(p({ type: 'text', text: 'x', marks: {} })),
    /"marks"/,
    'content[0].content[0]',
  ],
  ['content that is no list', doc({ type: 'panel', content: {} }), /"content"/, 'content[0]'],
  ['attrs that are no object', doc({ type: 'panel', attrs: 1 }), /"attrs"/, 'content[0]'],
  [
    'a document in itself',
    doc({ type: 'doc', version: 1, content: [] }),
    /inside the document/,
    'content[0]',
  ],
])('%s is refused with its path', (_what, given, message, path) => {
  expect(() => checkAdf(given)).toThrow(message);
  expect(() => checkAdf(given)).toThrow(expect.objectContaining({ code: 'invalid_input', data: { path } }));
});

test('hostile nesting and 100,000 nodes cannot exhaust the stack or take long', { timeout: 20_000 }, () => {
  const deep = `${'{"type":"panel","content":['.repeat(20_000)}${']}'.repeat(20_000)}`;
  expect(() => checkAdf(`{"type":"doc","version":1,"content":[${deep}]}`)).toThrow(/nested more than 64/);
  expect(checkAdf(doc(...Array.from({ length: 100_000 }, () => p(text('x'))))).length).toBeGreaterThan(1e6);
});
