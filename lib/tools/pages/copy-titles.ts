import { UserError } from '#errors';
import { getPagesInSpace, nextCursor } from '#lib/confluence';
import { contentNumber } from '../ids.ts';
import type { Context } from '../operation.ts';
import { checkTitle } from '../page-write/index.ts';
import type { Space } from '../resolve/space.ts';
import { clashes } from './new-place.ts';

export type TitleRule = { prefix: string; search: string; replace: string };

/** The title of a copy: searched and replaced, then the prefix in front, as Atlassian does it. */
export function retitled(title: string, { prefix, search, replace }: TitleRule): string {
  return prefix + (search === '' ? title : title.replaceAll(search, replace));
}

/** Above this many titles the pages of the space are listed instead of asking for each. */
const askEach = 12;
const mostListed = 10_000;

async function takenOf(ctx: Context, spaceId: string, titles: readonly string[]): Promise<string[]> {
  if (titles.length <= askEach) {
    const found = await Promise.all(titles.map((title) => clashes(ctx, spaceId, title)));
    return titles.filter((_title, at) => (found[at]?.length ?? 0) > 0);
  }
  const there = new Set<string>();
  let cursor: string | undefined;
  do {
    ctx.signal.throwIfAborted();
    const page = await getPagesInSpace(ctx.confluence, {
      id: contentNumber(spaceId),
      status: ['current', 'archived'],
      limit: 250,
      cursor,
    });
    for (const one of page.results ?? []) there.add((one.title ?? '').toLowerCase());
    cursor = nextCursor(page) ?? undefined;
    ctx.progress(`${there.size} titles of the space looked at`);
  } while (cursor !== undefined && there.size < mostListed);
  return titles.filter((title) => there.has(title.toLowerCase()));
}

/**
 * Titles are unique in a space: none of the new ones may be there already, nor occur twice.
 * @throws UserError title_taken, invalid_input.
 */
export async function checkTitles(ctx: Context, space: Space, titles: readonly string[]): Promise<void> {
  for (const title of titles) checkTitle(title);
  const lower = titles.map((title) => title.toLowerCase());
  const twice = titles.find((_title, at) => lower.indexOf(lower[at] ?? '') !== at);
  if (twice !== undefined)
    throw new UserError('invalid_input', `Two of the copies would be called "${twice}".`, {
      next: 'Use title_prefix, or another title_search and title_replace.',
    });
  const taken = await takenOf(ctx, space.id, titles);
  if (taken.length === 0) return;
  const shown = taken
    .slice(0, 5)
    .map((title) => `"${title}"`)
    .join(', ');
  throw new UserError(
    'title_taken',
    `${space.name} already has pages called ${shown}${taken.length > 5 ? ` and ${taken.length - 5} more` : ''}; titles are unique in a space.`,
    {
      next: 'Give a title_prefix such as "Copy of ", or title_search and title_replace.',
      data: { taken: taken.slice(0, 50) },
    },
  );
}
