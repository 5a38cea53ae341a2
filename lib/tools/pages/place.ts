import { ConfabError, UserError } from '#errors';
import { getPageDirectChildren } from '#lib/confluence';
import { type Document, findDocument } from '../documents.ts';
import { contentNumber } from '../ids.ts';
import type { Context } from '../operation.ts';
import { resolvePage } from '../resolve/page.ts';
import { readReference } from '../resolve/reference.ts';
import { allSpaces, resolveSpace, type Space, spaceById } from '../resolve/space.ts';

export type Position = 'append' | 'before' | 'after';

/** Where a page stood: its parent, space and the sibling after which it came, for putting it back. */
export type Place = { parentId: string | null; spaceId: string; after: string | null; before: string | null };

/** Where pages are to go. */
export type Goal = {
  id: string;
  title: string;
  parentId: string | null;
  spaceId: string;
  position: Position;
};

/** The space that is called exactly so, by key or name, with or without `the ... space` around it. */
async function spaceCalled(ctx: Context, given: string): Promise<Space | null> {
  const name = given
    .trim()
    .toLowerCase()
    .replace(/^the\s+/, '')
    .replace(/\s+space$/, '');
  const spaces = await allSpaces(ctx);
  return (
    spaces.find((space) => space.key.toLowerCase() === name || space.name.toLowerCase() === name) ?? null
  );
}

function homeOf(space: Space): Goal {
  if (space.homepageId === null)
    throw new UserError('not_possible', `The space ${space.name} has no homepage to put pages under.`, {
      next: 'Name a page as target.',
    });
  return {
    id: space.homepageId,
    title: `the homepage of ${space.name}`,
    parentId: space.homepageId,
    spaceId: space.id,
    position: 'append',
  };
}

/**
 * The place meant by a page, a space or a home. What is exactly a space's name means the space: a page whose title only
 * contains it must not catch what is to go there.
 */
export async function goalOf(ctx: Context, given: string, position: Position): Promise<Goal> {
  const named = position === 'append' ? await spaceCalled(ctx, given) : null;
  if (named !== null) return homeOf(named);
  const page = await resolvePage(ctx, given).catch((error: unknown) => {
    if (error instanceof ConfabError && error.code === 'not_found') return null;
    throw error;
  });
  const reference = readReference(given, ctx.confluence.site.url);
  if (page !== null && reference.kind !== 'home') {
    const beside = position !== 'append';
    if (beside && page.parentId === null) {
      throw new UserError(
        'invalid_input',
        'Beside a page at the top level, a page disappears from the tree.',
        { next: 'Use position append with the homepage of the space.' },
      );
    }
    return {
      id: page.id,
      title: page.title,
      parentId: beside ? page.parentId : page.id,
      spaceId: page.spaceId,
      position,
    };
  }
  return homeOf(await resolveSpace(ctx, reference.kind === 'home' ? reference.spaceKey : given));
}

/** Where a page stands now. */
export async function placeOf(ctx: Context, page: Document): Promise<Place> {
  const siblings =
    page.parentId === null || page.parentType === 'folder'
      ? []
      : ((await getPageDirectChildren(ctx.confluence, { id: contentNumber(page.parentId), limit: 250 }))
          .results ?? []);
  const at = siblings.findIndex((one) => String(one.id) === page.id);
  const idAt = (index: number) =>
    at < 0 || siblings[index]?.id === undefined ? null : String(siblings[index]?.id);
  return {
    parentId: page.parentId,
    spaceId: page.spaceId,
    after: at > 0 ? idAt(at - 1) : null,
    before: idAt(at + 1),
  };
}

/** How one page goes back: beside a neighbour, or (`targetId` null) to the end of its parent. */
export type StepBack = { pageId: string; from: Place; position: Position; targetId: string | null };

/**
 * Puts pages that were moved together back where they stood: in an order in which each finds a neighbour that is there
 * already, or is back by then.
 */
export async function stepsBack(
  ctx: Context,
  moved: readonly { pageId: string; from: Place }[],
): Promise<StepBack[]> {
  const ids = new Set(moved.map((one) => one.pageId));
  const parents = new Map<string, string | null>();
  for (const { from } of moved)
    for (const id of [from.after, from.before])
      if (id !== null && !ids.has(id) && !parents.has(id)) {
        const now = await findDocument(ctx, 'page', id);
        parents.set(id, now?.status === 'current' ? now.parentId : null);
      }
  const back = new Set<string>();
  const stands = (id: string | null, { parentId }: Place): id is string =>
    id !== null && parentId !== null && (back.has(id) || parents.get(id) === parentId);
  const rest = [...moved].reverse();
  const steps: StepBack[] = [];
  while (rest.length > 0) {
    const next = rest.findIndex(({ from }) => stands(from.after, from) || stands(from.before, from));
    const [one] = rest.splice(Math.max(0, next), 1);
    if (one === undefined) break;
    const { pageId, from } = one;
    if (stands(from.after, from)) steps.push({ pageId, from, position: 'after', targetId: from.after });
    else if (stands(from.before, from))
      steps.push({ pageId, from, position: 'before', targetId: from.before });
    else steps.push({ pageId, from, position: 'append', targetId: null });
    back.add(pageId);
  }
  return steps;
}

/** `Engineering / Runbooks` */
export async function nameOfPlace(ctx: Context, parentId: string | null, spaceId: string): Promise<string> {
  const space = await spaceById(ctx, spaceId);
  const parent = parentId === null ? null : await findDocument(ctx, 'page', parentId);
  return `${space?.name ?? spaceId} / ${parent?.title ?? (parentId === null ? 'top level' : `item ${parentId}`)}`;
}
