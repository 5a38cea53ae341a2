import { z } from 'zod';
import { ConfabError, UserError } from '#errors';
import { diffStorage, warningsOf } from '#lib/content';
import { adfOnlyBody } from '../adf-only.ts';
import { namingDropped } from '../comments/dropped-threads.ts';
import { defineWrite } from '../define.ts';
import { type Document, type DocumentKind, documentNotFound, findDocument, itemOf } from '../documents.ts';
import { text } from '../inputs.ts';
import type { Context, NoChange, Outcome, Proposal } from '../operation.ts';
import {
  applyPut,
  checkBody,
  checkTitle,
  documentTarget,
  inversePut,
  type PutRequest,
  versionMessage,
} from '../page-write/index.ts';
import { sourceOf } from '../render.ts';
import { resolveDocument } from '../resolve/page.ts';
import { spaceById } from '../resolve/space.ts';
import { proposalShape } from '../written.ts';
import { deletionOf } from './delete-document.ts';
import { checkFree } from './new-place.ts';

const input = z.object({
  content_type: z.enum(['page', 'blog_post']).optional(),
  id: text,
  title: text.optional(),
  message: text.optional(),
});
type Input = z.output<typeof input>;

/** `published`: the version that readers see now; 0 when it was never published. */
type PublishRequest = PutRequest & { published: number; draftTitle: string };

const requestOf = (proposal: Proposal): PublishRequest => proposal.request as PublishRequest;

async function bothOf(
  ctx: Context,
  kind: DocumentKind,
  id: string,
): Promise<{ draft: Document | null; published: Document | null }> {
  const read = await findDocument(ctx, kind, id, { format: 'storage', draft: true });
  const published = await findDocument(ctx, kind, id, { format: 'storage' });
  return { draft: read?.status === 'draft' ? read : null, published };
}

/** What the draft says: its storage, or its ADF where only that holds it. */
async function bodyOf(ctx: Context, draft: Document): Promise<PutRequest['put']['body']> {
  const adf = await adfOnlyBody(ctx, draft);
  return adf === null
    ? { representation: 'storage', value: draft.body ?? '' }
    : { representation: 'atlas_doc_format', value: adf };
}

/** Whether a version says what was sent. */
const saysTheSame = (ctx: Context, saved: Document, put: PutRequest['put']) =>
  checkBody(ctx, { saved, body: put.body, base: 'same' });

async function proposalFor(
  ctx: Context,
  draft: Document,
  published: Document | null,
  o: Pick<Input, 'title' | 'message'>,
): Promise<Proposal> {
  const title = checkTitle(o.title ?? draft.title);
  const space = await spaceById(ctx, draft.spaceId);
  if (space !== null && title !== published?.title) await checkFree(ctx, space, title, draft.kind, draft.id);
  const [before, after] = [published?.body ?? '', draft.body ?? ''];
  const line =
    published === null ? `Publish the draft "${title}"` : `Publish the unpublished changes of "${title}"`;
  const request: PublishRequest = {
    kind: draft.kind,
    put: {
      id: draft.id,
      status: 'current',
      title,
      body: await bodyOf(ctx, draft),
      version: { number: (published?.version ?? 0) + 1, message: versionMessage(line, o.message) },
    },
    before: {
      title: published?.title ?? draft.title,
      parentId: draft.parentId,
      ownerId: draft.ownerId,
      status: published?.status ?? 'draft',
      version: published?.version ?? 0,
    },
    published: published?.version ?? 0,
    draftTitle: draft.title,
  };
  return {
    operation: 'publish_draft',
    input: { content_type: draft.kind, id: draft.id, ...o },
    title: line,
    target: await documentTarget(ctx, draft),
    baseVersion: request.published,
    request,
    diff: {
      fields: [
        ...(published === null
          ? [{ label: 'Status', before: 'draft', after: 'published' }]
          : [
              {
                label: 'Version',
                before: String(published.version),
                after: String(published.version + 1),
              },
            ]),
        ...(title === (published?.title ?? draft.title)
          ? []
          : [{ label: 'Title', before: published?.title ?? draft.title, after: title }]),
      ],
      body: before === after ? null : diffStorage(before, after),
    },
    warnings:
      published === null
        ? [
            {
              code: 'note',
              message: 'Undo moves it to the trash: what is published does not become a draft again.',
              mustConfirm: false,
            },
          ]
        : await namingDropped(ctx, published, { before, after }, warningsOf(before, after)),
    editable: null,
    undo: { possible: true },
  };
}

async function preview(ctx: Context, o: Input): Promise<Proposal | NoChange> {
  const kinds: DocumentKind[] = o.content_type === undefined ? ['page', 'blog_post'] : [o.content_type];
  const named = await resolveDocument(ctx, o.id, kinds, { format: 'storage', draft: true });
  const { draft, published } = await bothOf(ctx, named.kind, named.id);
  const same =
    draft !== null &&
    published !== null &&
    draft.title === published.title &&
    draft.body === published.body &&
    (await adfOnlyBody(ctx, draft)) === (await adfOnlyBody(ctx, published));
  if (draft !== null && (!same || (o.title !== undefined && o.title !== draft.title)))
    return proposalFor(ctx, draft, published, {
      ...(o.title === undefined ? {} : { title: o.title }),
      ...(o.message === undefined ? {} : { message: o.message }),
    });
  if (named.status === 'trashed' || named.status === 'archived')
    throw new UserError('not_possible', `"${named.title}" is ${named.status}, not a draft.`, {
      next: named.status === 'trashed' ? 'Bring it back with restore_page.' : 'Restore it in Confluence.',
    });
  return {
    noChange: true,
    text: `"${named.title}" is published and has no unpublished changes.`,
    sources: [sourceOf(await itemOf(ctx, published ?? named))],
  };
}

function outcomeOf(proposal: Proposal, version: number): Outcome {
  const { put, published } = requestOf(proposal);
  return {
    targetId: put.id,
    title: put.title,
    url: proposal.target.url,
    version,
    receipt: { baseVersion: published },
  };
}

export const publishDraft = defineWrite({
  name: 'publish_draft',
  input,
  output: proposalShape,
  preview,
  async rebase(ctx, proposal) {
    const { kind, put, published, draftTitle } = requestOf(proposal);
    const now = await bothOf(ctx, kind, put.id);
    const conflict = (message: string) => ({ kind: 'conflict' as const, message, yours: null, theirs: null });
    if (now.draft === null)
      return conflict('The draft is gone: it was discarded, or published by someone else meanwhile.');
    if (
      (now.published?.version ?? 0) === published &&
      now.draft.title === draftTitle &&
      (await bodyOf(ctx, now.draft)).value === put.body.value
    )
      return { kind: 'current' };
    const { title, message } = input.parse(proposal.input);
    return {
      kind: 'rebased',
      proposal: await proposalFor(ctx, now.draft, now.published, {
        ...(title === undefined ? {} : { title }),
        ...(message === undefined ? {} : { message }),
      }),
    };
  },
  async apply(ctx, proposal) {
    const applied = await applyPut(ctx, proposal);
    const { kind, put } = requestOf(proposal);
    try {
      // The link of a draft leads to the editor; the published page has another one.
      const found = await findDocument(ctx, kind, put.id);
      return { ...applied, url: found?.url ?? applied.url };
    } catch (error) {
      // It is published: that its link could not be read must not look as if it were not.
      if (error instanceof ConfabError) return applied;
      throw error;
    }
  },
  async verify(ctx, proposal, outcome) {
    const { kind, put } = requestOf(proposal);
    const saved = await findDocument(ctx, kind, put.id, {
      format: 'storage',
      ...(outcome.version === null ? {} : { version: outcome.version }),
    });
    if (saved === null) throw documentNotFound(put.title, kind);
    const check = await saysTheSame(ctx, saved, put);
    const details = saved.title === put.title ? [] : [`The title is "${saved.title}", not "${put.title}".`];
    const ok = check.ok && details.length === 0;
    return {
      ok,
      summary: ok
        ? `Published as version ${saved.version}, with the text of the draft: ${check.summary}.`
        : check.summary,
      version: saved.version,
      details: [...details, ...check.details],
      ...(check.diff === null ? {} : { diff: check.diff }),
    };
  },
  async settle(ctx, proposal) {
    const { kind, put, published } = requestOf(proposal);
    const now = await findDocument(ctx, kind, put.id);
    if (now === null || now.version <= published || now.status === 'draft') return { kind: 'not_applied' };
    const written = await findDocument(ctx, kind, put.id, { format: 'storage', version: published + 1 });
    const same = written !== null && (await saysTheSame(ctx, written, put)).ok;
    if (same && written.versionMessage === put.version.message)
      return { kind: 'applied', outcome: outcomeOf(proposal, published + 1) };
    return {
      kind: 'unknown',
      found: `Version ${published + 1} of "${put.title}" exists, but ${same ? 'its comment is not ours' : 'its text is not the draft'}.`,
    };
  },
  async inverse(ctx, proposal, outcome) {
    const { kind, put, published } = requestOf(proposal);
    if (published > 0) return inversePut(ctx, proposal, outcome, kind);
    const made = [{ id: put.id, version: outcome.version ?? 1 }];
    return deletionOf(ctx, kind, made, `Undo: ${proposal.title}`);
  },
});
