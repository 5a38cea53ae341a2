import { ConfabError } from '#errors';
import { getClassificationLevels, getPageClassificationLevel } from '#lib/confluence';
import type { Document } from '../documents.ts';
import { contentNumber, orNull } from '../ids.ts';
import type { Context } from '../operation.ts';
import type { Space } from '../resolve/space.ts';
import { type Completeness, resultsOfEach, scanPages } from '../scan/index.ts';
import { isOpen, type Restrictions, restrictionsOf } from './restrictions.ts';

/** A page with limits of its own, or with a classification. */
export type LimitedPage = { page: Document; restrictions: Restrictions; classification: string | null };

const mostPages = 1000;

/** Whether the site classifies content and the connection may read it. */
async function classifies(ctx: Context): Promise<boolean> {
  try {
    const levels = await getClassificationLevels(ctx.confluence);
    return Array.isArray(levels) && levels.length > 0;
  } catch (error) {
    if (error instanceof ConfabError && ['missing_scope', 'not_found', 'forbidden'].includes(error.code)) {
      ctx.log.debug({ code: error.code }, 'classification levels could not be read');
      return false;
    }
    throw error;
  }
}

async function classificationOf(ctx: Context, id: string): Promise<string | null> {
  try {
    const level = await orNull(getPageClassificationLevel(ctx.confluence, { id: contentNumber(id) }));
    return level?.name ?? null;
  } catch (error) {
    if (error instanceof ConfabError && ['missing_scope', 'forbidden'].includes(error.code)) return null;
    throw error;
  }
}

/**
 * The pages of a space that limit who may view or edit them, or are classified. One request per page (two where the site
 * classifies), at most 1,000 pages.
 */
export async function limitedPages(
  ctx: Context,
  space: Space,
): Promise<{ pages: LimitedPage[]; completeness: Completeness; classified: boolean }> {
  const all: Document[] = [];
  const scope = { space, cql: null, words: '' };
  const scanned = await scanPages(ctx, { scope, maxPages: mostPages, bodies: false }, (page) => {
    all.push(page);
  });
  const classified = all.length > 0 && (await classifies(ctx));
  const looked = await resultsOfEach(
    ctx,
    all,
    `pages of ${space.name} asked for their restrictions`,
    async (page) => {
      const restrictions = (await orNull(restrictionsOf(ctx, page.id))) ?? { read: [], update: [] };
      const classification = classified ? await classificationOf(ctx, page.id) : null;
      return { page, restrictions, classification };
    },
  );
  const pages = looked.results.filter(
    (one): one is LimitedPage => one !== null && (!isOpen(one.restrictions) || one.classification !== null),
  );
  const completeness: Completeness =
    looked.stopped === null
      ? scanned
      : { looked: looked.done, of: scanned.of, complete: false, stopped: looked.stopped };
  return { pages, completeness, classified };
}
