import { ConfabError, UserError } from '#errors';
import type { Context } from '../operation.ts';
import { resolveDocument } from '../resolve/page.ts';
import { readReference } from '../resolve/reference.ts';
import { resolveSpace } from '../resolve/space.ts';
import { customIdIn, findCustom } from './item.ts';

/** Where custom content is to stand. `key`: the field of the POST that names it. */
export type Container = {
  key: 'spaceId' | 'pageId' | 'blogPostId' | 'customContentId';
  id: string;
  title: string;
  spaceId: string;
};

async function unlessMissing<T>(value: Promise<T>): Promise<T | null> {
  try {
    return await value;
  } catch (error) {
    if (error instanceof ConfabError && (error.code === 'not_found' || error.code === 'invalid_input'))
      return null;
    throw error;
  }
}

async function asSpace(ctx: Context, given: string): Promise<Container | null> {
  const space = await unlessMissing(resolveSpace(ctx, given));
  return space === null ? null : { key: 'spaceId', id: space.id, title: space.name, spaceId: space.id };
}

async function asDocument(ctx: Context, given: string): Promise<Container | null> {
  const found = await unlessMissing(resolveDocument(ctx, given, ['page', 'blog_post']));
  if (found === null) return null;
  const { id, title, spaceId } = found;
  return { key: found.kind === 'page' ? 'pageId' : 'blogPostId', id, title, spaceId };
}

async function asCustom(ctx: Context, given: string): Promise<Container | null> {
  const item = customIdIn(given) === null ? null : await findCustom(ctx, given);
  return item === null
    ? null
    : { key: 'customContentId', id: item.id, title: item.title, spaceId: item.spaceId };
}

/** True for what a person writes when a space is meant: a key, a name, or the link of a space. */
function namesSpace(ctx: Context, given: string): boolean {
  if (customIdIn(given) !== null) return false;
  const reference = readReference(given, ctx.confluence.site.url);
  return reference.kind === 'home' || (reference.kind === 'titled' && reference.space === null);
}

/** The space, page, blog post or item a person named. @throws UserError not_found. */
export async function resolveContainer(ctx: Context, given: string): Promise<Container> {
  const order = namesSpace(ctx, given) ? [asSpace, asDocument] : [asCustom, asDocument, asSpace];
  for (const find of order) {
    const found = await find(ctx, given);
    if (found !== null) return found;
  }
  throw new UserError('not_found', `No space, page or item "${given}" is visible to you.`, {
    next: 'Give the id or link of a page, or the key of a space.',
  });
}
