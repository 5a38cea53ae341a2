import { z } from 'zod';
import { UserError } from '#errors';
import { deleteBlogPost, deletePage } from '#lib/confluence';
import { diffStorage, sameStorage } from '#lib/content';
import type { ChangeWarning } from '#lib/wire';
import { defineWrite } from '../define.ts';
import { type Document, type DocumentKind, documentNotFound, findDocument } from '../documents.ts';
import { contentNumber } from '../ids.ts';
import { text } from '../inputs.ts';
import type { Context, Outcome, Proposal } from '../operation.ts';
import { documentTarget } from '../page-write/index.ts';
import { readReference } from '../resolve/reference.ts';
import { proposalShape } from '../written.ts';

const input = z.object({
  content_type: z.enum(['page', 'blog_post']).optional(),
  id: text,
  what: z.enum(['trashed', 'draft']),
});
type What = z.output<typeof input>['what'];

/** What goes for good; its text stays here, in the record of the change. */
type PurgeRequest = {
  kind: DocumentKind;
  id: string;
  what: What;
  kept: { title: string; storage: string; version: number };
  /** Of a draft: the version that readers see, null when it was never published. */
  published: number | null;
};

const requestOf = (proposal: Proposal): PurgeRequest => proposal.request as PurgeRequest;
const nouns: Record<DocumentKind, string> = { page: 'page', blog_post: 'blog post' };

const readOf = (what: What) => ({ format: 'storage', ...(what === 'draft' ? { draft: true } : {}) }) as const;

/** What is to go, as it is now: trashed content, or a draft. Null when there is none any more. */
async function victimOf(ctx: Context, kind: DocumentKind, id: string, what: What): Promise<Document | null> {
  const found = await findDocument(ctx, kind, id, readOf(what));
  return found?.status === what ? found : null;
}

async function proposalFor(ctx: Context, found: Document, what: What, title?: string): Promise<Proposal> {
  const noun = nouns[found.kind];
  const name = found.title || 'Untitled';
  const published =
    what === 'draft' ? await findDocument(ctx, found.kind, found.id, { format: 'storage' }) : null;
  const body = found.body ?? '';
  const left = published?.body ?? '';
  const permanent: ChangeWarning =
    what === 'draft'
      ? {
          code: 'permanent',
          message:
            published === null
              ? 'Drafts do not go to the trash: the draft is gone for good.'
              : `The changes that were not published are gone for good; the published ${noun} stays as it is.`,
          mustConfirm: true,
        }
      : {
          code: 'permanent',
          message: `The ${noun} goes for good, with its history, comments and files. Nobody can bring it back.`,
          mustConfirm: true,
        };
  return {
    operation: 'purge_page',
    input: { content_type: found.kind, id: found.id, what },
    title:
      title ??
      (what === 'draft'
        ? `Discard the draft "${name}" for good`
        : `Remove "${name}" from the trash for good`),
    target: await documentTarget(ctx, found),
    baseVersion: found.version,
    request: {
      kind: found.kind,
      id: found.id,
      what,
      kept: { title: found.title, storage: body, version: found.version },
      published: published?.version ?? null,
    } satisfies PurgeRequest,
    diff: {
      fields: [{ label: name, before: what === 'draft' ? 'draft' : 'in the trash', after: 'gone for good' }],
      body: body === left ? null : diffStorage(body, left),
    },
    warnings: [permanent],
    editable: null,
    undo: {
      possible: false,
      why: 'Atlassian keeps nothing of it. Its text stays in the record of this change, from which a new one can be made.',
    },
  };
}

/**
 * The proposal that discards a draft which was made with this text: the inverse of making it.
 */
export async function discardOf(
  ctx: Context,
  kind: DocumentKind,
  id: string,
  title: string,
  made: { title: string; body: { representation: string; value: string } },
): Promise<Proposal | { impossible: string }> {
  const found = await victimOf(ctx, kind, id, 'draft');
  if (found === null) return { impossible: 'The draft is gone, or has been published.' };
  const same =
    found.title === made.title &&
    (made.body.representation !== 'storage' || sameStorage(made.body.value, found.body ?? ''));
  if (!same)
    return {
      impossible: 'The draft has been written on since. Discard it with purge_page, or in Confluence.',
    };
  const discard = await proposalFor(ctx, found, 'draft', title.slice(0, 240));
  // Nothing is in it but what this change wrote, and that stays in its record.
  return { ...discard, warnings: discard.warnings.map((one) => ({ ...one, mustConfirm: false })) };
}

/** Gone for good, still there, or something else has become of it: restored from the trash, or published. */
async function fate(ctx: Context, proposal: Proposal): Promise<'gone' | 'there' | 'saved'> {
  const { kind, id, what, published } = requestOf(proposal);
  const now = await findDocument(ctx, kind, id, readOf(what));
  if (now === null) return 'gone';
  if (now.status === what) return 'there';
  return what === 'draft' && now.version === published ? 'gone' : 'saved';
}

const saved: Record<What, string> = {
  trashed: 'It is not in the trash any more, but it is not gone: somebody has restored it.',
  draft: 'The draft is gone because it has been published.',
};

function outcomeOf(proposal: Proposal): Outcome {
  const { id, kept } = requestOf(proposal);
  return { targetId: id, title: kept.title, url: null, version: null, receipt: { purged: id } };
}

async function locate(ctx: Context, o: z.output<typeof input>): Promise<Document> {
  const reference = readReference(o.id, ctx.confluence.site.url);
  if (reference.kind !== 'id')
    throw new UserError('invalid_input', 'id: What is to go for good is named by its id or link only.', {
      next: 'Find it with list_pages or list_blog_posts and status trashed.',
    });
  const kinds: DocumentKind[] = o.content_type === undefined ? ['page', 'blog_post'] : [o.content_type];
  for (const kind of kinds) {
    const found = await findDocument(ctx, kind, reference.id, readOf(o.what));
    if (found !== null) return found;
  }
  throw documentNotFound(o.id, kinds[0]);
}

export const purgePage = defineWrite({
  name: 'purge_page',
  input,
  output: proposalShape,
  async preview(ctx, o) {
    const found = await locate(ctx, o);
    if (found.status === o.what) return proposalFor(ctx, found, o.what);
    throw new UserError(
      'not_possible',
      o.what === 'draft'
        ? `"${found.title}" has no draft that you could discard.`
        : `"${found.title}" is ${found.status}: only what is in the trash can be removed for good.`,
      {
        next:
          o.what === 'draft'
            ? 'Nothing needs to be done.'
            : `Move it to the trash first with ${found.kind === 'page' ? 'delete_page' : 'delete_blog_post'}.`,
      },
    );
  },
  async rebase(ctx, proposal) {
    const { kind, id, what, kept } = requestOf(proposal);
    const now = await victimOf(ctx, kind, id, what);
    if (now === null)
      return {
        kind: 'conflict',
        message:
          what === 'draft' ? 'The draft is gone, or has been published.' : 'It is not in the trash any more.',
        yours: null,
        theirs: null,
      };
    if (now.version === kept.version && now.body === kept.storage && now.title === kept.title)
      return { kind: 'current' };
    return { kind: 'rebased', proposal: await proposalFor(ctx, now, what, proposal.title) };
  },
  async apply(ctx, proposal) {
    const { kind, id, what } = requestOf(proposal);
    const remove = kind === 'page' ? deletePage : deleteBlogPost;
    await remove(ctx.confluence, {
      id: contentNumber(id),
      ...(what === 'draft' ? { draft: true } : { purge: true }),
    });
    return outcomeOf(proposal);
  },
  async verify(ctx, proposal) {
    const { what } = requestOf(proposal);
    const said = {
      gone: what === 'draft' ? 'The draft is gone.' : 'It is gone from the trash.',
      there: 'It is still there.',
      saved: saved[what],
    };
    const found = await fate(ctx, proposal);
    return { ok: found === 'gone', summary: said[found], version: null, details: [] };
  },
  async settle(ctx, proposal) {
    const settled = {
      gone: { kind: 'applied' as const, outcome: outcomeOf(proposal) },
      there: { kind: 'not_applied' as const },
      saved: { kind: 'unknown' as const, found: saved[requestOf(proposal).what] },
    };
    return settled[await fate(ctx, proposal)];
  },
  async inverse() {
    return { impossible: 'It was removed for good; Atlassian keeps nothing of it.' };
  },
});
