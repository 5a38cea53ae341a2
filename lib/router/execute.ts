import { UserError } from '#errors';
import { listChanges, type Origin, propose } from '#lib/approvals';
import {
  type Context,
  certainScopes,
  createContext,
  explainMissingScope,
  isBulk,
  type Limits,
  missingScopeError,
  type Operation,
  type ReadResult,
  type Tier,
} from '#lib/tools';
import type { ChangeView, Source } from '#lib/wire';
import { asObject, readArguments } from './arguments.ts';
import { nearestNames } from './discover.ts';
import { findOperation } from './find.ts';
import { shaped, takeOutput, withSteps } from './output.ts';
import { refusal } from './permitted.ts';

export type Executed =
  /** `note`: what the text leaves out and how to get it; said outside of any quoting. */
  | { kind: 'read'; operation: Operation; result: ReadResult; note: string | null }
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
  /** Atlassian asked to wait. Without it, the wait is told through `progress`. */
  onWait?: (wait: { seconds: number; reason: string }) => void;
  /** The host gives a model nothing but text: data that is asked for goes into it. */
  inText?: boolean;
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
 * Before anything is asked or proposed: does the connection carry what the call surely needs? Otherwise a
 * person would approve a change that cannot be made. Cases the input does not tell are left to Confluence.
 */
function checkScopes(ctx: Context, operation: Operation, input: unknown): void {
  // Other ways to connect carry no list of scopes.
  if (
    operation.toolkit !== undefined ||
    operation.connection === 'unneeded' ||
    ctx.connection.mode !== 'oauth'
  )
    return;
  const needed = certainScopes(operation.name, asObject(input));
  const missing = needed.filter((scope) => !ctx.connection.scopes.includes(scope));
  if (missing.length > 0) throw missingScopeError(missing, operation.name);
}

type Outcome =
  | { kind: 'read'; result: ReadResult }
  | { kind: 'proposed'; change: ChangeView }
  | { kind: 'no_change'; text: string; sources: Source[] };

async function run(ctx: Context, operation: Operation, input: unknown, origin: Origin): Promise<Outcome> {
  if (operation.tier === 'read') return { kind: 'read', result: await operation.run(ctx, input) };
  // A plan is shown as its list; its items are proposed one by one.
  if (isBulk(operation)) return { kind: 'read', result: withSteps(await operation.plan(ctx, input)) };
  if (operation.immediate !== undefined)
    return { kind: 'read', result: await operation.immediate(ctx, input) };
  const proposed = await propose(ctx, operation, input, origin);
  return 'noChange' in proposed
    ? { kind: 'no_change', text: proposed.text, sources: proposed.sources }
    : { kind: 'proposed', change: proposed };
}

/**
 * Runs an operation by name or alias. Reads run; writes become a proposal a person decides on (or are told
 * to need no change). The input is checked here, and the answer has the size and form that was asked for.
 * @throws UserError not_found with suggestions, invalid_input, forbidden, needs_connection, missing_scope
 * (`data.access`: what is missing and where to allow it), and what the operation itself throws.
 */
export async function execute(o: ExecuteOptions): Promise<Executed> {
  const operation = known(o.name);
  check(operation, o);
  const { output, input: given } = takeOutput(operation, asObject(o.input));
  const input = readArguments(operation, given);
  const ctx = await createContext({
    user: o.user,
    operation,
    limits: o.limits,
    signal: o.signal,
    chatId: o.origin.chatId,
    knownPages: () => knownPages(o.user.id),
    ...(o.progress === undefined ? {} : { progress: o.progress }),
    ...(o.onWait === undefined ? {} : { progressWait: o.onWait }),
  });
  checkScopes(ctx, operation, input);
  try {
    const outcome = await run(ctx, operation, input, o.origin);
    if (outcome.kind !== 'read') return { ...outcome, operation };
    const ownCursor = typeof given.cursor === 'string' ? given.cursor : null;
    const { result, note } = shaped(outcome.result, output, { inText: o.inText === true, ownCursor });
    return { kind: 'read', operation, result, note };
  } catch (error) {
    throw explainMissingScope(error, operation.name);
  }
}
