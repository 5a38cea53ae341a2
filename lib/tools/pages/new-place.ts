import { UserError } from '#errors';
import { getBlogPosts, getPages } from '#lib/confluence';
import { type Document, type DocumentKind, documentOf, findDocument } from '../documents.ts';
import { contentNumber } from '../ids.ts';
import type { Context } from '../operation.ts';
import { resolveDocument } from '../resolve/page.ts';
import { readReference } from '../resolve/reference.ts';
import type { Space } from '../resolve/space.ts';
import { findNode, type Node } from '../tree-nodes/node.ts';

/**
 * Current and archived pages (or blog posts) with this title: titles are unique in a space among pages and among posts,
 * and archived pages keep theirs.
 */
export async function clashes(
  ctx: Context,
  spaceId: string,
  title: string,
  kind: DocumentKind = 'page',
): Promise<Document[]> {
  const asked = { spaceId: [contentNumber(spaceId)], title, limit: 10 };
  const found = await (kind === 'page'
    ? getPages(ctx.confluence, asked)
    : getBlogPosts(ctx.confluence, asked));
  return (found.results ?? [])
    .map((raw) => documentOf(ctx, kind, raw as Parameters<typeof documentOf>[2]))
    .filter(
      (one) =>
        one.title.toLowerCase() === title.toLowerCase() &&
        (one.status === 'current' || one.status === 'archived'),
    );
}

/** A title like this one that is free. */
async function freeTitle(ctx: Context, spaceId: string, title: string, kind: DocumentKind): Promise<string> {
  for (let n = 2; n < 6; n++) {
    const candidate = `${title.slice(0, 250)} (${n})`;
    if ((await clashes(ctx, spaceId, candidate, kind)).length === 0) return candidate;
  }
  return `${title.slice(0, 240)} ${new Date().toISOString().slice(0, 10)}`;
}

/**
 * @param own id of what may have the title already.
 * @throws UserError title_taken with the page or post that has the title, and a title that is free.
 */
export async function checkFree(
  ctx: Context,
  space: Space,
  title: string,
  kind: DocumentKind = 'page',
  own: string | null = null,
): Promise<void> {
  const taken = (await clashes(ctx, space.id, title, kind)).find((one) => one.id !== own);
  if (taken === undefined) return;
  const suggestion = await freeTitle(ctx, space.id, title, kind);
  const noun = kind === 'page' ? 'page' : 'blog post';
  throw new UserError(
    'title_taken',
    `${space.name} already has a ${noun} called "${taken.title}"${taken.status === 'archived' ? ' (archived)' : ''}: ${taken.url}`,
    {
      next: `Change that ${noun} with ${kind === 'page' ? 'edit_page' : 'update_blog_post'}, or take another title such as "${suggestion}".`,
      data: {
        existing: { id: taken.id, title: taken.title, status: taken.status, url: taken.url },
        suggestion,
      },
    },
  );
}

/** The page or folder to create under; null for the homepage. @throws UserError invalid_input in another space. */
export async function parentOf(
  ctx: Context,
  space: Space,
  given: string | undefined,
): Promise<{ id: string; title: string } | null> {
  if (given === undefined) return null;
  const reference = readReference(given, ctx.confluence.site.url);
  const node = reference.kind === 'id' ? await nodeOfId(ctx, reference.id, reference.type) : null;
  if (node !== null) return checkPlace(node, space);
  const inSpace = reference.kind === 'titled' && reference.space === null ? `${space.key}:${given}` : given;
  const found = await resolveDocument(ctx, inSpace, ['page']);
  return checkPlace(found, space);
}

/** A folder or another thing of the page tree that is no page, by its id; null when a page has it. */
async function nodeOfId(ctx: Context, id: string, type: string | null): Promise<Node | null> {
  if (type === 'page' || (await findDocument(ctx, 'page', id)) !== null) return null;
  for (const kind of ['folder', 'whiteboard', 'database', 'smart_link'] as const) {
    const node = await findNode(ctx, kind, id);
    if (node !== null) return node;
  }
  return null;
}

function checkPlace(
  found: { id: string; title: string; spaceId: string },
  space: Space,
): { id: string; title: string } {
  if (found.spaceId === space.id) return { id: found.id, title: found.title };
  throw new UserError(
    'invalid_input',
    `The parent "${found.title}" lies in another space than ${space.name}.`,
    { next: 'Choose a parent in the same space, or the space of the parent.' },
  );
}
