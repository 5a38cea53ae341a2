import { UserError } from '#errors';
import { cut, type Output, takeOutput, usualOutput } from '#lib/router';
import { type ChangeView, isSettled } from '#lib/wire';
import type { Answer, Call, McpDeps } from './deps.ts';
import { fenced, visibleData } from './visible.ts';
import { longestWait, untilDecided } from './waiting.ts';

/** A change as data for a client. `approval_url` while a person has to decide. */
function changeData(deps: McpDeps, change: ChangeView): Record<string, unknown> {
  const open = change.status === 'proposed' || change.status === 'unknown';
  return visibleData({
    change_id: change.id,
    status: change.status,
    settled: isSettled[change.status],
    operation: change.operation,
    tier: change.tier,
    title: change.title,
    target: {
      kind: change.target.kind,
      id: change.target.id,
      title: change.target.title,
      space: change.target.space?.key ?? null,
      url: change.target.url,
    },
    approval_url: open ? deps.approvalUrl(change.id) : null,
    expires_at: open ? new Date(change.expiresAt).toISOString() : null,
    warnings: open ? change.warnings.map(({ code, message }) => ({ code, message })) : [],
    reason: change.reason,
    result: change.result,
    verified: change.verification?.ok ?? null,
    can_undo: change.undo.possible,
  });
}

const shownInFull = new Set<ChangeView['status']>(['proposed', 'unknown', 'conflicted']);

/**
 * How a change stands. While somebody has to look at it, with its diff, which may hold words of anybody and
 * is fenced; once it is settled nothing of what was written is given back.
 * @param output how much of the diff `get_change` was asked for; null: the change was only just proposed.
 */
export function changeAnswer(
  { deps }: Pick<Call, 'deps'>,
  change: ChangeView,
  output: Output | null = null,
): Answer {
  const status = deps.changeResultText(change);
  const details = shownInFull.has(change.status) ? deps.changeText(change) : status;
  const rest = details.startsWith(status) ? details.slice(status.length).trim() : details;
  const { text, note } = cut(rest, output ?? usualOutput);
  const { name: place = 'Confluence', said = null } = change.toolkit ?? {};
  const left =
    note === null || output !== null
      ? note
      : `(Cut here: ${rest.length - text.length} more characters. The approval page shows all; get_change with max_chars gives it here.)`;
  return {
    text: [
      status,
      ...(text === '' ? [] : [fenced(text, place)]),
      ...(left === null ? [] : [left]),
      ...(said === null ? [] : [fenced(said, place)]),
    ].join('\n\n'),
    short: status,
    data: changeData(deps, change),
    isError: change.status === 'failed' || change.status === 'conflicted',
    alwaysData: true,
  };
}

/**
 * What becomes of a proposed change under the key's write policy. `trust` applies a write at once in its
 * owner's name; destructive changes, what goes to a toolkit, and changes whose warnings a person must tick, stay
 * proposals.
 */
export async function underPolicy(call: Call, change: ChangeView): Promise<ChangeView> {
  const { user, key } = call.principal;
  const trusted =
    key.config.writes === 'trust' &&
    change.tier === 'write' &&
    change.status === 'proposed' &&
    // Of another server nobody here knows what a write does, and nothing takes it back.
    change.toolkit === undefined &&
    !change.warnings.some((warning) => warning.mustConfirm);
  if (!trusted) return change;
  // Revoked in the meantime, the key has no say any more: the proposal waits for its person.
  call.signal.throwIfAborted();
  return call.deps.decide({ id: user.id, name: user.name }, change.id, {
    decision: 'apply',
    hash: change.hash,
    confirmed: [],
  });
}

/** A change of the key's owner, waiting up to `wait_seconds` for its outcome. Other spaces' changes are not found. */
export async function getChange(call: Call, args: Record<string, unknown>): Promise<Answer> {
  const operation = call.deps.findOperation('get_change');
  const { output } = operation === null ? { output: usualOutput } : takeOutput(operation, args);
  const { change_id: id, wait_seconds: given } = args;
  if (typeof id !== 'string' || id === '') {
    throw new UserError('invalid_input', 'change_id is missing.', {
      next: 'Give the change_id of the proposed change.',
    });
  }
  const seconds = given === undefined || given === null ? 0 : Number(given);
  if (!Number.isFinite(seconds) || seconds < 0) {
    throw new UserError('invalid_input', 'wait_seconds must be a number of seconds, 0 to 50.');
  }
  return changeAnswer(call, await untilDecided(call, id, Math.min(seconds, longestWait)), output);
}
