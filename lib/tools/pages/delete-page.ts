import { z } from 'zod';
import { ConfabError } from '#errors';
import { getPageDirectChildren, deletePage as trashPage } from '#lib/confluence';
import type { ChangeWarning } from '#lib/wire';
import { defineWrite } from '../define.ts';
import { type Document, findDocument, itemOf } from '../documents.ts';
import { contentNumber } from '../ids.ts';
import { text } from '../inputs.ts';
import type { Context, NoChange, Outcome, Proposal } from '../operation.ts';
import { documentTarget } from '../page-write/index.ts';
import { counted, oneLine, sourceOf } from '../render.ts';
import { resolvePage } from '../resolve/page.ts';
import { proposalShape } from '../written.ts';
import { restorationOf } from './restore-page.ts';

const input = z.object({ pages: z.array(text).min(1).max(50) });

type Victim = { id: string; title: string; version: number };
type DeleteRequest = { trash: Victim[] };

const requestOf = (proposal: Proposal): DeleteRequest => proposal.request as DeleteRequest;

async function childrenNote(ctx: Context, page: Document): Promise<ChangeWarning[]> {
  const children =
    (await getPageDirectChildren(ctx.confluence, { id: contentNumber(page.id), limit: 25 })).results ?? [];
  if (children.length === 0) return [];
  const titles = children
    .slice(0, 5)
    .map((one) => `"${oneLine(one.title ?? '')}"`)
    .join(', ');
  const more = children.length > 5 ? ' and more' : '';
  return [
    {
      code: 'leaves_children',
      message: `"${page.title}" has pages below it (${titles}${more}). They are not deleted and lose their place in the tree.`,
      mustConfirm: true,
    },
  ];
}

async function proposalFor(ctx: Context, pages: readonly Document[], title: string): Promise<Proposal> {
  const [first] = pages as [Document, ...Document[]];
  const notes = await Promise.all(pages.map((page) => childrenNote(ctx, page)));
  return {
    operation: 'delete_page',
    input: { pages: pages.map((page) => page.id) },
    title,
    target: await documentTarget(
      ctx,
      first,
      pages.map((page) => page.spaceId),
    ),
    baseVersion: pages.length === 1 ? first.version : null,
    request: {
      trash: pages.map(({ id, title: name, version }) => ({ id, title: name, version })),
    } satisfies DeleteRequest,
    diff: {
      fields: pages.map((page) => ({
        label: page.title,
        before: `version ${page.version}`,
        after: 'in the trash',
      })),
      body: null,
    },
    warnings: notes.flat(),
    editable: null,
    undo: { possible: true },
  };
}

/** The proposal that moves these pages to the trash: the inverse of creating or restoring them. */
export async function deletionOf(
  ctx: Context,
  ids: readonly string[],
  title: string,
): Promise<Proposal | { impossible: string }> {
  const found = (await Promise.all(ids.map((id) => findDocument(ctx, 'page', id)))).filter(
    (page): page is Document => page !== null && page.status !== 'trashed',
  );
  return found.length === 0
    ? { impossible: 'The page is gone already.' }
    : proposalFor(ctx, found, title.slice(0, 240));
}

type State = 'trashed' | 'gone' | 'there';

async function stateOf(ctx: Context, id: string): Promise<State> {
  const found = await findDocument(ctx, 'page', id);
  return found === null ? 'gone' : found.status === 'trashed' ? 'trashed' : 'there';
}

function outcomeOf(done: readonly Victim[], failed: readonly string[]): Outcome {
  return {
    targetId: done[0]?.id ?? null,
    title: done[0]?.title ?? null,
    url: null,
    version: null,
    receipt: { trashed: done.map(({ id }) => id), failed: [...failed] },
  };
}

export const deletePage = defineWrite({
  name: 'delete_page',
  input,
  output: proposalShape,
  async preview(ctx, o): Promise<Proposal | NoChange> {
    const resolved = await Promise.all(o.pages.map((page) => resolvePage(ctx, page)));
    const pages = [...new Map(resolved.map((page) => [page.id, page])).values()];
    const alive = pages.filter((page) => page.status !== 'trashed');
    if (alive.length === 0) {
      return {
        noChange: true,
        text: 'This is in the trash already.',
        sources: await Promise.all(pages.map(async (page) => sourceOf(await itemOf(ctx, page)))),
      };
    }
    return proposalFor(
      ctx,
      alive,
      alive.length === 1 ? `Delete "${alive[0]?.title}"` : `Delete ${alive.length} pages`,
    );
  },
  async rebase(ctx, proposal) {
    for (const { id, title, version } of requestOf(proposal).trash) {
      const now = await findDocument(ctx, 'page', id);
      if (now === null || now.status === 'trashed')
        return { kind: 'conflict', message: `"${title}" is gone already.`, yours: null, theirs: null };
      if (now.version !== version) {
        const ids = requestOf(proposal).trash.map((one) => one.id);
        const fresh = await deletionOf(ctx, ids, proposal.title);
        return 'impossible' in fresh
          ? { kind: 'conflict', message: fresh.impossible, yours: null, theirs: null }
          : { kind: 'rebased', proposal: fresh };
      }
    }
    return { kind: 'current' };
  },
  async apply(ctx, proposal) {
    const done: Victim[] = [];
    const failed: string[] = [];
    for (const page of requestOf(proposal).trash) {
      try {
        await trashPage(ctx.confluence, { id: contentNumber(page.id) });
        done.push(page);
      } catch (error) {
        // Some pages are in the trash already: they must be told, verified and undone.
        if (done.length === 0 || !(error instanceof ConfabError)) throw error;
        failed.push(`"${page.title}": ${error.message}`);
      }
    }
    return outcomeOf(done, failed);
  },
  async verify(ctx, proposal, outcome) {
    const states = await Promise.all(
      requestOf(proposal).trash.map(async (page) => ({ page, state: await stateOf(ctx, page.id) })),
    );
    const there = states
      .filter(({ state }) => state === 'there')
      .map(({ page }) => `"${page.title}" is still there.`);
    const details = [...there, ...(outcome.receipt.failed as string[])];
    const ok = details.length === 0;
    return {
      ok,
      summary: ok
        ? `${counted(states.length, 'page is', 'pages are')} in the trash.`
        : 'Not everything was moved to the trash.',
      version: null,
      details,
    };
  },
  async settle(ctx, proposal) {
    const { trash } = requestOf(proposal);
    const states = await Promise.all(trash.map((page) => stateOf(ctx, page.id)));
    if (states.every((state) => state === 'there')) return { kind: 'not_applied' };
    if (states.every((state) => state !== 'there')) return { kind: 'applied', outcome: outcomeOf(trash, []) };
    const left = trash.filter((_page, at) => states[at] === 'there').map((page) => `"${page.title}"`);
    return { kind: 'unknown', found: `Some pages are in the trash; still there: ${left.join(', ')}.` };
  },
  async inverse(ctx, proposal, outcome) {
    const trashed = Array.isArray(outcome.receipt.trashed) ? (outcome.receipt.trashed as string[]) : [];
    return restorationOf(ctx, 'page', trashed, `Undo: ${proposal.title}`);
  },
});
