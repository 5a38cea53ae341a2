import { UserError } from '#errors';
import { listChanges, type Origin, propose } from '#lib/approvals';
import { createContext, type Limits, type Operation, type ReadResult, type Tier } from '#lib/tools';
import type { ChangeView, Source } from '#lib/wire';
import { readArguments } from './arguments.ts';
import { nearestNames } from './discover.ts';
import { findOperation } from './find.ts';
import { refusal } from './permitted.ts';

export type Executed =
  | { kind: 'read'; operation: Operation; result: ReadResult }
  | { kind: 'proposed'; operation: Operation; change: ChangeView }
  | { kind: 'no_change'; operation: Operation; text: string; sources: Source[] };

export type ExecuteOptions = {
  user: { id: string; name: string };
  name: string;
  input: unknown;
  /** The tiers of the executor that was called; all tiers when absent. */
  tiers?: readonly Tier[];
  limits: Limits;
  origin: Origin;
  signal: AbortSignal;
  progress?: (text: string) => void;
};

function known(name: string): Operation {
  const operation = findOperation(name);
  if (operation !== null) return operation;
  const suggestions = nearestNames(name);
  throw new UserError('not_found', `There is no operation "${name}". Nearest: ${suggestions.join(', ')}.`, {
    next: 'Use one of these, or describe the task to discover_tools.',
    data: { suggestions },
  });
}

function check(operation: Operation, o: ExecuteOptions): void {
  if (o.tiers !== undefined && !o.tiers.includes(operation.tier)) {
    throw new UserError(
      'invalid_input',
      `${operation.name} is a ${operation.tier} operation, which this executor does not run.`,
      {
        next: `Call execute_${operation.tier} with it.`,
        data: { tier: operation.tier },
      },
    );
  }
  const why = refusal(operation, o.limits);
  if (why === null) return;
  throw new UserError('forbidden', `${operation.name} cannot be used: ${why}.`, {
    next: 'Ask whoever made this access to widen it.',
  });
}

/** Ids of pages this person had created or changed through us, newest first: the only way to their drafts. */
async function knownPages(userId: string): Promise<string[]> {
  const changes = await listChanges(userId, { limit: 200 });
  const ids = changes.map(
    (change) =>
      change.target.id ??
      /\/pages\/(?:edit-v2\/)?(\d+)|[?&](?:pageId|draftId)=(\d+)/
        .exec(change.result?.url ?? '')
        ?.slice(1)
        .find((id) => id !== undefined),
  );
  return [...new Set(ids.filter((id): id is string => typeof id === 'string' && /^\d+$/.test(id)))];
}

/**
 * Runs an operation by name or alias. Reads run; writes become a proposal a person decides on (or are told
 * to need no change). The input is checked here.
 * @throws UserError not_found with suggestions, invalid_input, forbidden, needs_connection, and what the
 * operation itself throws.
 */
export async function execute(o: ExecuteOptions): Promise<Executed> {
  const operation = known(o.name);
  check(operation, o);
  const input = readArguments(operation, o.input);
  const ctx = await createContext({
    user: o.user,
    operation,
    limits: o.limits,
    signal: o.signal,
    chatId: o.origin.chatId,
    knownPages: () => knownPages(o.user.id),
    ...(o.progress === undefined ? {} : { progress: o.progress }),
  });
  if (operation.tier === 'read') return { kind: 'read', operation, result: await operation.run(ctx, input) };
  if (operation.immediate !== undefined)
    return { kind: 'read', operation, result: await operation.immediate(ctx, input) };
  const proposed = await propose(ctx, operation, input, o.origin);
  if ('noChange' in proposed)
    return { kind: 'no_change', operation, text: proposed.text, sources: proposed.sources };
  return { kind: 'proposed', operation, change: proposed };
}
