import { z } from 'zod';
import { ConfabError, UserError } from '#errors';
import { getCustomContentById, updateCustomContent as putCustomContent } from '#lib/confluence';
import { adfNodes, adfSaysSomething, mergeStorage, warningsOf } from '#lib/content';
import { contentNumber } from '../ids.ts';
import { idleInput, text } from '../inputs.ts';
import type { Context, NoChange, Outcome, Proposal, WriteOperation } from '../operation.ts';
import { checkTitle, clashError, placesOf, versionMessage } from '../page-write/index.ts';
import { oneLine, sourceOf } from '../render.ts';
import { spaceById } from '../resolve/space.ts';
import { defineStateWrite, type PlannedWrite, type State, undoBy } from '../state-write.ts';
import { bodyDiff, comparable, customBody } from './custom-body.ts';
import { type CustomFormat, type CustomItem, customOf, findCustom } from './item.ts';

const input = z.object({
  id: text,
  base_version: z.int().min(1),
  title: text.optional(),
  body: z.string().optional(),
  body_format: z.enum(['storage', 'adf', 'raw']).optional(),
});
type Input = z.output<typeof input>;

type Request = {
  put: {
    id: string;
    type: string;
    status: 'current';
    title: string;
    body: { representation: CustomFormat; value: string };
    version: { number: number; message: string };
  };
};

async function readItem(ctx: Context, id: string, format: CustomFormat): Promise<CustomItem> {
  const found = await findCustom(ctx, id, format);
  if (found !== null && found.status === 'current') return found;
  throw new UserError('not_found', `No custom content "${id}" is visible to you.`, {
    next: 'list_custom_content shows items of a type with their ids.',
  });
}

/** The item with its own body when none is given: apps keep it as storage or as text of their own. */
async function current(ctx: Context, o: Input): Promise<{ item: CustomItem; format: CustomFormat }> {
  if (o.body !== undefined) {
    const format = customBody(o.body, o.body_format ?? 'storage').representation;
    return { item: await readItem(ctx, o.id, format), format };
  }
  const item = await readItem(ctx, o.id, 'storage');
  if (item.body !== '') return { item, format: 'storage' };
  const raw = await readItem(ctx, o.id, 'raw');
  if (raw.body !== '') return { item: raw, format: 'raw' };
  // An empty body sent back would wipe an item that only ADF holds.
  const adf = await readItem(ctx, o.id, 'atlas_doc_format');
  return adfSaysSomething(adfNodes(adf.body ?? '') ?? [])
    ? { item: adf, format: 'atlas_doc_format' }
    : { item, format: 'storage' };
}

function movedOn(item: CustomItem, base: number): UserError {
  return new UserError(
    'conflict',
    `"${item.title}" is at version ${item.version} now; this was meant for version ${base}.`,
    { next: 'Read it again and repeat the change on the newest version.', data: { version: item.version } },
  );
}

async function storageAt(ctx: Context, id: string, version: number): Promise<string> {
  const raw = await getCustomContentById(ctx.confluence, {
    id: contentNumber(id),
    bodyFormat: 'storage',
    version,
  });
  return customOf(ctx, raw, 'storage').body ?? '';
}

/** The new body on top of what others wrote since the base version. @throws UserError conflict where they clash. */
async function onNewest(ctx: Context, item: CustomItem, o: Input, ours: string): Promise<string> {
  if (o.base_version > item.version || (o.body_format ?? 'storage') !== 'storage')
    throw movedOn(item, o.base_version);
  const base = await storageAt(ctx, item.id, o.base_version);
  const merged = mergeStorage(base, ours, item.body ?? '');
  if (!merged.ok) throw clashError(item, o.base_version, merged.conflicts);
  return merged.storage;
}

async function plan(ctx: Context, o: Input): Promise<PlannedWrite<Request> | NoChange> {
  if (o.body_format !== undefined && o.body === undefined)
    throw idleInput('body_format', 'It is the format of a new body, and none was given.');
  const { item, format } = await current(ctx, o);
  const old = item.body ?? '';
  const given = o.body === undefined ? old : customBody(o.body, o.body_format ?? 'storage').value;
  const value =
    o.base_version === item.version || o.body === undefined ? given : await onNewest(ctx, item, o, given);
  const title = o.title === undefined ? item.title : checkTitle(o.title);
  if (title === item.title && value === old) {
    return {
      noChange: true,
      text: `"${oneLine(item.title)}" is so already (version ${item.version}). No change was proposed.`,
      sources: [sourceOf({ id: item.id, type: 'custom_content', title: item.title, url: item.url })],
    };
  }
  const space = await spaceById(ctx, item.spaceId);
  const cardTitle = `Change "${oneLine(item.title)}" (${item.type})`;
  const drawn = bodyDiff(format, old, value);
  const request: Request = {
    put: {
      id: item.id,
      type: item.type,
      status: 'current',
      title,
      body: { representation: format, value },
      version: { number: item.version + 1, message: versionMessage(cardTitle) },
    },
  };
  return {
    title: cardTitle,
    target: {
      kind: 'custom_content',
      id: item.id,
      title: item.title,
      space: space === null ? null : { id: space.id, key: space.key, name: space.name },
      url: item.url,
    },
    input: { ...o, id: item.id },
    request,
    before: await read(ctx, request),
    after: { Title: title, Body: value },
    diff: {
      fields: [
        ...(title === item.title ? [] : [{ label: 'Title', before: item.title, after: title }]),
        ...drawn.fields,
      ],
      body: drawn.body,
    },
    warnings: format === 'storage' && value !== old ? warningsOf(old, value) : [],
    undo:
      format === 'atlas_doc_format'
        ? { possible: false, why: 'What stood there before cannot be kept exactly as ADF.' }
        : { possible: true },
    baseVersion: item.version,
  };
}

async function read(ctx: Context, { put }: Request): Promise<State> {
  const { representation, value } = put.body;
  const item = await findCustom(ctx, put.id, representation);
  if (item === null || item.status !== 'current') return null;
  return {
    Title: item.title,
    Body: comparable(representation, value, item.body ?? ''),
    version: item.version,
  };
}

const formats: Record<CustomFormat, 'storage' | 'raw' | 'adf'> = {
  storage: 'storage',
  raw: 'raw',
  atlas_doc_format: 'adf',
};

const write: WriteOperation = defineStateWrite<typeof input, Request>({
  name: 'update_custom_content',
  input,
  plan,
  read,
  async send(ctx, { put }) {
    const saved = customOf(
      ctx,
      await putCustomContent(ctx.confluence, { id: contentNumber(put.id), body: put }),
    );
    return { title: saved.title, url: saved.url, version: saved.version };
  },
  async inverse(ctx, { proposal, request, before }) {
    if (!proposal.undo.possible) return { impossible: proposal.undo.why };
    const { put } = request;
    const was = before as { Title: string; Body: string };
    const now = await findCustom(ctx, put.id);
    if (now === null) return { impossible: 'It is not there any more.' };
    return undoBy(
      ctx,
      write,
      {
        id: put.id,
        base_version: now.version,
        title: was.Title,
        body: was.Body,
        body_format: formats[put.body.representation],
      },
      proposal,
    );
  },
  done: 'The item was read back and is as approved.',
});

/** Takes out what the write put in and keeps what others wrote since. */
async function inverse(
  ctx: Context,
  proposal: Proposal,
  outcome: Outcome,
): ReturnType<WriteOperation['inverse']> {
  const { send, before } = proposal.request as { send: Request; before: { Title: string; Body?: string } };
  const { put } = send;
  if (put.body.representation !== 'storage' || outcome.version === null || before.Body === undefined)
    return write.inverse(ctx, proposal, outcome);
  const now = await findCustom(ctx, put.id, 'storage');
  if (now === null || now.status !== 'current') return { impossible: 'It is not there any more.' };
  const merged = mergeStorage(await storageAt(ctx, put.id, outcome.version), before.Body, now.body ?? '');
  if (!merged.ok)
    return {
      impossible: `Others have changed the same place since: ${placesOf(merged.conflicts)}. Edit it by hand.`,
    };
  const title = now.title === put.title ? before.Title : now.title;
  const input = {
    id: put.id,
    base_version: now.version,
    title,
    body: merged.storage,
    body_format: 'storage',
  };
  return undoBy(ctx, write, input, proposal);
}

/** As a write of state; what clashes with a later version is a conflict of the card, not a failure. */
export const updateCustomContent: WriteOperation = {
  ...write,
  inverse,
  async rebase(ctx, proposal) {
    try {
      return await write.rebase(ctx, proposal);
    } catch (error) {
      if (!(error instanceof ConfabError) || error.code !== 'conflict') throw error;
      return { kind: 'conflict', message: error.message, yours: proposal.diff.body, theirs: null };
    }
  },
};
