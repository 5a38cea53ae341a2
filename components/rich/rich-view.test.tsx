import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import type { RichNode } from '#lib/wire';
import { RichView } from './rich-view.tsx';

const html = (nodes: RichNode[]) => renderToStaticMarkup(<RichView nodes={nodes} />);

test('draws page content by its meaning', () => {
  const out = html([
    { tag: 'h2', kids: ['Limits'] },
    { tag: 'panel', at: { kind: 'warning', title: 'Careful' }, kids: [{ tag: 'p', kids: ['Hot'] }] },
    { tag: 'p', kids: ['Now ', { tag: 'status', at: { kind: 'green' }, kids: ['Done'] }] },
    { tag: 'table', kids: [{ tag: 'tr', kids: [{ tag: 'th', at: { colspan: 2 }, kids: ['A'] }] }] },
    {
      tag: 'p',
      kids: [
        { tag: 'del', kids: ['50'] },
        { tag: 'ins', kids: ['100'] },
      ],
    },
    { tag: 'macro', at: { kind: 'jira', title: 'project = ENG' } },
    { tag: 'task', at: { done: true }, kids: ['Ship'] },
  ]);
  expect(out).toContain('Warning');
  expect(out).toContain('colSpan="2"');
  expect(out).toContain('<del>50</del><ins>100</ins>');
  expect(out).toContain('Jira issues');
  expect(out).toContain('checked=""');
});

test('a link that could run is drawn as text, an image is never fetched', () => {
  const out = html([
    { tag: 'a', at: { href: 'javascript:alert(1)' }, kids: ['x'] },
    { tag: 'image', at: { title: 'diagram.png', href: 'https://evil.example/x.png' } },
    { tag: 'p', kids: ['<script>alert(1)</script>'] },
  ]);
  expect(out).not.toContain('javascript:');
  expect(out).not.toContain('<img');
  expect(out).not.toContain('<script');
});

test('marks of a diff say in words what they say in colour', () => {
  const out = html([
    {
      tag: 'p',
      kids: [
        'x',
        {
          tag: 'attr',
          at: { title: 'width' },
          kids: [
            { tag: 'del', kids: ['600'] },
            { tag: 'ins', kids: ['800'] },
          ],
        },
      ],
    },
    {
      tag: 'pre',
      kids: [
        { tag: 'fold', at: { kind: 'lines', count: 12 } },
        { tag: 'line', at: { mark: 'remove' }, kids: ['old'] },
      ],
    },
    { tag: 'ol', kids: [{ tag: 'li', at: { start: 7, mark: 'move' }, kids: ['seven'] }] },
    {
      tag: 'table',
      kids: [
        { tag: 'fold', at: { kind: 'rows', count: 1, colspan: 3 } },
        { tag: 'tr', at: { mark: 'move' }, kids: [{ tag: 'td', kids: ['cell'] }] },
      ],
    },
    { tag: 'p', kids: ['in ', { tag: 'macro', at: { kind: 'jira', inline: true } }, ' line'] },
    { tag: 'p', kids: ['with ', { tag: 'macro', at: { kind: 'mathblock' } }] },
  ]);
  expect(out).toContain('was </span>600');
  expect(out).toContain('now </span>800');
  expect(out).toContain('12 unchanged lines');
  expect(out).toContain('removed: </span>old');
  expect(out).toContain('value="7"');
  expect(out.match(/>moved</g)).toHaveLength(2);
  expect(out).toContain('colSpan="3"');
  expect(out).toContain('1 unchanged row<');
  // A box cannot stand in a paragraph: the browser would close it.
  expect(out).not.toMatch(/<p>(?:(?!<\/p>).)*<div/);
});
