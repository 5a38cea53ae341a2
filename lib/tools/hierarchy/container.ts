import { UserError } from '#errors';
import {
  getDatabaseAncestors,
  getFolderAncestors,
  getPageAncestors,
  getSmartLinkAncestors,
  getWhiteboardAncestors,
} from '#lib/confluence';
import { findDocument } from '../documents.ts';
import { contentNumber } from '../ids.ts';
import type { Context } from '../operation.ts';
import { resolveDocument } from '../resolve/page.ts';
import { readReference } from '../resolve/reference.ts';

export type ContainerType = 'page' | 'folder' | 'whiteboard' | 'database' | 'smart_link';
export type Container = {
  type: ContainerType | 'custom_content';
  id: string;
  number: number;
  title: string;
  spaceId: string | null;
};

/** Ancestor rows, root first; no titles (facts: ancestors give id and type only). */
export const readAncestors: Record<
  ContainerType,
  (ctx: Context, id: number) => Promise<{ results?: unknown[] | null }>
> = {
  page: (ctx, id) => getPageAncestors(ctx.confluence, { id, limit: 250 }),
  folder: (ctx, id) => getFolderAncestors(ctx.confluence, { id, limit: 250 }),
  whiteboard: (ctx, id) => getWhiteboardAncestors(ctx.confluence, { id, limit: 250 }),
  database: (ctx, id) => getDatabaseAncestors(ctx.confluence, { id, limit: 250 }),
  smart_link: (ctx, id) => getSmartLinkAncestors(ctx.confluence, { id, limit: 250 }),
};

function missing(given: string): UserError {
  return new UserError('not_found', `Nothing with the id "${given}" is visible to you.`, {
    next: 'Check the id, or look for it with search_content.',
  });
}

/** Under a space limit, what is no page must hang below a page of an allowed space. */
async function checkSpace(ctx: Context, type: ContainerType | 'custom_content', id: string): Promise<void> {
  if (ctx.limits.spaces === null) return;
  if (type === 'custom_content') throw missing(id);
  const rows = ((await readAncestors[type](ctx, contentNumber(id))).results ?? []) as {
    id?: string;
    type?: string;
  }[];
  const page = rows.find((row) => row.type === 'page' && row.id !== undefined);
  if (page?.id === undefined || (await findDocument(ctx, 'page', page.id)) === null) throw missing(id);
}

/** What a person named as the place in the tree: a page by anything, the other types by id or link. */
export async function resolveContainer(
  ctx: Context,
  given: string,
  type: ContainerType | 'custom_content' | undefined,
): Promise<Container> {
  const reference = readReference(given, ctx.confluence.site.url);
  const linked =
    reference.kind === 'id' && reference.type !== null && reference.type !== 'blog_post'
      ? reference.type
      : undefined;
  const wanted = type ?? linked ?? 'page';
  if (wanted === 'page') {
    const page = await resolveDocument(ctx, given, ['page']);
    return {
      type: 'page',
      id: page.id,
      number: contentNumber(page.id),
      title: page.title,
      spaceId: page.spaceId,
    };
  }
  if (reference.kind !== 'id')
    throw new UserError('invalid_input', `id: A ${wanted.replace('_', ' ')} is named by its id or link.`, {
      next: 'Find it with search_content and its type.',
    });
  await checkSpace(ctx, wanted, reference.id);
  return {
    type: wanted,
    id: reference.id,
    number: contentNumber(reference.id),
    title: `${wanted.replace('_', ' ')} ${reference.id}`,
    spaceId: null,
  };
}
