import type { ChatSummary } from '#lib/wire';

export type ChatGroup = { title: string; chats: ChatSummary[] };

const day = 24 * 60 * 60 * 1000;

function startOfDay(at: number, utc: boolean): number {
  const date = new Date(at);
  return utc
    ? Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate())
    : new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

function titleOf(at: number, now: number, utc: boolean): string {
  const today = startOfDay(now, utc);
  if (at >= today) return 'Today';
  // Half a day of slack: days are 23 or 25 hours long where clocks change.
  if (at >= startOfDay(today - day / 2, utc)) return 'Yesterday';
  if (at >= today - 7 * day) return 'Last 7 days';
  if (at >= today - 30 * day) return 'Last 30 days';
  return new Intl.DateTimeFormat('en', {
    month: 'long',
    year: 'numeric',
    timeZone: utc ? 'UTC' : undefined,
  }).format(at);
}

/** Chats under headings by date, pinned ones first; the order within a group is kept. */
export function groupChats(chats: readonly ChatSummary[], now: number, utc = false): ChatGroup[] {
  const groups = new Map<string, ChatSummary[]>();
  const put = (title: string, chat: ChatSummary) => groups.set(title, [...(groups.get(title) ?? []), chat]);
  for (const chat of chats) if (chat.pinned) put('Pinned', chat);
  for (const chat of chats) if (!chat.pinned) put(titleOf(chat.updatedAt, now, utc), chat);
  return [...groups].map(([title, list]) => ({ title, chats: list }));
}
