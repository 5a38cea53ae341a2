import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { Markdown } from './markdown.tsx';

const html = (text: string, streaming = false) =>
  renderToStaticMarkup(<Markdown text={text} streaming={streaming} />);

test('draws the usual Markdown', () => {
  const out = html('## Rules\n\n1. **One** `code`\n2. two\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n- [x] done');
  expect(out).toContain('<h3>Rules</h3>');
  expect(out).toContain('<ol dir="auto"><li><strong>One</strong> <code>code</code></li>');
  expect(out).toContain('<td>2</td>');
  expect(out).toContain('type="checkbox"');
});

test('never makes an image, raw HTML or a dangerous link', () => {
  const out = html(
    '![spy](https://evil.example/p.png) <img src="https://evil.example/q.png" onerror="x()"> [go](javascript:alert(1))\n\n<script>alert(1)</script>',
  );
  expect(out).not.toContain('<img');
  expect(out).not.toContain('<script');
  expect(out).not.toContain('href="javascript');
  expect(out).toContain('&lt;script&gt;');
});

test('outside links open in a new tab without a way back', () => {
  expect(html('[page](https://halden.example/x)')).toContain('target="_blank" rel="noopener noreferrer"');
  expect(html('[chat](/c/1)')).not.toContain('target=');
});

test('closes unfinished marks while streaming', () => {
  expect(html('This is **bo', true)).toContain('<strong>bo</strong>');
});
