import { z } from 'zod';
import { ConfabError, UserError } from '#errors';
import { addLabelsToContent, createPage as postPage } from '#lib/confluence';
import { diffStorage, verifyStorage } from '#lib/content';
import type { FieldDiff } from '#lib/wire';
import { defineWrite } from '../define.ts';
import { documentOf, findDocument } from '../documents.ts';
import { text } from '../inputs.ts';
import { labelNames } from '../labels/names.ts';
import type { Context, Outcome, Proposal } from '../operation.ts';
import { checkSize, checkTitle } from '../page-write/index.ts';
import { resolveSpace, type Space } from '../resolve/space.ts';
import { proposalShape } from '../written.ts';
import { bodyFrom, bodyOfTemplate, type NewBody } from './create-body.ts';
import { deletionOf } from './delete-page.ts';
import { checkFree, clashes, parentOf } from './new-place.ts';

const input = z.object({
  space: text,
  title: text.optional(),
  body: z.string().optional(),
  body_format: z.enum(['markdown', 'storage', 'adf', 'wiki']).optional(),
  parent: text.optional(),
  draft: z.boolean().optional(),
  template_id: text.optional(),
  template_values: z.record(z.string(), z.string()).optional(),
  live: z.boolean().optional(),
  private: z.boolean().optional(),
  labels: z.array(text).optional(),
});

type Input = z.output<typeof input>;

type CreateRequest = {
  post: {
    spaceId: string;
    status: 'current' | 'draft';
    title: string;
    parentId?: string;
    subtype?: 'live';
    body: { representation: NewBody['representation']; value: string };
  };
  private: boolean;
  labels: string[];
};

async function newBody(ctx: Context, o: Input, title: string): Promise<NewBody> {
  if (o.template_id !== undefined) return bodyOfTemplate(ctx, o.template_id, o.template_values ?? {});
  return bodyFrom(o.body ?? '', o.body_format ?? 'markdown', title);
}

function fieldsOf(space: Space, request: CreateRequest, parent: string, foreign: string | null): FieldDiff[] {
  const field = (label: string, after: string): FieldDiff => ({ label, before: null, after });
  return [
    field('Title', request.post.title),
    field('Space', `${space.name} (${space.key})`),
    field('Parent', parent),
    ...(request.post.status === 'draft' ? [field('Status', 'draft')] : []),
    ...(request.private ? [field('Visible to', 'only you')] : []),
    ...(request.post.subtype === 'live' ? [field('Kind', 'live doc')] : []),
    ...(request.labels.length > 0 ? [field('Labels', request.labels.join(', '))] : []),
    ...(foreign === null ? [] : [field(`Body (${request.post.body.representation})`, foreign)]),
  ];
}

async function preview(ctx: Context, o: Input): Promise<Proposal> {
  const draft = o.draft === true;
  if (o.title === undefined && !draft) {
    throw new UserError('invalid_input', 'title: A published page needs a title.', {
      next: 'Give a title, or set draft.',
    });
  }
  const title = o.title === undefined ? '' : checkTitle(o.title);
  const space = await resolveSpace(ctx, o.space);
  if (!draft) await checkFree(ctx, space, title);
  const parent = await parentOf(ctx, space, o.parent);
  const body = await newBody(ctx, o, title);
  checkSize(body.value);
  const { names: labels, notes } = labelNames(o.labels ?? []);
  const request: CreateRequest = {
    post: {
      spaceId: space.id,
      status: draft ? 'draft' : 'current',
      title,
      ...(parent === null ? {} : { parentId: parent.id }),
      ...(o.live === true ? { subtype: 'live' as const } : {}),
      body: { representation: body.representation, value: body.value },
    },
    private: o.private === true,
    labels,
  };
  const isStorage = body.representation === 'storage';
  return {
    operation: 'create_page',
    input: {
      ...o,
      space: space.id,
      ...(parent === null ? {} : { parent: parent.id }),
      ...(o.title === undefined ? {} : { title }),
    },
    title: `Create ${draft ? 'draft' : 'page'} "${title || 'Untitled'}" in ${space.name}`,
    target: {
      kind: 'page',
      id: null,
      title: title || 'Untitled',
      space: { id: space.id, key: space.key, name: space.name },
      url: null,
    },
    baseVersion: null,
    request,
    diff: {
      fields: fieldsOf(
        space,
        request,
        parent?.title ?? 'the homepage of the space',
        isStorage ? null : body.value,
      ),
      body: isStorage && body.value !== '' ? diffStorage('', body.value) : null,
    },
    warnings: [
      ...(body.value.trim() === ''
        ? [{ code: 'empty_body', message: 'The page will be empty.', mustConfirm: false }]
        : []),
      ...[...body.notes, ...notes].map((message) => ({ code: 'note', message, mustConfirm: false })),
    ],
    editable: body.markdown === null ? null : { label: 'Page text (Markdown)', text: body.markdown },
    undo: draft
      ? { possible: false, why: 'A draft cannot be moved to the trash; discard it in Confluence.' }
      : { possible: true },
  };
}

const requestOf = (proposal: Proposal): CreateRequest => proposal.request as CreateRequest;

async function addLabels(ctx: Context, id: string, labels: readonly string[]): Promise<string | null> {
  if (labels.length === 0) return null;
  try {
    await addLabelsToContent(ctx.confluence, {
      id,
      body: labels.map((name) => ({ prefix: 'global', name })),
    });
    return null;
  } catch (error) {
    // The page exists already: its labels failing must not look as if nothing had been made.
    if (error instanceof ConfabError) return error.message;
    throw error;
  }
}

function outcomeOf(
  id: string,
  title: string,
  url: string,
  version: number,
  labelsError: string | null,
): Outcome {
  return {
    targetId: id,
    title,
    url,
    version,
    receipt: { created: id, ...(labelsError === null ? {} : { labelsError }) },
  };
}

export const createPage = defineWrite({
  name: 'create_page',
  input,
  output: proposalShape,
  preview,
  async edit(ctx, proposal, newText) {
    return preview(ctx, { ...input.parse(proposal.input), body: newText, body_format: 'markdown' });
  },
  async rebase(ctx, proposal) {
    const { post } = requestOf(proposal);
    const taken = post.status === 'draft' ? [] : await clashes(ctx, post.spaceId, post.title);
    if (taken[0] === undefined) return { kind: 'current' };
    return {
      kind: 'conflict',
      message: `A page called "${taken[0].title}" exists there now: ${taken[0].url}`,
      yours: proposal.diff.body,
      theirs: null,
    };
  },
  async apply(ctx, proposal) {
    const request = requestOf(proposal);
    const made = await postPage(ctx.confluence, {
      body: request.post,
      ...(request.private ? { private: true } : {}),
    });
    const found = documentOf(ctx, 'page', made);
    const labelsError = await addLabels(ctx, found.id, request.labels);
    return outcomeOf(found.id, found.title, found.url, found.version, labelsError);
  },
  async verify(ctx, proposal, outcome) {
    const { post, labels } = requestOf(proposal);
    const saved = await findDocument(ctx, 'page', outcome.targetId ?? '', {
      format: 'storage',
      include: ['labels'],
      ...(post.status === 'draft' ? { draft: true } : {}),
    });
    if (saved === null)
      return { ok: false, summary: 'The new page could not be read back.', version: null, details: [] };
    const details: string[] = [];
    if (saved.title !== post.title) details.push(`The title is "${saved.title}".`);
    if (saved.spaceId !== post.spaceId) details.push('The page is in another space.');
    if (post.parentId !== undefined && saved.parentId !== post.parentId)
      details.push('The page has another parent.');
    const lacking = labels.filter((name) => !(saved.labels ?? []).includes(name));
    if (lacking.length > 0)
      details.push(
        `Labels missing: ${lacking.join(', ')}. ${String(outcome.receipt.labelsError ?? '')}`.trim(),
      );
    const wrong = details.length > 0;
    if (post.body.representation !== 'storage')
      details.push('The body was sent in a format that Confluence converts, so it was not compared.');
    const check =
      post.body.representation === 'storage' && saved.version === 1
        ? verifyStorage(post.body.value, post.body.value, saved.body ?? '')
        : null;
    const ok = !wrong && (check?.ok ?? true);
    return {
      ok,
      summary: ok ? 'The page was read back and is as approved.' : 'The page differs from what was approved.',
      version: saved.version,
      details: [...details, ...(check?.details ?? [])],
    };
  },
  async settle(ctx, proposal) {
    const { post } = requestOf(proposal);
    if (post.status === 'draft')
      return {
        kind: 'unknown',
        found: 'Drafts cannot be listed, so it is not known whether the draft was made.',
      };
    const [same] = await clashes(ctx, post.spaceId, post.title);
    if (same === undefined) return { kind: 'not_applied' };
    const saved = await findDocument(ctx, 'page', same.id, { format: 'storage', version: 1 });
    const mine = saved !== null && same.authorId === ctx.connection.account.id;
    if (
      mine &&
      post.body.representation === 'storage' &&
      verifyStorage(post.body.value, post.body.value, saved.body ?? '').ok
    ) {
      return { kind: 'applied', outcome: outcomeOf(same.id, same.title, same.url, same.version, null) };
    }
    return {
      kind: 'unknown',
      found: `A page called "${same.title}" exists, but its text is not the one that was approved: ${same.url}`,
    };
  },
  async inverse(ctx, proposal, outcome) {
    if (requestOf(proposal).post.status === 'draft')
      return { impossible: 'A draft cannot be moved to the trash; discard it in Confluence.' };
    return deletionOf(ctx, [outcome.targetId ?? ''], `Undo: ${proposal.title}`);
  },
});
