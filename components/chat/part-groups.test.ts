import { expect, test } from 'vitest';
import type { Part } from '#lib/wire';
import { answerText, groupParts } from './part-groups.ts';

const tool = (callId: string): Part => ({
  type: 'tool',
  callId,
  name: 'read_page',
  label: 'Read',
  state: 'done',
  input: {},
  output: '',
  sources: [],
  error: null,
});

test('tool calls in a row are one group', () => {
  const groups = groupParts([
    { type: 'text', text: 'a' },
    tool('1'),
    tool('2'),
    { type: 'text', text: 'b' },
    tool('3'),
  ]);
  expect(groups.map((group) => group.kind)).toEqual(['part', 'tools', 'part', 'tools']);
  expect(groups.map((group) => group.id)).toEqual(['0 text', '1 tools', '3 text', '4 tools']);
});

test('copying keeps the sources', () => {
  const source = {
    id: '1',
    kind: 'page',
    title: 'API',
    url: 'https://x/1',
    space: null,
    version: 1,
    updatedAt: null,
    updatedBy: null,
  } as const;
  const parts: Part[] = [{ type: 'text', text: 'Yes.' }, tool('1'), { type: 'sources', sources: [source] }];
  expect(answerText(parts)).toBe('Yes.\n\nSources:\n- [API](https://x/1)');
});
