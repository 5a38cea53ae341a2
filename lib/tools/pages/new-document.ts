import { ConfabError } from '#errors';
import { addLabelsToContent, createBlogPost as postBlogPost, createPage as postPage } from '#lib/confluence';
import { diffStorage, sameStorage } from '#lib/content';
import type { ChangeWarning, FieldDiff } from '#lib/wire';
import { type DocumentKind, documentOf, findDocument, readDocument } from '../documents.ts';
import { labelNames } from '../labels/names.ts';
import type { Context, Outcome, Proposal, WriteOperation } from '../operation.ts';
import { checkBody, checkSize } from '../page-write/index.ts';
import type { Space } from '../resolve/space.ts';
import type { NewBody } from './create-body.ts';
import { deletionOf } from './delete-document.ts';
import { clashes } from './new-place.ts';
import { discardOf } from './purge-page.ts';

/** Exactly what is sent to make a page or blog post, and the labels it then gets. */
type NewRequest = {
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

export type NewDocument = {
  kind: DocumentKind;
  space: Space;
  title: string;
  body: NewBody;
  draft: boolean;
  private: boolean;
  labels: readonly string[];
  /** Pages only. */
  parent?: { id: string; title: string } | null;
  live?: boolean;
  input: Record<string, unknown>;
};

const nouns: Record<DocumentKind, string> = { page: 'page', blog_post: 'blog post' };
const operations: Record<DocumentKind, 'create_page' | 'create_blog_post'> = {
  page: 'create_page',
  blog_post: 'create_blog_post',
};
const kindOf = (proposal: Proposal): DocumentKind =>
  proposal.operation === 'create_blog_post' ? 'blog_post' : 'page';
const requestOf = (proposal: Proposal): NewRequest => proposal.request as NewRequest;

function fieldsOf(o: NewDocument, labels: readonly string[]): FieldDiff[] {
  const field = (label: string, after: string): FieldDiff => ({ label, before: null, after });
  return [
    field('Title', o.title),
    field('Space', `${o.space.name} (${o.space.key})`),
    ...(o.kind === 'page' ? [field('Parent', o.parent?.title ?? 'the homepage of the space')] : []),
    ...(o.draft ? [field('Status', 'draft')] : []),
    ...(o.private ? [field('Visible to', 'only you')] : []),
    ...(o.live === true ? [field('Kind', 'live doc')] : []),
    ...(labels.length > 0 ? [field('Labels', labels.join(', '))] : []),
    ...(o.body.representation === 'storage' ? [] : [field(`Body (${o.body.representation})`, o.body.value)]),
  ];
}

/** The proposal of a new page or blog post. The title has been checked to be free, the parent to be in the space. */
export function newDocumentProposal(o: NewDocument): Proposal {
  const { kind, space, title, body } = o;
  checkSize(body.value);
  const { names: labels, notes } = labelNames(o.labels);
  const request: NewRequest = {
    post: {
      spaceId: space.id,
      status: o.draft ? 'draft' : 'current',
      title,
      ...(o.parent ? { parentId: o.parent.id } : {}),
      ...(o.live === true ? { subtype: 'live' as const } : {}),
      body: { representation: body.representation, value: body.value },
    },
    private: o.private,
    labels,
  };
  const name = title || 'Untitled';
  const empty: ChangeWarning[] =
    body.value.trim() === ''
      ? [{ code: 'empty_body', message: `The ${nouns[kind]} will be empty.`, mustConfirm: false }]
      : [];
  return {
    operation: operations[kind],
    input: o.input,
    title: `Create ${o.draft ? (kind === 'page' ? 'draft' : 'blog post draft') : nouns[kind]} "${name}" in ${space.name}`,
    target: {
      kind,
      id: null,
      title: name,
      space: { id: space.id, key: space.key, name: space.name },
      url: null,
    },
    baseVersion: null,
    request,
    diff: {
      fields: fieldsOf(o, labels),
      body: body.representation === 'storage' && body.value !== '' ? diffStorage('', body.value) : null,
    },
    warnings: [
      ...empty,
      ...[...body.notes, ...notes].map((message) => ({ code: 'note', message, mustConfirm: false })),
    ],
    editable:
      body.markdown === null
        ? null
        : { label: `${kind === 'page' ? 'Page' : 'Post'} text (Markdown)`, text: body.markdown },
    undo: { possible: true },
  };
}

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

/** Everything after the preview of create_page and create_blog_post. */
export const newDocumentWrite: Pick<WriteOperation, 'rebase' | 'apply' | 'verify' | 'settle' | 'inverse'> = {
  async rebase(ctx, proposal) {
    const { post } = requestOf(proposal);
    const kind = kindOf(proposal);
    const taken = post.status === 'draft' ? [] : await clashes(ctx, post.spaceId, post.title, kind);
    if (taken[0] === undefined) return { kind: 'current' };
    return {
      kind: 'conflict',
      message: `A ${nouns[kind]} called "${taken[0].title}" exists there now: ${taken[0].url}`,
      yours: proposal.diff.body,
      theirs: null,
    };
  },
  async apply(ctx, proposal) {
    const request = requestOf(proposal);
    const kind = kindOf(proposal);
    const parameters = { body: request.post, ...(request.private ? { private: true } : {}) };
    const made = await (kind === 'page'
      ? postPage(ctx.confluence, parameters)
      : postBlogPost(ctx.confluence, parameters));
    const found = documentOf(ctx, kind, made as Parameters<typeof documentOf>[2]);
    const labelsError = await addLabels(ctx, found.id, request.labels);
    return outcomeOf(found.id, found.title, found.url, found.version, labelsError);
  },
  async verify(ctx, proposal, outcome) {
    const { post, labels } = requestOf(proposal);
    const noun = nouns[kindOf(proposal)];
    const saved = await findDocument(ctx, kindOf(proposal), outcome.targetId ?? '', {
      format: 'storage',
      include: ['labels'],
      ...(post.status === 'draft' ? { draft: true } : {}),
    });
    if (saved === null)
      return { ok: false, summary: `The new ${noun} could not be read back.`, version: null, details: [] };
    // Whatever was saved since is somebody else's: what was made is version 1.
    const untouched = post.status === 'draft' || saved.version === 1;
    const made = untouched
      ? saved
      : await readDocument(ctx, kindOf(proposal), saved.id, { format: 'storage', version: 1 });
    const details: string[] = [];
    if (made.title !== post.title) details.push(`The title is "${made.title}".`);
    if (saved.spaceId !== post.spaceId) details.push(`The ${noun} is in another space.`);
    if (untouched && post.parentId !== undefined && saved.parentId !== post.parentId)
      details.push('The page has another parent.');
    const lacking = labels.filter((name) => !(saved.labels ?? []).includes(name));
    if (lacking.length > 0)
      details.push(
        `Labels missing: ${lacking.join(', ')}. ${String(outcome.receipt.labelsError ?? '')}`.trim(),
      );
    const check = await checkBody(ctx, { saved: made, body: post.body, base: 'new' });
    const ok = details.length === 0 && check.ok;
    return {
      ok,
      summary: ok
        ? `The ${noun} was read back and is as approved: ${check.summary}.`
        : `The ${noun} differs from what was approved: ${check.summary}.`,
      version: made.version,
      details: [...details, ...check.details],
      ...(check.diff === null ? {} : { diff: check.diff }),
    };
  },
  async settle(ctx, proposal) {
    const { post } = requestOf(proposal);
    const kind = kindOf(proposal);
    if (post.status === 'draft')
      return {
        kind: 'unknown',
        found: 'Drafts cannot be listed, so it is not known whether the draft was made.',
      };
    const [same] = await clashes(ctx, post.spaceId, post.title, kind);
    if (same === undefined) return { kind: 'not_applied' };
    const saved = await findDocument(ctx, kind, same.id, { format: 'storage', version: 1 });
    const mine = saved !== null && same.authorId === ctx.connection.account.id;
    if (mine && post.body.representation === 'storage' && sameStorage(post.body.value, saved.body ?? '')) {
      return { kind: 'applied', outcome: outcomeOf(same.id, same.title, same.url, same.version, null) };
    }
    return {
      kind: 'unknown',
      found: `A ${nouns[kind]} called "${same.title}" exists, but its text is not the one that was approved: ${same.url}`,
    };
  },
  async inverse(ctx, proposal, outcome) {
    const kind = kindOf(proposal);
    const id = outcome.targetId ?? '';
    const { post } = requestOf(proposal);
    const title = `Undo: ${proposal.title}`;
    if (post.status === 'draft') return discardOf(ctx, kind, id, title, post);
    return deletionOf(ctx, kind, [{ id, version: outcome.version ?? 1 }], title);
  },
};
