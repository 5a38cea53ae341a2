import { env } from '#env';
import { diffText } from '#lib/content';
import type { ChangeStatus, ChangeView } from '#lib/wire';
import { alarmDiff, alarmText } from './alarm-text.ts';

const words: Record<ChangeStatus, (change: ChangeView) => string> = {
  proposed: (c) =>
    `Proposed, not written yet. A person must look at it and decide: ${approvalUrl(c.id)}\nDo not say that it is done, and do not propose it again.`,
  approved: () => 'Approved by the person; being applied now.',
  applying: () => 'Being applied now.',
  applied: (c) =>
    `${alarmText(c, approvalUrl(c.id)) ?? `Applied. ${c.verification?.summary ?? 'Not read back yet.'}`}${where(c)}`,
  verified: (c) => `Applied and verified by reading it back: ${c.verification?.summary ?? ''}${where(c)}`,
  undone: (c) => `Applied earlier and undone since by the person.${where(c)}`,
  rejected: (c) =>
    `The person declined this change${c.reason === null ? '' : `, saying: "${c.reason}"`}. Nothing was written. Take this as final: do not propose the same again.`,
  stopped: () => 'The person stopped the chat before deciding. Nothing was written.',
  expired: () => 'Nobody decided in time. Nothing was written.',
  conflicted: (c) =>
    `Not applied: ${c.conflict?.message ?? 'the target was changed by somebody else meanwhile.'} Nothing was written.${sides(c)}`,
  failed: (c) =>
    `Not applied: ${c.error?.message ?? 'Confluence refused it.'}${c.error?.next ? ` ${c.error.next}` : ''}${c.toolkit === undefined ? ' Nothing was written.' : ''}`,
  unknown: (c) =>
    `${c.error?.message ?? 'It is not known whether this was applied.'} The person is asked to look: ${approvalUrl(c.id)}`,
};

/** Both versions of what clashed, and of nothing else. */
function sides({ conflict }: ChangeView): string {
  if (conflict === null || conflict.yours === null || conflict.theirs === null) return '';
  const { yours, theirs } = conflict;
  // The first line counts blocks, which says nothing of a few disputed parts.
  const [now, here] = [theirs, yours].map((diff) => diffText(diff).split('\n').slice(1).join('\n'));
  return `\nTheir change, there now:\n${now}\nThe change proposed here:\n${here}`;
}

function where(change: ChangeView): string {
  if (change.toolkit !== undefined) return '';
  const title = change.result?.title ?? change.target.title;
  const url = change.result?.url ?? change.target.url;
  const version = change.result?.version;
  return `\nPage: ${url === null ? title : `[${title}](${url})`}${version ? `, version ${version}` : ''}`;
}

/** Where a person decides on a change. */
export function approvalUrl(changeId: string): string {
  return `${env().publicUrl}/changes/${changeId}`;
}

/** What a model is told about a change: how it stands, and what to make of it. */
export function changeResultText(change: ChangeView): string {
  return `${change.title} (${change.operation}, change_id ${change.id})\n${words[change.status](change)}`;
}

/** The change in full, for clients that show text: how it stands, fields before and after, the diff. */
export function changeText(change: ChangeView): string {
  const fields = change.diff.fields.map(
    ({ label, before, after }) => `${label}: ${before ?? '(none)'} -> ${after ?? '(none)'}`,
  );
  return [
    changeResultText(change),
    ...[alarmDiff(change)].filter((text) => text !== null),
    `Target: ${change.target.title}${change.target.space === null ? '' : ` in ${change.target.space.name} (${change.target.space.key})`}`,
    `Acting as ${change.actingAs.name} on ${change.actingAs.site}`,
    ...fields,
    ...(change.diff.body === null ? [] : [diffText(change.diff.body)]),
    ...change.warnings.map((warning) => `Warning: ${warning.message}`),
    change.undo.possible ? 'Can be undone.' : `Cannot be undone: ${change.undo.why}`,
  ].join('\n');
}
