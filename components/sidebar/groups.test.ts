import { expect, test } from 'vitest';
import type { ChatSummary } from '#lib/wire';
import { groupChats } from './groups.ts';

const now = Date.UTC(2026, 10, 20, 9);
const chat = (id: string, updatedAt: number, pinned = false): ChatSummary => ({
  id,
  title: id,
  updatedAt,
  pinned,
  waiting: false,
});

test('groups by date with pinned chats first', () => {
  const groups = groupChats(
    [
      chat('today', Date.UTC(2026, 10, 20, 1)),
      chat('yesterday', Date.UTC(2026, 10, 19, 23, 59)),
      chat('week', Date.UTC(2026, 10, 15)),
      chat('month', Date.UTC(2026, 9, 25)),
      chat('old', Date.UTC(2026, 7, 2)),
      chat('pinned', Date.UTC(2025, 0, 1), true),
    ],
    now,
    true,
  );
  expect(groups.map(({ title, chats }) => [title, chats.map(({ id }) => id)])).toEqual([
    ['Pinned', ['pinned']],
    ['Today', ['today']],
    ['Yesterday', ['yesterday']],
    ['Last 7 days', ['week']],
    ['Last 30 days', ['month']],
    ['August 2026', ['old']],
  ]);
});

test('no chats, no groups', () => {
  expect(groupChats([], now)).toEqual([]);
});
