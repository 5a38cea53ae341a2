import { expect, test } from 'vitest';
import { markdownToStorage } from '../write/storage.ts';
import { toMarkdown } from './markdown.ts';

const task = (body: string, status = 'incomplete', id = 7): string =>
  `<ac:task><ac:task-id>${id}</ac:task-id><ac:task-status>${status}</ac:task-status><ac:task-body>${body}</ac:task-body></ac:task>`;

test('a task whose body begins with a block keeps its box on a line of its own', () => {
  const body = `<ac:task-list>${task('<ul><li>a</li></ul>')}${task('x', 'complete', 8)}</ac:task-list>`;
  const { markdown } = toMarkdown(body);
  expect(markdown).toBe('- [ ] <br>\n\n  - a\n- [x] x');
  const edited = markdownToStorage(markdown.replace('- a', '- b'), { originals: body });
  expect(edited).toBe(body.replace('>a<', '>b<'));
});

test('a list in a list of tasks belongs to the task before it', () => {
  const body = `<ac:task-list>${task('parent')}<ac:task-list>${task('child', 'complete', 8)}</ac:task-list></ac:task-list>`;
  expect(toMarkdown(body).markdown).toBe('- [ ] parent\n  - [x] child');
  expect(
    toMarkdown(`<ac:task-list><ac:task-list>${task('child')}</ac:task-list></ac:task-list>`).markdown,
  ).toBe('- - [ ] child');
});

test('rules and empty items in items do not become one rule', () => {
  expect(toMarkdown('<ul><li><hr /></li></ul>').markdown).toBe('- ***');
  expect(toMarkdown('<ul><li><hr /><p>x</p></li></ul>').markdown).toBe('- ***\n\n  x');
  const deep = '<ul><li><ul><li><ul><li /></ul></li></ul></li></ul>';
  expect(toMarkdown(deep).markdown).toBe('-\n  - -');
  expect(markdownToStorage(`${toMarkdown(deep).markdown}\n- y`)).toContain(
    '<ul><li><ul><li><p /></li></ul></li></ul>',
  );
});

test('text and things that stand in a list without being an item are shown as items', () => {
  expect(toMarkdown('<ul>text <strong>b</strong><li>a</li><ol><li>c</li></ol></ul>').markdown).toBe(
    '- text **b**\n- a\n- 1. c',
  );
  expect(toMarkdown('<ul><!-- x --></ul>').notRendered).toEqual([
    { what: 'empty list', count: 1 },
    { what: 'hidden source comment', count: 1 },
  ]);
});

test('a task with more than a task has is shown as a placeholder', () => {
  const odd = `<ac:task-list>${task('x').replace('</ac:task>', '<ac:new>y</ac:new></ac:task>')}</ac:task-list>`;
  expect(toMarkdown(odd).markdown).toMatch(/^- \{\{element:task text="x \[ac:new\] y" #\w+\}\}$/);
});
