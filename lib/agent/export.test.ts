import { expect, test } from 'vitest';
import type { ChatView, Message, Part } from '#lib/wire';
import { chatMarkdown } from './export.ts';

const message = (role: Message['role'], parts: Part[], more: Partial<Message> = {}): Message => ({
  id: role,
  chatId: 'cht_1',
  parentId: null,
  role,
  siblings: [role],
  author: role === 'user' ? { id: 'usr_1', name: 'Ada Moreno' } : null,
  parts,
  status: 'done',
  model: role === 'user' ? null : 'demo',
  usage: role === 'user' ? null : { inputTokens: 1200, outputTokens: 34 },
  createdAt: Date.UTC(2026, 10, 3, 9, 5),
  ...more,
});

const tool = (callId: string, label: string): Part => ({
  type: 'tool',
  callId,
  name: 'read_page',
  label,
  state: 'done',
  input: {},
  output: 'SECRET TOOL DATA',
  sources: [],
  error: null,
});

const chat = (messages: Message[]): ChatView => ({
  id: 'cht_1',
  title: 'Rate limits',
  messages,
  changes: [],
  activity: null,
});

test('who said what and when, calls as a list, sources with versions, tokens per answer and in all', () => {
  const source = { id: '1', kind: 'page', space: null, updatedAt: null, updatedBy: null } as const;
  const text = chatMarkdown(
    chat([
      message('user', [{ type: 'text', text: 'What are the limits?' }]),
      message('assistant', [
        tool('a', 'Searched'),
        tool('b', 'Read “API [v2]”'),
        { type: 'text', text: 'Ten a second.' },
        {
          type: 'sources',
          sources: [{ ...source, title: 'API [v2]', url: 'https://x.example/a b', version: 3 }],
        },
      ]),
    ]),
  );
  expect(text).toBe(`# Rate limits

## Ada Moreno

*2026-11-03 09:05 UTC*

What are the limits?

## Confab

*2026-11-03 09:05 UTC · demo · 1,234 tokens*

- Searched
- Read “API [v2]”

Ten a second.

**Sources**
- [API \\[v2\\]](<https://x.example/a b>), version 3

---

1,234 tokens in all (1,200 to the model, 34 from it). Exported from Confab.
`);
  expect(text).not.toContain('SECRET');
});

test('an empty chat is a file too', () => {
  expect(chatMarkdown(chat([]))).toContain('0 tokens in all');
});
