import { z } from 'zod';
import { ConfabError, UserError } from '#errors';
import { updateBlogPost, updatePage } from '#lib/confluence';
import { defineWrite } from '../define.ts';
import { type Document, type DocumentKind, documentNotFound, findDocument, itemOf } from '../documents.ts';
import { contentNumber } from '../ids.ts';
import { text } from '../inputs.ts';
import type { Context, NoChange, Outcome, Proposal } from '../operation.ts';
import { documentTarget } from '../page-write/index.ts';
import { sourceOf } from '../render.ts';
import { readReference } from '../resolve/reference.ts';
import { proposalShape } from '../written.ts';
import { deletionOf } from './delete-document.ts';

/** `parentId`: where it stood before it was deleted, where that is known. */
type Item = { id: string; title: string; version: number; body: string; parentId?: string | null };
/** One that is back, with the version it came back as. */
type Restored = Pick<Item, 'id' | 'title' | 'version'>;
type RestoreRequest = { kind: DocumentKind; restore: Item[] };

const requestOf = (proposal: Proposal): RestoreRequest => proposal.request as RestoreRequest;

async function proposalFor(
  ctx: Context,
  kind: DocumentKind,
  found: readonly Document[],
  title: string,
  places: ReadonlyMap<string, string | null> = new Map(),
): Promise<Proposal> {
  const [first] = found as [Document, ...Document[]];
  return {
    operation: 'restore_page',
    input: { content_type: kind, id: first.id },
    title,
    target: await documentTarget(
      ctx,
      first,
      found.map((page) => page.spaceId),
    ),
    baseVersion: found.length === 1 ? first.version : null,
    request: {
      kind,
      restore: found.map(({ id, title: name, version, body }) => ({
        id,
        title: name,
        version,
        body: body ?? '',
        ...(places.has(id) ? { parentId: places.get(id) ?? null } : {}),
      })),
    } satisfies RestoreRequest,
    diff: {
      fields: found.map((one) => ({ label: one.title, before: 'in the trash', after: 'current' })),
      body: null,
    },
    warnings: [],
    editable: null,
    undo: { possible: true },
  };
}

/**
 * The proposal that brings these back from the trash, in this order: the inverse of deleting them. `places`: the parents
 * they had.
 */
export async function restorationOf(
  ctx: Context,
  kind: DocumentKind,
  ids: readonly string[],
  title: string,
  places?: ReadonlyMap<string, string | null>,
): Promise<Proposal | { impossible: string }> {
  const found = await Promise.all(ids.map((id) => findDocument(ctx, kind, id, { format: 'storage' })));
  const trashed = found.filter((one): one is Document => one !== null && one.status === 'trashed');
  if (trashed.length > 0) return proposalFor(ctx, kind, trashed, title.slice(0, 240), places);
  return {
    impossible: found.some((one) => one !== null)
      ? 'It has been restored already.'
      : 'It is no longer in the trash (purged), or not visible to you.',
  };
}

async function locate(ctx: Context, given: string, kinds: readonly DocumentKind[]): Promise<Document> {
  const reference = readReference(given, ctx.confluence.site.url);
  if (reference.kind !== 'id') {
    throw new UserError('invalid_input', 'id: A page in the trash is found by its id or link only.', {
      next: 'Find it with list_pages and status trashed.',
    });
  }
  for (const kind of kinds) {
    const found = await findDocument(ctx, kind, reference.id, { format: 'storage' });
    if (found !== null) return found;
  }
  throw documentNotFound(given, kinds[0]);
}

export const restorePage = defineWrite({
  name: 'restore_page',
  input: z.object({ content_type: z.enum(['page', 'blog_post']).optional(), id: text }),
  output: proposalShape,
  async preview(ctx, o): Promise<Proposal | NoChange> {
    const found = await locate(
      ctx,
      o.id,
      o.content_type === undefined ? ['page', 'blog_post'] : [o.content_type],
    );
    if (found.status === 'trashed')
      return proposalFor(ctx, found.kind, [found], `Restore "${found.title}" from the trash`);
    if (found.status === 'current')
      return {
        noChange: true,
        text: `"${found.title}" is not in the trash.`,
        sources: [sourceOf(await itemOf(ctx, found))],
      };
    throw new UserError(
      'not_possible',
      `"${found.title}" is ${found.status}, and Atlassian's API brings back only what is in the trash.`,
      { next: `Restore it in Confluence: ${found.url}` },
    );
  },
  async rebase(ctx, proposal) {
    const { kind, restore } = requestOf(proposal);
    for (const { id, title } of restore) {
      const now = await findDocument(ctx, kind, id);
      if (now?.status !== 'trashed')
        return {
          kind: 'conflict',
          message: `"${title}" is not in the trash any more.`,
          yours: null,
          theirs: null,
        };
    }
    return { kind: 'current' };
  },
  async apply(ctx, proposal) {
    const { kind, restore } = requestOf(proposal);
    const done: Restored[] = [];
    const failed: string[] = [];
    for (const one of restore) {
      // PUT with status current restores; the body is ignored but asked for (facts: pages).
      const body = {
        id: one.id,
        status: 'current',
        title: one.title,
        body: { representation: 'storage', value: one.body },
        version: { number: one.version + 1, message: 'Confab: restored from the trash' },
      };
      const parameters = { id: contentNumber(one.id), body };
      try {
        const saved = await (kind === 'page'
          ? updatePage(ctx.confluence, parameters)
          : updateBlogPost(ctx.confluence, parameters));
        done.push({ ...one, version: Number(saved?.version?.number ?? body.version.number) });
      } catch (error) {
        // Some are back already: they must be told, verified and undone.
        if (done.length === 0 || !(error instanceof ConfabError)) throw error;
        failed.push(`"${one.title}": ${error.message}`);
      }
    }
    return outcomeOf(proposal, done, failed);
  },
  async verify(ctx, proposal, outcome) {
    const { kind, restore } = requestOf(proposal);
    const details = [...(outcome.receipt.failed as string[])];
    let version: number | null = null;
    const elsewhere: string[] = [];
    for (const { id, title, body, parentId } of restore) {
      const now = await findDocument(ctx, kind, id, { format: 'storage' });
      version = now?.version ?? null;
      if (now?.status !== 'current') details.push(`"${title}" is not back.`);
      else if (now.body !== body)
        details.push(`"${title}" is back, but its text differs from what was in the trash.`);
      else if (parentId !== undefined && now.parentId !== parentId)
        elsewhere.push(`"${title}" is back, but not under the page where it was: move it with move_page.`);
    }
    const ok = details.length === 0;
    return {
      ok,
      summary: ok ? 'Back from the trash, with the same text.' : 'Not everything is back.',
      version,
      details: [...details, ...elsewhere],
    };
  },
  async settle(ctx, proposal) {
    const { kind, restore } = requestOf(proposal);
    const states = await Promise.all(
      restore.map(async ({ id }) => (await findDocument(ctx, kind, id))?.status ?? 'gone'),
    );
    if (states.every((state) => state === 'current'))
      return {
        kind: 'applied',
        outcome: outcomeOf(
          proposal,
          restore.map((one) => ({ ...one, version: one.version + 1 })),
          [],
        ),
      };
    if (states.every((state) => state === 'trashed')) return { kind: 'not_applied' };
    return {
      kind: 'unknown',
      found: `Of ${states.length} pages, ${states.filter((state) => state === 'current').length} are back.`,
    };
  },
  async inverse(ctx, proposal, outcome) {
    const { kind } = requestOf(proposal);
    const versions = (outcome.receipt.versions ?? {}) as Record<string, number>;
    const restored = outcome.receipt.restored as string[];
    // With the versions they came back as, what others wrote since is seen before it goes.
    const made = restored.map((id) => ({ id, version: versions[id] ?? null }));
    return deletionOf(ctx, kind, made, `Undo: ${proposal.title}`);
  },
});

function outcomeOf(proposal: Proposal, done: readonly Restored[], failed: readonly string[]): Outcome {
  return {
    targetId: done[0]?.id ?? null,
    title: done[0]?.title ?? null,
    url: proposal.target.url,
    version: null,
    receipt: {
      restored: done.map(({ id }) => id),
      versions: Object.fromEntries(done.map(({ id, version }) => [id, version])),
      failed: [...failed],
    },
  };
}
