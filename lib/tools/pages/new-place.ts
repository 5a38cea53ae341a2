import { UserError } from '#errors';
import { getPages } from '#lib/confluence';
import { type Document, documentOf } from '../documents.ts';
import { contentNumber } from '../ids.ts';
import type { Context } from '../operation.ts';
import { resolveDocument } from '../resolve/page.ts';
import { readReference } from '../resolve/reference.ts';
import type { Space } from '../resolve/space.ts';

/** Current and archived pages with this title: titles are unique in a space, and archived pages keep theirs. */
export async function clashes(ctx: Context, spaceId: string, title: string): Promise<Document[]> {
  const found = await getPages(ctx.confluence, { spaceId: [contentNumber(spaceId)], title, limit: 10 });
  return (found.results ?? [])
    .map((raw) => documentOf(ctx, 'page', raw as Parameters<typeof documentOf>[2]))
    .filter(
      (one) =>
        one.title.toLowerCase() === title.toLowerCase() &&
        (one.status === 'current' || one.status === 'archived'),
    );
}

/** A title like this one that is free. */
async function freeTitle(ctx: Context, spaceId: string, title: string): Promise<string> {
  for (let n = 2; n < 6; n++) {
    const candidate = `${title.slice(0, 250)} (${n})`;
    if ((await clashes(ctx, spaceId, candidate)).length === 0) return candidate;
  }
  return `${title.slice(0, 240)} ${new Date().toISOString().slice(0, 10)}`;
}

/** @throws UserError title_taken with the page that has the title and one that is free. */
export async function checkFree(ctx: Context, space: Space, title: string): Promise<void> {
  const taken = (await clashes(ctx, space.id, title))[0];
  if (taken === undefined) return;
  const suggestion = await freeTitle(ctx, space.id, title);
  throw new UserError(
    'title_taken',
    `${space.name} already has a page called "${taken.title}"${taken.status === 'archived' ? ' (archived)' : ''}: ${taken.url}`,
    {
      next: `Change that page with edit_page, or take another title such as "${suggestion}".`,
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
  if (reference.kind === 'id' && reference.type === 'folder')
    return { id: reference.id, title: `folder ${reference.id}` };
  const inSpace = reference.kind === 'titled' && reference.space === null ? `${space.key}:${given}` : given;
  const found = await resolveDocument(ctx, inSpace, ['page']);
  if (found.spaceId === space.id) return { id: found.id, title: found.title };
  throw new UserError(
    'invalid_input',
    `The parent "${found.title}" lies in another space than ${space.name}.`,
    { next: 'Choose a parent in the same space, or the space of the parent.' },
  );
}
