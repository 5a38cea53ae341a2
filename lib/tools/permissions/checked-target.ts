import { UserError } from '#errors';
import {
  getAttachmentById,
  getAttachmentOperations,
  getBlogPostOperations,
  getCustomContentById,
  getCustomContentOperations,
  getDatabaseById,
  getDatabaseOperations,
  getFolderById,
  getFolderOperations,
  getFooterCommentById,
  getFooterCommentOperations,
  getInlineCommentById,
  getInlineCommentOperations,
  getPageOperations,
  getSmartLinkById,
  getSmartLinkOperations,
  getSpaceOperations,
  getWhiteboardById,
  getWhiteboardOperations,
} from '#lib/confluence';
import type { Source } from '#lib/wire';
import { type Held, inAllowedSpaces } from '../content-space.ts';
import { attachmentId, contentNumber } from '../ids.ts';
import type { Context } from '../operation.ts';
import { sourceOf } from '../render.ts';
import { resolveDocument } from '../resolve/page.ts';
import { resolveSpace } from '../resolve/space.ts';
import { requireSpace } from '../spaces-limit.ts';

export const checkedKinds = [
  'page',
  'blog_post',
  'attachment',
  'custom_content',
  'whiteboard',
  'database',
  'folder',
  'smart_link',
  'footer_comment',
  'inline_comment',
  'space',
] as const;
export type CheckedKind = (typeof checkedKinds)[number];

/** Something whose permitted operations can be asked. `apiType` is its kind as those operations name it. */
export type CheckedTarget = {
  kind: CheckedKind;
  apiType: string;
  id: string;
  title: string;
  url: string | null;
  source: Source;
  /** What the caller may do, as the API lists it. */
  operations(): Promise<{ operation: string; target: string }[]>;
};

type Answer = { operations?: { operation?: string; targetType?: string }[] | null };
type Raw = {
  title?: string | null;
  spaceId?: string | number | null;
  _links?: { webui?: unknown } | null;
} & Held;

/** Reads a thing by number, and its operations. Pages, posts, files and spaces are found by the resolvers. */
type ByNumber = {
  apiType: string;
  read(ctx: Context, id: number): Promise<unknown>;
  operations(ctx: Context, id: number): Promise<unknown>;
};

const byNumber = {
  custom_content: {
    apiType: 'custom',
    read: (ctx, id) => getCustomContentById(ctx.confluence, { id }),
    operations: (ctx, id) => getCustomContentOperations(ctx.confluence, { id }),
  },
  whiteboard: {
    apiType: 'whiteboard',
    read: (ctx, id) => getWhiteboardById(ctx.confluence, { id }),
    operations: (ctx, id) => getWhiteboardOperations(ctx.confluence, { id }),
  },
  database: {
    apiType: 'database',
    read: (ctx, id) => getDatabaseById(ctx.confluence, { id }),
    operations: (ctx, id) => getDatabaseOperations(ctx.confluence, { id }),
  },
  folder: {
    apiType: 'folder',
    read: (ctx, id) => getFolderById(ctx.confluence, { id }),
    operations: (ctx, id) => getFolderOperations(ctx.confluence, { id }),
  },
  smart_link: {
    apiType: 'embed',
    read: (ctx, id) => getSmartLinkById(ctx.confluence, { id }),
    operations: (ctx, id) => getSmartLinkOperations(ctx.confluence, { id }),
  },
  footer_comment: {
    apiType: 'comment',
    read: (ctx, id) => getFooterCommentById(ctx.confluence, { commentId: id }),
    operations: (ctx, id) => getFooterCommentOperations(ctx.confluence, { id }),
  },
  inline_comment: {
    apiType: 'comment',
    read: (ctx, id) => getInlineCommentById(ctx.confluence, { commentId: id }),
    operations: (ctx, id) => getInlineCommentOperations(ctx.confluence, { id }),
  },
} satisfies Partial<Record<CheckedKind, ByNumber>>;

const listed = (answer: unknown): { operation: string; target: string }[] =>
  ((answer as Answer | undefined)?.operations ?? []).map((one) => ({
    operation: one.operation ?? '',
    target: one.targetType ?? '',
  }));

const missing = (given: string) => () =>
  new UserError('not_found', `Nothing with the id "${given}" is visible to you.`, {
    next: 'Check the id and the content type.',
  });

function isByNumber(kind: CheckedKind): kind is keyof typeof byNumber {
  return kind in byNumber;
}

/** Keeps to the allowed spaces: by the thing's own space, else by the page or post it is on. */
async function checkLimits(ctx: Context, given: string, raw: Raw): Promise<void> {
  if (ctx.limits.spaces === null) return;
  const own = raw.spaceId;
  if (own !== undefined && own !== null) requireSpace(ctx, String(own), missing(given));
  else if ((await inAllowedSpaces(ctx, [raw])).length === 0) throw missing(given)();
}

function made(
  ctx: Context,
  o: Pick<CheckedTarget, 'kind' | 'apiType' | 'id'> & {
    title: string;
    webui: unknown;
    ask: () => Promise<unknown>;
  },
): CheckedTarget {
  const url = typeof o.webui === 'string' ? ctx.confluence.webUrl(o.webui) : null;
  const title = o.title || `${o.kind.replace('_', ' ')} ${o.id}`;
  return {
    kind: o.kind,
    apiType: o.apiType,
    id: o.id,
    title,
    url,
    source: sourceOf({ id: o.id, type: o.kind, title, url }),
    operations: async () => listed(await o.ask()),
  };
}

async function documentTarget(
  ctx: Context,
  given: string,
  kind: 'page' | 'blog_post',
): Promise<CheckedTarget> {
  const found = await resolveDocument(
    ctx,
    given,
    kind === 'page' ? ['page', 'blog_post'] : ['blog_post', 'page'],
  );
  const id = contentNumber(found.id);
  const { url } = found;
  const target = made(ctx, {
    kind: found.kind,
    apiType: found.kind === 'page' ? 'page' : 'blogpost',
    id: found.id,
    title: found.title,
    webui: null,
    ask: () =>
      found.kind === 'page'
        ? getPageOperations(ctx.confluence, { id })
        : getBlogPostOperations(ctx.confluence, { id }),
  });
  return { ...target, url, source: { ...target.source, url } };
}

async function spaceTarget(ctx: Context, given: string): Promise<CheckedTarget> {
  const space = await resolveSpace(ctx, given);
  const { url } = space;
  const target = made(ctx, {
    kind: 'space',
    apiType: 'space',
    id: space.id,
    title: space.name,
    webui: null,
    ask: () => getSpaceOperations(ctx.confluence, { id: contentNumber(space.id) }),
  });
  return { ...target, url, source: { ...target.source, url } };
}

async function fileTarget(ctx: Context, given: string): Promise<CheckedTarget> {
  const id = attachmentId(given);
  const raw = (await getAttachmentById(ctx.confluence, { id })) as Raw;
  await checkLimits(ctx, given, raw);
  return made(ctx, {
    kind: 'attachment',
    apiType: 'attachment',
    id,
    title: raw.title ?? '',
    webui: raw._links?.webui,
    ask: () => getAttachmentOperations(ctx.confluence, { id }),
  });
}

/**
 * What is to be checked, by id or link (a space also by key or name). Without a kind: an attachment id is one, anything else
 * is looked for among pages, then blog posts.
 * @throws UserError not_found, also for what lies outside the allowed spaces.
 */
export async function targetOf(
  ctx: Context,
  given: string,
  asked: CheckedKind | undefined,
): Promise<CheckedTarget> {
  const kind = asked ?? (/^att\d+$/.test(given.trim()) ? 'attachment' : 'page');
  if (kind === 'page' || kind === 'blog_post') return documentTarget(ctx, given, kind);
  if (kind === 'space') return spaceTarget(ctx, given);
  if (kind === 'attachment' || !isByNumber(kind)) return fileTarget(ctx, given);
  const { apiType, read, operations }: ByNumber = byNumber[kind];
  const digits = /(\d{1,18})\D*$/.exec(given.trim())?.[1] ?? given;
  const id = contentNumber(digits);
  const raw = (await read(ctx, id)) as Raw;
  await checkLimits(ctx, given, raw);
  return made(ctx, {
    kind,
    apiType,
    id: digits,
    title: raw.title ?? '',
    webui: raw._links?.webui,
    ask: () => operations(ctx, id),
  });
}
