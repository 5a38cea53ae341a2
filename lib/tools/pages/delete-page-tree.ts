import { z } from 'zod';
import { UserError } from '#errors';
import { deletePageTree } from '#lib/confluence';
import type { ChangeWarning } from '#lib/wire';
import { defineWrite } from '../define.ts';
import { type Document, findDocument, itemOf } from '../documents.ts';
import { text } from '../inputs.ts';
import { followTask, receiptOf, taskNotes, taskStillOpen } from '../long-task/index.ts';
import type { Context, NoChange, Outcome, Proposal } from '../operation.ts';
import { documentTarget } from '../page-write/index.ts';
import { counted, oneLine, sourceOf } from '../render.ts';
import { resolvePage } from '../resolve/page.ts';
import { proposalShape } from '../written.ts';
import { restorationOf } from './restore-page.ts';
import { pagesById, type TreeRow, treeBelow } from './tree.ts';

type Victim = { id: string; title: string; version: number; parentId: string | null };
/** Every page by id, parents first: what the task deletes, and what undo brings back. */
type TreeRequest = { root: string; trash: Victim[] };

const requestOf = (proposal: Proposal): TreeRequest => proposal.request as TreeRequest;
const shownPages = 200;

function warningsFor(root: Document, rows: readonly TreeRow[]): ChangeWarning[] {
  const others = rows.filter((row) => row.type !== 'page');
  const archived = rows.filter((row) => row.type === 'page' && row.status === 'archived');
  const name = (row: TreeRow) =>
    `"${oneLine(row.title)}" (${row.type === 'embed' ? 'Smart Link' : row.type})`;
  return [
    ...(others.length === 0
      ? []
      : [
          {
            code: 'reaches_others',
            message: `Below "${root.title}" also lie ${others.slice(0, 8).map(name).join(', ')}${others.length > 8 ? ' and more' : ''}. Atlassian does not say what becomes of them when the pages go; Confab cannot bring them back.`,
            mustConfirm: true,
          },
        ]),
    ...(archived.length === 0
      ? []
      : [
          {
            code: 'leaves_archived',
            message: `${counted(archived.length, 'archived page')} below it ${archived.length === 1 ? 'is' : 'are'} not deleted: Atlassian deletes current pages only.`,
            mustConfirm: false,
          },
        ]),
  ];
}

async function proposalFor(ctx: Context, root: Document, title?: string): Promise<Proposal> {
  const rows = await treeBelow(ctx, root.id);
  const pages = rows.filter((row) => row.type === 'page' && row.status === 'current');
  const documents = await pagesById(
    ctx,
    pages.map((row) => row.id),
  );
  const trash: Victim[] = [
    { id: root.id, title: root.title, version: root.version, parentId: root.parentId },
    ...pages.map((row) => ({
      id: row.id,
      title: row.title,
      version: documents.get(row.id)?.version ?? 0,
      parentId: row.parentId,
    })),
  ];
  const below = pages.length;
  const rest = trash.length - shownPages;
  return {
    operation: 'delete_page_tree',
    input: { page: root.id },
    title:
      title ??
      (below === 0
        ? `Delete "${root.title}", which has no pages below it`
        : `Delete "${root.title}" and the ${counted(below, 'page')} below it`),
    target: await documentTarget(
      ctx,
      root,
      [...documents.values()].map((page) => page.spaceId),
    ),
    baseVersion: root.version,
    request: { root: root.id, trash } satisfies TreeRequest,
    diff: {
      fields: [
        ...trash.slice(0, shownPages).map((one, at) => ({
          label: at === 0 ? one.title : `${'› '.repeat(pages[at - 1]?.depth ?? 1)}${one.title}`,
          before: `version ${one.version}`,
          after: 'in the trash',
        })),
        ...(rest > 0 ? [{ label: `${rest} more pages`, before: 'current', after: 'in the trash' }] : []),
      ],
      body: null,
    },
    warnings: warningsFor(root, rows),
    editable: null,
    undo: { possible: true },
  };
}

/**
 * The proposal that deletes a tree that was made with these pages: the inverse of copying it. Where pages were added or
 * edited since, it is shown for approval again before it goes.
 */
export async function treeDeletionOf(
  ctx: Context,
  rootId: string,
  made: readonly string[],
  title: string,
): Promise<Proposal | { impossible: string }> {
  const root = await findDocument(ctx, 'page', rootId);
  if (root === null || root.status !== 'current') return { impossible: 'The copy is gone already.' };
  const proposal = await proposalFor(ctx, root, title.slice(0, 240));
  const { trash } = requestOf(proposal);
  const untouched = trash.every((one) => made.includes(one.id) && one.version === 1);
  if (untouched) return proposal;
  // As it was made: the difference is found before it goes, and the tree as it is now is shown.
  const before = trash.filter((one) => made.includes(one.id)).map((one) => ({ ...one, version: 1 }));
  return { ...proposal, request: { root: rootId, trash: before } satisfies TreeRequest };
}

const key = (trash: readonly Victim[]): string =>
  trash
    .map(({ id, version }) => `${id}:${version}`)
    .sort()
    .join(' ');

function outcomeOf(proposal: Proposal, more: Record<string, unknown>): Outcome {
  const { root } = requestOf(proposal);
  return {
    targetId: root,
    title: proposal.target.title,
    url: null,
    version: null,
    receipt: { root, ...more },
  };
}

/** Ids of the pages that are still there, by reading each. */
async function stillThere(ctx: Context, trash: readonly Victim[]): Promise<Victim[]> {
  const now = await pagesById(
    ctx,
    trash.map((one) => one.id),
  );
  return trash.filter((one) => now.get(one.id)?.status === 'current');
}

export const deletePageTreeOperation = defineWrite({
  name: 'delete_page_tree',
  input: z.object({ page: text }),
  output: proposalShape,
  async preview(ctx, o): Promise<Proposal | NoChange> {
    const root = await resolvePage(ctx, o.page);
    if (root.status === 'trashed')
      return {
        noChange: true,
        text: 'This is in the trash already.',
        sources: [sourceOf(await itemOf(ctx, root))],
      };
    if (root.status === 'current') return proposalFor(ctx, root);
    throw new UserError(
      'not_possible',
      `"${root.title}" is ${root.status}; Atlassian deletes trees of current pages only.`,
      { next: 'Delete the page alone with delete_page.' },
    );
  },
  async rebase(ctx, proposal) {
    const { root, trash } = requestOf(proposal);
    const now = await findDocument(ctx, 'page', root);
    if (now === null || now.status !== 'current')
      return {
        kind: 'conflict',
        message: `"${proposal.target.title}" is gone already.`,
        yours: null,
        theirs: null,
      };
    const undoing = proposal.title.startsWith('Undo: ');
    const fresh = await proposalFor(ctx, now, undoing ? proposal.title : undefined);
    return key(requestOf(fresh).trash) === key(trash)
      ? { kind: 'current' }
      : { kind: 'rebased', proposal: fresh };
  },
  async apply(ctx, proposal) {
    const { root } = requestOf(proposal);
    const task = await deletePageTree(ctx.confluence, { id: root });
    return outcomeOf(
      proposal,
      receiptOf(await followTask(ctx, String(task.id), `Deleting "${proposal.target.title}"`)),
    );
  },
  async verify(ctx, proposal, outcome) {
    const { trash } = requestOf(proposal);
    const left = await stillThere(ctx, trash);
    const ok = left.length === 0;
    return {
      ok,
      summary: ok
        ? `${counted(trash.length, 'page is', 'pages are')} in the trash.`
        : `${left.length} of ${counted(trash.length, 'page')} ${left.length === 1 ? 'is' : 'are'} still there.`,
      version: null,
      details: [
        ...left.slice(0, 20).map((one) => `"${one.title}" is still there.`),
        ...(ok ? [] : taskNotes(outcome)),
      ],
    };
  },
  async settle(ctx, proposal) {
    const { trash } = requestOf(proposal);
    const left = await stillThere(ctx, trash);
    if (left.length === 0) return { kind: 'applied', outcome: outcomeOf(proposal, {}) };
    const open = left.length === trash.length ? await taskStillOpen(ctx) : null;
    if (open !== null) return { kind: 'unknown', found: open };
    if (left.length === trash.length) return { kind: 'not_applied' };
    return {
      kind: 'unknown',
      found: `${trash.length - left.length} of ${trash.length} pages are in the trash; Atlassian may still be at it.`,
    };
  },
  async inverse(ctx, proposal) {
    const { trash } = requestOf(proposal);
    return restorationOf(
      ctx,
      'page',
      trash.map((one) => one.id),
      `Undo: ${proposal.title}`,
      new Map(trash.map((one) => [one.id, one.parentId])),
    );
  },
});
