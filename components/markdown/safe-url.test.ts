import { expect, test } from 'vitest';
import { safeUrl } from './safe-url.ts';

test('lets ordinary addresses through', () => {
  for (const url of [
    'https://halden.example/wiki/x?y=1#z',
    'http://localhost:3001/wiki',
    'mailto:ada@halden.example',
    '/c/chat_1',
    '#top',
  ]) {
    expect(safeUrl(url)).toBe(url);
  }
});

test('refuses everything that could run or hide where it goes', () => {
  for (const url of [
    'javascript:alert(1)',
    ' JavaScript:alert(1)',
    'java\tscript:alert(1)',
    'data:text/html,<script>1</script>',
    'vbscript:x',
    'file:///etc/passwd',
    'blob:https://x',
    '//evil.example/x',
    '/\\evil.example',
    'halden.example/no-scheme',
    '',
  ]) {
    expect(safeUrl(url), url).toBeNull();
  }
});
