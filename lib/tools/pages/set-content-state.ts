import { z } from 'zod';
import { ConfabError, UserError } from '#errors';
import { removeContentState, setContentState } from '#lib/confluence';
import { defineWrite } from '../define.ts';
import { type Document, type DocumentKind, findDocument, itemOf } from '../documents.ts';
import { idleInput, text } from '../inputs.ts';
import type { Context, NoChange, Outcome, Proposal } from '../operation.ts';
import { documentTarget } from '../page-write/index.ts';
import { counted, oneLine, sourceOf } from '../render.ts';
import { resolveDocument } from '../resolve/page.ts';
import { proposalShape } from '../written.ts';
import { type ContentState, readAvailable, readState, sameState } from './content-state.ts';

const input = z.object({
  ids: z.array(text).min(1).max(50),
  state: text.optional(),
  color: text.optional(),
});
type Input = z.output<typeof input>;

/** A state as it is sent: one that exists by id, a new one by name and colour. */
type Wanted = { id: number | null; name: string; color: string } | null;
type Item = {
  id: string;
  kind: DocumentKind;
  title: string;
  version: number;
  status: 'current' | 'draft';
  before: ContentState | null;
  wanted: Wanted;
};
type StateRequest = { items: Item[] };

const requestOf = (proposal: Proposal): StateRequest => proposal.request as StateRequest;
const undoTitle = 'Undo: ';

/** The five colours Confluence offers, by name (spec: ContentStateRestInput). */
const colors: Record<string, string> = {
  red: '#ff7452',
  blue: '#2684ff',
  yellow: '#ffc400',
  green: '#57d9a3',
  purple: '#8777d9',
};

function colorOf(given: string): string {
  const color = colors[given.toLowerCase()] ?? (given.startsWith('#') ? given : `#${given}`).toLowerCase();
  if (/^#[0-9a-f]{6}$/.test(color)) return color;
  throw new UserError('invalid_input', `color: "${oneLine(given)}" is no colour.`, {
    next: `Use ${Object.keys(colors).join(', ')}, or six hex digits such as #ff7452.`,
  });
}

/** The state a person means on this page: one that can be set there, or a new one when a colour is given. */
async function wantedFor(ctx: Context, page: Document, o: Input): Promise<Wanted> {
  if (o.state === undefined) return null;
  const available = await readAvailable(ctx, page.id);
  const known = [...available.space, ...available.custom];
  const name = oneLine(o.state);
  const color = o.color === undefined ? null : colorOf(o.color);
  const byId = /^\d+$/.test(name) ? known.find((state) => state.id === Number(name)) : undefined;
  const byName = known.find(
    (state) =>
      state.name.toLowerCase() === name.toLowerCase() &&
      (color === null || state.color.toLowerCase() === color),
  );
  const found = byId ?? byName;
  if (found !== undefined) return found;
  if (color !== null && name.length <= 20) return { id: null, name, color };
  const offered = known.map((state) => `"${oneLine(state.name)}"`).join(', ') || 'none';
  throw new UserError(
    'invalid_input',
    name.length > 20
      ? 'state: A status has at most 20 characters.'
      : `"${page.title}" offers no status "${name}". It offers: ${offered}.`,
    {
      next: 'Take one of these, or give a color (red, blue, yellow, green, purple) to make a new one of your own.',
    },
  );
}

const shown = (state: { name: string; color: string } | null): string =>
  state === null ? 'none' : `${state.name} (${state.color})`;

async function proposalFor(
  ctx: Context,
  found: readonly { page: Document; before: ContentState | null; wanted: Wanted }[],
  title: string,
): Promise<Proposal> {
  const items = found.map(
    ({ page, before, wanted }): Item => ({
      id: page.id,
      kind: page.kind,
      title: page.title,
      version: page.version,
      status: page.status === 'draft' ? 'draft' : 'current',
      before,
      wanted,
    }),
  );
  const first = found[0] as (typeof found)[number];
  const { wanted } = first;
  return {
    operation: 'set_content_state',
    input: {
      ids: items.map((item) => item.id),
      ...(wanted === null ? {} : { state: wanted.name, color: wanted.color }),
    },
    title: title.slice(0, 240),
    target: await documentTarget(
      ctx,
      first.page,
      found.map(({ page }) => page.spaceId),
    ),
    baseVersion: found.length === 1 ? first.page.version : null,
    request: { items } satisfies StateRequest,
    diff: {
      fields: items.map((item) => ({
        label: `Status of "${item.title}"`,
        before: shown(item.before),
        after: shown(item.wanted),
      })),
      body: null,
    },
    warnings: items.some((item) => item.status === 'current')
      ? [
          {
            code: 'new_version',
            message: 'Confluence keeps the text and counts a new version, also when this is undone.',
            mustConfirm: false,
          },
        ]
      : [],
    editable: null,
    undo: { possible: true },
  };
}

async function preview(ctx: Context, o: Input): Promise<Proposal | NoChange> {
  if (o.color !== undefined && o.state === undefined)
    throw idleInput('color', 'A colour needs a state; without one the status is taken off.');
  const resolved = await Promise.all(o.ids.map((id) => resolveDocument(ctx, id, ['page', 'blog_post'])));
  const pages = [...new Map(resolved.map((page) => [page.id, page])).values()];
  const unfit = pages.find((page) => page.status !== 'current' && page.status !== 'draft');
  if (unfit !== undefined)
    throw new UserError(
      'not_possible',
      `"${unfit.title}" is ${unfit.status}: its status cannot be changed.`,
      {
        next: 'Leave it out.',
      },
    );
  const found = await Promise.all(
    pages.map(async (page) => ({
      page,
      before: (await readState(ctx, page)).state,
      wanted: await wantedFor(ctx, page, o),
    })),
  );
  const open = found.filter(({ before, wanted }) => !sameState(before, wanted));
  if (open.length === 0)
    return {
      noChange: true,
      text: `${pages.length === 1 ? `"${pages[0]?.title}" has` : 'They all have'} ${o.state === undefined ? 'no status' : 'this status'} already.`,
      sources: await Promise.all(pages.map(async (page) => sourceOf(await itemOf(ctx, page)))),
    };
  const what = open.length === 1 ? `"${open[0]?.page.title}"` : counted(open.length, 'page');
  const name = open[0]?.wanted?.name;
  return proposalFor(
    ctx,
    open,
    name === undefined ? `Take the status off ${what}` : `Set the status of ${what} to "${name}"`,
  );
}

const draftOf = (item: Item) => (item.status === 'draft' ? { draft: true } : {});

async function setOne(ctx: Context, { id, status, wanted }: Item): Promise<void> {
  if (wanted === null) await removeContentState(ctx.confluence, { id, status });
  else
    await setContentState(ctx.confluence, {
      id,
      status,
      body: wanted.id === null ? { name: wanted.name, color: wanted.color } : { id: wanted.id },
    });
}

function outcomeOf(proposal: Proposal, done: readonly Item[], failed: readonly string[]): Outcome {
  return {
    targetId: done[0]?.id ?? null,
    title: done[0]?.title ?? null,
    url: proposal.target.url,
    version: null,
    receipt: { set: done.map((item) => item.id), failed: [...failed] },
  };
}

async function statesNow(ctx: Context, items: readonly Item[]): Promise<(ContentState | null)[]> {
  return Promise.all(items.map(async (item) => (await readState(ctx, item)).state));
}

export const setContentStateOperation = defineWrite({
  name: 'set_content_state',
  input,
  output: proposalShape,
  preview,
  async rebase(ctx, proposal) {
    const { items } = requestOf(proposal);
    const now = await statesNow(ctx, items);
    const moved = items.filter((item, at) => !sameState(now[at] ?? null, item.before));
    if (moved.length === 0) return { kind: 'current' };
    const open = [];
    for (const [at, item] of items.entries()) {
      const page = await findDocument(ctx, item.kind, item.id, draftOf(item));
      if (page !== null && !sameState(now[at] ?? null, item.wanted))
        open.push({ page, before: now[at] ?? null, wanted: item.wanted });
    }
    return open.length === 0
      ? {
          kind: 'conflict',
          message: 'Someone else has done this meanwhile; nothing is left to do.',
          yours: null,
          theirs: null,
        }
      : { kind: 'rebased', proposal: await proposalFor(ctx, open, proposal.title) };
  },
  async apply(ctx, proposal) {
    const done: Item[] = [];
    const failed: string[] = [];
    for (const item of requestOf(proposal).items) {
      try {
        await setOne(ctx, item);
        done.push(item);
      } catch (error) {
        // Some are set already: they must be told, verified and undone.
        if (done.length === 0 || !(error instanceof ConfabError)) throw error;
        failed.push(`"${item.title}": ${error.message}`);
      }
    }
    return outcomeOf(proposal, done, failed);
  },
  async verify(ctx, proposal, outcome) {
    const { items } = requestOf(proposal);
    const now = await statesNow(ctx, items);
    const wrong = items.flatMap((item, at) =>
      sameState(now[at] ?? null, item.wanted)
        ? []
        : [`The status of "${item.title}" is ${shown(now[at] ?? null)}, not ${shown(item.wanted)}.`],
    );
    const failed = Array.isArray(outcome.receipt.failed) ? (outcome.receipt.failed as string[]) : [];
    const ok = wrong.length === 0;
    return {
      ok,
      summary: ok
        ? `The status of ${counted(items.length, 'page')} is as approved.`
        : 'Not every status is as approved.',
      version: null,
      details: [...wrong, ...failed],
    };
  },
  async settle(ctx, proposal) {
    const { items } = requestOf(proposal);
    const now = await statesNow(ctx, items);
    const done = items.filter((item, at) => sameState(now[at] ?? null, item.wanted));
    if (done.length === items.length) return { kind: 'applied', outcome: outcomeOf(proposal, items, []) };
    if (done.length === 0) return { kind: 'not_applied' };
    return { kind: 'unknown', found: `${done.length} of ${items.length} pages have the new status.` };
  },
  async inverse(ctx, proposal, outcome) {
    const set = Array.isArray(outcome.receipt.set) ? (outcome.receipt.set as string[]) : [];
    const items = requestOf(proposal).items.filter((item) => set.includes(item.id));
    const now = await statesNow(ctx, items);
    const open = [];
    for (const [at, item] of items.entries()) {
      const page = await findDocument(ctx, item.kind, item.id, draftOf(item));
      if (page === null || sameState(now[at] ?? null, item.before)) continue;
      // Others' own states cannot be set by their id, so all but the space's go by name and colour.
      const available = item.before === null ? null : await readAvailable(ctx, item.id);
      const ofSpace = available?.space.some((state) => state.id === item.before?.id) === true;
      open.push({
        page,
        // As this change left it: when someone has set another status since, that is seen before it goes.
        before: item.wanted === null ? null : { ...item.wanted, id: item.wanted.id ?? -1 },
        wanted: item.before === null ? null : { ...item.before, id: ofSpace ? item.before.id : null },
      });
    }
    if (open.length === 0) return { impossible: 'It is as it was before already.' };
    return proposalFor(ctx, open, `${undoTitle}${proposal.title}`);
  },
});
