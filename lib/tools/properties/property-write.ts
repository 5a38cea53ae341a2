import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { ConfabError, UserError } from '#errors';
import type { ChangeTarget, FieldDiff } from '#lib/wire';
import { text } from '../inputs.ts';
import type { Context, NoChange, Proposal, WriteOperation } from '../operation.ts';
import { oneLine } from '../render.ts';
import { defineStateWrite, type PlannedWrite, type Sent, type State, undoBy } from '../state-write.ts';
import { changeProperty, findProperty, makeProperty, removeProperty } from './calls.ts';
import { type Holder, type HolderKind, holderKinds, resolveHolder } from './holder.ts';

export type Mode = 'create' | 'update' | 'delete';

type Target = { id: string; title: string; propertyId: string | null; version: number | null };
type Request = { kind: HolderKind; key: string; value: unknown; targets: Target[] };

const key = z.string().trim().min(1).max(255);
const ids = z.array(text).min(1).max(100);
export const deletionInput = z.object({ ids, content_type: z.enum(holderKinds), key });
export const valueInput = deletionInput.extend({
  value: z.unknown().refine((value) => value !== undefined, 'Give the value, as JSON.'),
});
type Input = z.output<typeof deletionInput> & { value?: unknown };

/** Models write objects as text: what reads as a JSON object or list is one. */
function jsonOf(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch (error) {
    if (error instanceof SyntaxError) return value;
    throw error;
  }
}

/** A value as it stands on a card. */
export const shown = (value: unknown): string => JSON.stringify(value, null, 2) ?? 'null';

const stateKey = (kind: HolderKind, id: string) => `${kind.replace('_', ' ')} ${id}`;

/** Value and version at each target; the version belongs to what must not have moved on, not to what is compared. */
async function stateOf(ctx: Context, request: Pick<Request, 'kind' | 'key' | 'targets'>): Promise<State> {
  const state: Record<string, unknown> = {};
  for (const { id } of request.targets) {
    const found = await findProperty(ctx, request.kind, id, request.key);
    state[stateKey(request.kind, id)] = found === null ? null : { value: found.value };
    state[`version at ${stateKey(request.kind, id)}`] = found?.version ?? null;
  }
  return state;
}

/** The card's target: the first thing, and the spaces of all of them. */
function targetOf(holders: readonly Holder[]): ChangeTarget {
  const [first] = holders as [Holder];
  const own = first.target.space;
  // Outside every limited key's reach as soon as one of them is.
  const space = holders.every((one) => one.target.space !== null) ? own : null;
  const others = new Set(holders.map((one) => one.target.space?.id).filter((id) => id !== undefined));
  if (own !== null) others.delete(own.id);
  const title = holders.length === 1 ? first.title : `${first.title} and ${holders.length - 1} more`;
  return {
    ...first.target,
    title,
    space,
    ...(others.size === 0 ? {} : { otherSpaces: [...others] }),
  };
}

const verbs: Record<Mode, string> = { create: 'Add', update: 'Change', delete: 'Delete' };

async function plan(ctx: Context, mode: Mode, o: Input): Promise<PlannedWrite<Request> | NoChange> {
  const value = jsonOf(o.value);
  const named: Holder[] = [];
  for (const id of new Set(o.ids)) named.push(await resolveHolder(ctx, id, o.content_type));
  const holders = [...new Map(named.map((one) => [one.id, one])).values()];
  const touched: { holder: Holder; target: Target; before: unknown; had: boolean }[] = [];
  for (const holder of holders) {
    const found = await findProperty(ctx, holder.kind, holder.id, o.key);
    if (mode === 'update' && found === null) {
      throw new UserError('not_found', `"${holder.title}" has no property "${o.key}".`, {
        next: 'list_content_properties shows its keys; create_content_property makes a new one.',
      });
    }
    const same = found !== null && isDeepStrictEqual(found.value, value);
    if (mode === 'create' && found !== null && !same) {
      throw new UserError('conflict', `"${holder.title}" has a property "${o.key}" already.`, {
        next: 'update_content_property changes its value.',
      });
    }
    if (mode === 'delete' ? found === null : same) continue;
    touched.push({
      holder,
      target: {
        id: holder.id,
        title: holder.title,
        propertyId: found?.id ?? null,
        version: found?.version ?? null,
      },
      before: found?.value,
      had: found !== null,
    });
  }
  if (touched.length === 0) {
    const words = mode === 'delete' ? 'has no such property' : 'has this value already';
    return {
      noChange: true,
      text: `The property "${oneLine(o.key)}": ${holders.map((one) => `"${oneLine(one.title)}"`).join(', ')} ${words}. No change was proposed.`,
      sources: holders.map((one) => one.source),
    };
  }
  const request: Request = {
    kind: o.content_type,
    key: o.key,
    value: value ?? null,
    targets: touched.map((one) => one.target),
  };
  const fields = touched.map(
    ({ holder, before, had }): FieldDiff => ({
      label: `${o.key} of "${holder.title}"`,
      before: had ? shown(before) : null,
      after: mode === 'delete' ? null : shown(value),
    }),
  );
  const differ = mode !== 'create' && new Set(touched.map((one) => shown(one.before))).size > 1;
  const what = touched.length === 1 ? `"${touched[0]?.holder.title}"` : `${touched.length} items`;
  return {
    title: `${verbs[mode]} the property "${oneLine(o.key)}" of ${what}`,
    target: targetOf(touched.map((one) => one.holder)),
    input: {
      ids: touched.map((one) => one.holder.id),
      content_type: o.content_type,
      key: o.key,
      ...(mode === 'delete' ? {} : { value }),
    },
    request,
    before: await stateOf(ctx, request),
    after: Object.fromEntries(
      request.targets.map(({ id }) => [stateKey(request.kind, id), mode === 'delete' ? null : { value }]),
    ),
    diff: { fields, body: null },
    undo: differ
      ? {
          possible: false,
          why: 'The items have different values now, and one change writes one value. Change them one by one to keep an undo.',
        }
      : { possible: true },
    baseVersion: touched.length === 1 ? (touched[0]?.target.version ?? null) : null,
  };
}

async function sendOne(ctx: Context, mode: Mode, request: Request, target: Target): Promise<void> {
  const { kind, key: name, value } = request;
  const { id, propertyId, version } = target;
  if (mode === 'create') return makeProperty(ctx, kind, id, { key: name, value });
  if (propertyId === null || version === null)
    throw new UserError('conflict', `"${target.title}" has no property "${name}" any more.`, {
      next: 'list_content_properties shows those there are; ask for the change again.',
    });
  if (mode === 'delete') return removeProperty(ctx, kind, id, propertyId);
  return changeProperty(ctx, kind, id, { propertyId, key: name, value, version });
}

/** One request per item. When a later one fails the earlier ones stand: they are named, and reading back shows the rest. */
async function send(ctx: Context, mode: Mode, request: Request): Promise<Sent> {
  const done: string[] = [];
  for (const target of request.targets) {
    try {
      ctx.signal.throwIfAborted();
      await sendOne(ctx, mode, request, target);
    } catch (error) {
      if (done.length === 0 || !(error instanceof ConfabError)) throw error;
      return { receipt: { done, error: error.message } };
    }
    done.push(target.id);
  }
  return { receipt: { done } };
}

const inverseOf: Record<Mode, Mode> = { create: 'delete', update: 'update', delete: 'create' };

/** Creating, changing and deleting are one write in three modes. `others` gives the operations that take them back. */
export function propertyWrite(
  mode: Mode,
  name: string,
  input: z.ZodObject,
  others: () => Record<Mode, WriteOperation>,
): WriteOperation {
  return defineStateWrite<z.ZodObject, Request>({
    name,
    input,
    plan: (ctx, o) => plan(ctx, mode, o as Input),
    read: stateOf,
    send: (ctx, request) => send(ctx, mode, request),
    async inverse(ctx, { proposal, request, before, outcome }) {
      const undo = proposal.undo;
      if (!undo.possible) return { impossible: undo.why };
      const made = outcome.receipt.done;
      const done = Array.isArray(made) ? made.map(String) : request.targets.map(({ id }) => id);
      const [first = ''] = done;
      const old = before?.[stateKey(request.kind, first)] as { value: unknown } | null | undefined;
      return undoBy(
        ctx,
        others()[inverseOf[mode]],
        {
          ids: done,
          content_type: request.kind,
          key: request.key,
          ...(mode === 'create' ? {} : { value: old?.value ?? null }),
        },
        proposal as Proposal,
      );
    },
    done: {
      create: 'The property was read back and is as approved.',
      update: 'The property was read back and is as approved.',
      delete: 'The property is gone.',
    }[mode],
  });
}
