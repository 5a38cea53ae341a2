import { UserError } from '#errors';
import { findDocument } from '../documents.ts';
import { isNotFound } from '../ids.ts';
import type { Context } from '../operation.ts';
import { resolvePage } from '../resolve/page.ts';
import { readReference } from '../resolve/reference.ts';
import type { Space } from '../resolve/space.ts';
import { findNode, type NodeKind } from './node.ts';

/** Where something is to stand in the page tree. */
export type Parent = { id: string; title: string; type: 'page' | NodeKind };

const kinds: NodeKind[] = ['folder', 'whiteboard', 'database', 'smart_link'];

async function byId(ctx: Context, id: string): Promise<(Parent & { spaceId: string }) | null> {
  const page = await findDocument(ctx, 'page', id);
  if (page !== null) return { id, title: page.title, type: 'page', spaceId: page.spaceId };
  for (const kind of kinds) {
    const node = await findNode(ctx, kind, id);
    if (node !== null) return { id, title: node.title, type: kind, spaceId: node.spaceId };
  }
  return null;
}

async function named(ctx: Context, given: string): Promise<Parent & { spaceId: string }> {
  const reference = readReference(given, ctx.confluence.site.url);
  const found = reference.kind === 'id' ? await byId(ctx, reference.id) : null;
  if (found !== null) return found;
  try {
    const page = await resolvePage(ctx, given);
    return { id: page.id, title: page.title, type: 'page', spaceId: page.spaceId };
  } catch (error) {
    if (!isNotFound(error)) throw error;
    throw new UserError('not_found', `No page or folder "${given}" is visible to you.`, {
      next: 'Name a page, or give the id or link of a folder. search_content finds folders by type.',
    });
  }
}

/** The parent a person named (a page by anything, the others by id or link); without a name the homepage of the space. */
export async function parentIn(
  ctx: Context,
  space: Space,
  given: string | undefined,
): Promise<Parent | null> {
  if (given === undefined) {
    const home = space.homepageId === null ? null : await findDocument(ctx, 'page', space.homepageId);
    return home === null ? null : { id: home.id, title: home.title, type: 'page' };
  }
  const parent = await named(ctx, given);
  if (parent.spaceId === space.id) return { id: parent.id, title: parent.title, type: parent.type };
  throw new UserError('invalid_input', `"${parent.title}" is not in the space ${space.name}.`, {
    next: 'Name a page or folder of that space, or the other space.',
  });
}
