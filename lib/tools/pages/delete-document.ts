import { ConfabError } from '#errors';
import {
  getPageDirectChildren,
  deleteBlogPost as trashBlogPost,
  deletePage as trashPage,
} from '#lib/confluence';
import type { ChangeWarning } from '#lib/wire';
import { type Document, type DocumentKind, findDocument, itemOf } from '../documents.ts';
import { contentNumber } from '../ids.ts';
import type { Context, NoChange, Outcome, Proposal, WriteOperation } from '../operation.ts';
import { documentTarget } from '../page-write/index.ts';
import { counted, oneLine, sourceOf } from '../render.ts';
import { restorationOf } from './restore-page.ts';

type Victim = { id: string; title: string; version: number };
type DeleteRequest = { trash: Victim[] };

const requestOf = (proposal: Proposal): DeleteRequest => proposal.request as DeleteRequest;
const kindOf = (proposal: Proposal): DocumentKind =>
  proposal.operation === 'delete_blog_post' ? 'blog_post' : 'page';
const nouns: Record<DocumentKind, string> = { page: 'page', blog_post: 'blog post' };

async function childrenNote(ctx: Context, page: Document): Promise<ChangeWarning[]> {
  if (page.kind !== 'page') return [];
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
      message: `"${page.title}" has pages below it (${titles}${more}). They are not deleted and lose their place in the tree, also when this is undone. To delete them too, ask for the page with all pages below it.`,
      mustConfirm: true,
    },
  ];
}

async function proposalFor(
  ctx: Context,
  kind: DocumentKind,
  found: readonly Document[],
  title: string,
): Promise<Proposal> {
  const [first] = found as [Document, ...Document[]];
  const notes = await Promise.all(found.map((one) => childrenNote(ctx, one)));
  const ids = found.map((one) => one.id);
  return {
    operation: kind === 'page' ? 'delete_page' : 'delete_blog_post',
    input: kind === 'page' ? { pages: ids } : { posts: ids },
    title,
    target: await documentTarget(
      ctx,
      first,
      found.map((one) => one.spaceId),
    ),
    baseVersion: found.length === 1 ? first.version : null,
    request: {
      trash: found.map(({ id, title: name, version }) => ({ id, title: name, version })),
    } satisfies DeleteRequest,
    diff: {
      fields: found.map((one) => ({
        label: one.title,
        before: `version ${one.version}`,
        after: 'in the trash',
      })),
      body: null,
    },
    warnings: notes.flat(),
    editable: null,
    undo: { possible: true },
  };
}

/** The proposal that moves these to the trash; nothing to do when they are there already. */
export async function deletionPreview(
  ctx: Context,
  kind: DocumentKind,
  resolved: readonly Document[],
): Promise<Proposal | NoChange> {
  const found = [...new Map(resolved.map((one) => [one.id, one])).values()];
  const alive = found.filter((one) => one.status !== 'trashed');
  if (alive.length === 0) {
    return {
      noChange: true,
      text: 'This is in the trash already.',
      sources: await Promise.all(found.map(async (one) => sourceOf(await itemOf(ctx, one)))),
    };
  }
  const title = alive.length === 1 ? `Delete "${alive[0]?.title}"` : `Delete ${alive.length} ${nouns[kind]}s`;
  return proposalFor(ctx, kind, alive, title);
}

/**
 * The proposal that moves these to the trash: the inverse of making or restoring them. Where one has another version
 * than the one given, somebody has edited it since, so it is shown for approval again before it goes.
 */
export async function deletionOf(
  ctx: Context,
  kind: DocumentKind,
  made: readonly { id: string; version: number | null }[],
  title: string,
): Promise<Proposal | { impossible: string }> {
  const all = await Promise.all(made.map(({ id }) => findDocument(ctx, kind, id)));
  const found = all.filter((one): one is Document => one !== null && one.status !== 'trashed');
  if (found.length === 0) return { impossible: `The ${nouns[kind]} is gone already.` };
  const proposal = await proposalFor(ctx, kind, found, title.slice(0, 240));
  const versions = new Map(made.map((one) => [one.id, one.version]));
  const trash = requestOf(proposal).trash.map((one) => ({
    ...one,
    version: versions.get(one.id) ?? one.version,
  }));
  return { ...proposal, request: { trash } satisfies DeleteRequest };
}

type State = 'trashed' | 'gone' | 'there';

async function stateOf(ctx: Context, kind: DocumentKind, id: string): Promise<State> {
  const found = await findDocument(ctx, kind, id);
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

/** Everything after the preview of delete_page and delete_blog_post. */
export const deletionWrite: Pick<WriteOperation, 'rebase' | 'apply' | 'verify' | 'settle' | 'inverse'> = {
  async rebase(ctx, proposal) {
    const kind = kindOf(proposal);
    for (const { id, title, version } of requestOf(proposal).trash) {
      const now = await findDocument(ctx, kind, id);
      if (now === null || now.status === 'trashed')
        return { kind: 'conflict', message: `"${title}" is gone already.`, yours: null, theirs: null };
      if (now.version !== version) {
        const made = requestOf(proposal).trash.map((one) => ({ id: one.id, version: null }));
        const fresh = await deletionOf(ctx, kind, made, proposal.title);
        return 'impossible' in fresh
          ? { kind: 'conflict', message: fresh.impossible, yours: null, theirs: null }
          : { kind: 'rebased', proposal: fresh };
      }
    }
    return { kind: 'current' };
  },
  async apply(ctx, proposal) {
    const trash = kindOf(proposal) === 'page' ? trashPage : trashBlogPost;
    const done: Victim[] = [];
    const failed: string[] = [];
    for (const one of requestOf(proposal).trash) {
      try {
        await trash(ctx.confluence, { id: contentNumber(one.id) });
        done.push(one);
      } catch (error) {
        // Some are in the trash already: they must be told, verified and undone.
        if (done.length === 0 || !(error instanceof ConfabError)) throw error;
        failed.push(`"${one.title}": ${error.message}`);
      }
    }
    return outcomeOf(done, failed);
  },
  async verify(ctx, proposal, outcome) {
    const kind = kindOf(proposal);
    const states = await Promise.all(
      requestOf(proposal).trash.map(async (one) => ({ one, state: await stateOf(ctx, kind, one.id) })),
    );
    const there = states
      .filter(({ state }) => state === 'there')
      .map(({ one }) => `"${one.title}" is still there.`);
    const details = [...there, ...(outcome.receipt.failed as string[])];
    const ok = details.length === 0;
    return {
      ok,
      summary: ok
        ? `${counted(states.length, `${nouns[kind]} is`, `${nouns[kind]}s are`)} in the trash.`
        : 'Not everything was moved to the trash.',
      version: null,
      details,
    };
  },
  async settle(ctx, proposal) {
    const { trash } = requestOf(proposal);
    const kind = kindOf(proposal);
    const states = await Promise.all(trash.map((one) => stateOf(ctx, kind, one.id)));
    if (states.every((state) => state === 'there')) return { kind: 'not_applied' };
    if (states.every((state) => state !== 'there')) return { kind: 'applied', outcome: outcomeOf(trash, []) };
    const left = trash.filter((_one, at) => states[at] === 'there').map((one) => `"${one.title}"`);
    return { kind: 'unknown', found: `Some are in the trash; still there: ${left.join(', ')}.` };
  },
  async inverse(ctx, proposal, outcome) {
    const trashed = Array.isArray(outcome.receipt.trashed) ? (outcome.receipt.trashed as string[]) : [];
    return restorationOf(ctx, kindOf(proposal), trashed, `Undo: ${proposal.title}`);
  },
};
