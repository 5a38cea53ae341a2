import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import { verifyStorage } from '#lib/content';
import type { BodyDiff, ChangeDiff, ChangeTarget, ChangeWarning, Undo } from '#lib/wire';
import { defineWrite } from './define.ts';
import type { Context, NoChange, Outcome, Proposal, WriteOperation } from './operation.ts';
import { orProblem } from './readable-body.ts';
import { proposalShape } from './written.ts';

/** What a small thing of Confluence (a comment, a property, a watch) is like: plain JSON. Null: there is none. */
export type State = Record<string, unknown> | null;

/** A change of such a thing, worked out. `request` is exactly what `send` needs. */
export type PlannedWrite<Request> = {
  title: string;
  target: ChangeTarget;
  /** The input again with ids in place of names: the same plan can be made from it later. */
  input: Record<string, unknown>;
  request: Request;
  /** As it is now, and as it will be. Of `after` only the named keys are compared with what is read back. */
  before: State;
  after: State;
  diff: ChangeDiff;
  warnings?: ChangeWarning[];
  editable?: Proposal['editable'];
  undo: Undo;
  baseVersion?: number | null;
};

/** What sending gave. `receipt`: ids made and whatever the inverse needs. */
export type Sent = Partial<Omit<Outcome, 'receipt'>> & { receipt?: Record<string, unknown> };

type Stored<Request> = { send: Request; before: State; after: State };

export type StateWrite<Input extends z.ZodObject, Request> = {
  name: string;
  input: Input;
  /** Reads what is there and works the change out. */
  plan(ctx: Context, input: z.output<Input>): Promise<PlannedWrite<Request> | NoChange>;
  /**
   * The thing as it is now, or null. `made`: the id that apply gave. For a thing still to be made, `made` is
   * null: answer null, unless it can be recognised as made by this very request.
   */
  read(ctx: Context, request: Request, made: string | null): Promise<State>;
  /** The one request that writes. */
  send(ctx: Context, request: Request): Promise<Sent>;
  /**
   * After a crash: what `send` would have given, found by reading, when the thing is as planned; null when it surely
   * did not happen; `unclear`, in words, when reading cannot tell. Needed where something is made, for its id.
   */
  found?(ctx: Context, request: Request): Promise<Sent | { unclear: string } | null>;
  /** Takes it back: usually `undoBy`. Called only when what was done still stands. */
  inverse(
    ctx: Context,
    o: { proposal: Proposal; request: Request; before: State; after: State; outcome: Outcome },
  ): Promise<Proposal | { impossible: string }>;
  /** The plan again with the person's own words. */
  edit?(ctx: Context, proposal: Proposal, text: string): Promise<PlannedWrite<Request>>;
  /** For people, after it was read back. */
  done: string;
};

const undoTitle = 'Undo: ';

function storedOf<Request>(proposal: Proposal): Stored<Request> {
  return proposal.request as Stored<Request>;
}

/** True when every named part of `wanted` is so in `now`. */
export function matches(wanted: State, now: State): boolean {
  if (wanted === null || now === null) return wanted === now;
  return Object.entries(wanted).every(([key, value]) => isDeepStrictEqual(value, now[key]));
}

/** What differs, in words; of a body by block, with what was approved and what is there. */
function differing(wanted: State, now: State): { details: string[]; diff?: BodyDiff } {
  if (wanted === null) return { details: ['It is still there.'] };
  if (now === null) return { details: ['It is not there.'] };
  const details: string[] = [];
  let diff: BodyDiff | null = null;
  for (const key of Object.keys(wanted)) {
    const [approved, there] = [wanted[key], now[key]];
    if (isDeepStrictEqual(approved, there)) continue;
    const body = key.toLowerCase() === 'body' ? bodyDifference(approved, there) : null;
    details.push(...(body?.details ?? [`${key} is not as approved.`]));
    diff ??= body?.diff ?? null;
  }
  return { details, ...(diff === null ? {} : { diff }) };
}

/** Null where they are no storage format that could be compared by block. */
function bodyDifference(
  approved: unknown,
  there: unknown,
): { details: string[]; diff: BodyDiff | null } | null {
  if (typeof approved !== 'string' || typeof there !== 'string' || !approved.trimStart().startsWith('<'))
    return null;
  const { value } = orProblem(() => verifyStorage(approved, approved, there));
  return value === null || value.ok ? null : { details: value.details, diff: value.diff };
}

function proposalOf<Request>(operation: string, planned: PlannedWrite<Request>): Proposal {
  const { request, before, after, warnings, editable, baseVersion, ...rest } = planned;
  return {
    operation,
    ...rest,
    baseVersion: baseVersion ?? null,
    request: { send: request, before, after } as Stored<Request> as Record<string, unknown>,
    warnings: warnings ?? [],
    editable: editable ?? null,
  };
}

function outcomeOf(proposal: Proposal, sent: Sent): Outcome {
  return {
    targetId: sent.targetId ?? proposal.target.id,
    title: sent.title ?? proposal.target.title,
    // Null is said by what takes its target away: there is nothing left to open.
    url: sent.url === undefined ? proposal.target.url : sent.url,
    version: sent.version ?? null,
    receipt: sent.receipt ?? {},
  };
}

/**
 * The inverse of an applied change as a proposal of another operation; impossible when nothing is left to do.
 */
export async function undoBy(
  ctx: Context,
  operation: WriteOperation,
  input: Record<string, unknown>,
  proposal: Proposal,
): Promise<Proposal | { impossible: string }> {
  const planned = await operation.preview(ctx, operation.input.parse(input));
  if ('noChange' in planned) return { impossible: 'It is as it was before already.' };
  return { ...planned, title: `${undoTitle}${proposal.title}`.slice(0, 240) };
}

/**
 * A write to something whose state can be read as plain JSON before and after. Rebase, verify, settle and the
 * check before undo all come down to reading that state and comparing it.
 */
export function defineStateWrite<Input extends z.ZodObject, Request>(
  definition: StateWrite<Input, Request>,
): WriteOperation {
  const { name, plan, read, send } = definition;

  async function rebase(ctx: Context, proposal: Proposal): ReturnType<WriteOperation['rebase']> {
    const { send: request, before, after } = storedOf<Request>(proposal);
    const now = await read(ctx, request, null);
    if (isDeepStrictEqual(now, before)) return { kind: 'current' };
    const nothing = {
      kind: 'conflict' as const,
      message: 'Someone else has changed this in the same way meanwhile; nothing is left to do.',
      yours: null,
      theirs: null,
    };
    if (matches(after, now)) return nothing;
    const fresh = await plan(ctx, definition.input.parse(proposal.input));
    if ('noChange' in fresh) return nothing;
    const title = proposal.title.startsWith(undoTitle) ? proposal.title : fresh.title;
    return { kind: 'rebased', proposal: { ...proposalOf(name, fresh), title } };
  }

  const { edit, found } = definition;
  return defineWrite({
    name,
    input: definition.input,
    output: proposalShape,
    async preview(ctx, input) {
      const planned = await plan(ctx, input);
      return 'noChange' in planned ? planned : proposalOf(name, planned);
    },
    rebase,
    ...(edit === undefined
      ? {}
      : {
          async edit(ctx: Context, proposal: Proposal, text: string) {
            return proposalOf(name, await edit(ctx, proposal, text));
          },
        }),
    async apply(ctx, proposal) {
      return outcomeOf(proposal, await send(ctx, storedOf<Request>(proposal).send));
    },
    async verify(ctx, proposal, outcome) {
      const { send: request, after } = storedOf<Request>(proposal);
      const now = await read(ctx, request, outcome.targetId);
      const ok = matches(after, now);
      return {
        ok,
        summary: ok ? definition.done : 'Reading it back shows something else than was approved.',
        version: outcome.version,
        ...(ok ? { details: [] } : differing(after, now)),
      };
    },
    async settle(ctx, proposal) {
      const { send: request, before, after } = storedOf<Request>(proposal);
      if (found !== undefined) {
        const sent = await found(ctx, request);
        if (sent === null) return { kind: 'not_applied' };
        if ('unclear' in sent) return { kind: 'unknown', found: sent.unclear };
        return { kind: 'applied', outcome: outcomeOf(proposal, sent) };
      }
      const now = await read(ctx, request, null);
      if (matches(after, now)) return { kind: 'applied', outcome: outcomeOf(proposal, {}) };
      if (isDeepStrictEqual(now, before)) return { kind: 'not_applied' };
      return { kind: 'unknown', found: 'It is neither as it was before nor as it was approved.' };
    },
    async inverse(ctx, proposal, outcome) {
      const { send: request, before, after } = storedOf<Request>(proposal);
      const now = await read(ctx, request, outcome.targetId);
      if (now === null && after !== null) return { impossible: 'It is not there any more.' };
      const inverse = await definition.inverse(ctx, { proposal, request, before, after, outcome });
      if ('impossible' in inverse || matches(after, now)) return inverse;
      // Someone has changed it since: taking it back would take that along, so it is shown for approval again.
      return { ...inverse, request: { ...inverse.request, before: { changedSince: true } } };
    },
  });
}
