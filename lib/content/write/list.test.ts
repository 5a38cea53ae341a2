import { expect, test } from 'vitest';
import { parseStorage } from '../parse/parse.ts';
import { toMarkdown } from '../view/markdown.ts';
import { markdownToStorage } from './storage.ts';

const body = (markdown: string): string =>
  /<ac:task-body>(.*)<\/ac:task-body>/s.exec(markdownToStorage(markdown))?.[1] ?? '';

test('a paragraph of a task is a line of it, where the one before is a line too', () => {
  expect(body('- [ ] one\n\n  two')).toBe('one<br />two');
  expect(body('- [ ] one\n\n  - item\n\n  two')).toBe('one<ul><li><p>item</p></li></ul>two');
  const picture = '![alt](attachment:a.png) {{macro:toc a=1}}';
  expect(body(`- [ ] ${picture}\n\n  \`code\``)).toMatch(/^<p><ac:image .*<\/p><code>code<\/code>$/);
});

test('a task with pictures, code and a heading reads the same when it is written again', () => {
  const markdown =
    '- [ ] ![alt](attachment:a.png "A *caption* \\"x\\"") {{macro:status title="A|B"}}\n\n  `code`\n\n  ## release {#my-id}';
  const storage = markdownToStorage(markdown);
  expect(parseStorage(storage).nodes.filter((node) => node.type === 'element' && node.name === 'br')).toEqual(
    [],
  );
  const plain = (text: string): string => text.replace(/ #[\w.]+(?=\}\})/g, '');
  const first = toMarkdown(storage).markdown;
  expect(plain(first)).toBe(markdown.replace('## release {#my-id}', '## {{macro:anchor _=my-id}}release'));
  expect(toMarkdown(markdownToStorage(plain(first))).markdown).toBe(first);
});
