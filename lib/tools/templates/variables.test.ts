import { expect, test } from 'vitest';
import { bodyOf } from './template-write.ts';
import { blanksOf, templateMarkdown } from './variables.ts';

const template =
  '<at:declarations><at:textarea at:columns="42" at:name="why" at:rows="9" /><at:list at:name="team"><at:option at:value="A &amp; B" /><at:option at:value="C" /></at:list></at:declarations>\n' +
  '<h2 local-id="abc">Why</h2><p><strong><at:var at:name="why" at:rawxhtml="true" /></strong></p>' +
  '<table><tbody><tr><td><p><at:var at:name="team" /></p></td></tr></tbody></table><ac:placeholder>Say more</ac:placeholder>';

test('a template changed as Markdown keeps declarations, blanks and untouched blocks byte for byte', () => {
  const markdown = templateMarkdown(template);
  expect(markdown).toContain('{{why}}');
  expect(bodyOf(markdown, 'markdown', undefined, template)).toBe(template);
  const bare = (storage: string) => storage.replace(/ local-id="[^"]*"/g, '');
  expect(bare(bodyOf(markdown.replace('## Why', '## Why now'), 'markdown', undefined, template))).toBe(
    bare(template).replace('Why</h2>', 'Why now</h2>'),
  );
});

test('variables given anew: those declared just so keep their declaration, the others are written', () => {
  const body = bodyOf(
    templateMarkdown(template),
    'markdown',
    [
      { name: 'why', type: 'multiline' },
      { name: 'team', type: 'list', options: ['C', 'D'] },
    ],
    template,
  );
  expect(body).toContain('<at:textarea at:columns="42" at:name="why" at:rows="9" />');
  expect(body).toContain('<at:option at:value="C" /><at:option at:value="D" />');
  expect(body).not.toContain('A &amp; B');
});

test('the blanks of a body', () => {
  expect(blanksOf(template)).toEqual(['why', 'team']);
});
