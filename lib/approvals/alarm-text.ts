import { diffText } from '#lib/content';
import { type Alarm, alarmOf, type ChangeView } from '#lib/wire';

const words: Record<Alarm, (change: ChangeView, url: string) => string[]> = {
  differs: (c, url) => [
    `ALARM: this was written, but what Confluence has now is NOT what was approved: ${c.verification?.summary ?? ''}`,
    ...(c.verification?.details ?? []).map((line) => `- ${line}`),
    c.restore === null
      ? `Tell the person, and send them to ${url}`
      : `Version ${c.restore.version} can be brought back byte for byte: the person presses "Restore version ${c.restore.version}" at ${url} (or propose undo_change with change_ids ["${c.id}"]).`,
    'Do not say that it went well.',
  ],
  unread: (c, url) => [
    `Written, but NOT verified: ${c.verification?.summary ?? ''}`,
    `Nobody has seen yet what Confluence has now. The person can press "Check again" at ${url}`,
    'Do not say that it was verified.',
  ],
};

/** What to say of a change that was written but not found as approved; null when there is no such thing to say. */
export function alarmText(change: ChangeView, url: string): string | null {
  const alarm = alarmOf(change);
  return alarm === null ? null : words[alarm](change, url).join('\n');
}

/** From what was approved to what is there, as text; null where nothing differs. */
export function alarmDiff(change: ChangeView): string | null {
  const diff = alarmOf(change) === 'differs' ? change.verification?.diff : null;
  return diff ? `What was approved (-) and what is there (+):\n${diffText(diff)}` : null;
}
