import { ConfabError, UserError } from '#errors';
import { getViewers, getViews } from '#lib/confluence';
import { contentNumber, isNotFound } from '../ids.ts';
import type { Context } from '../operation.ts';
import { resultsOfEach } from '../scan/index.ts';

/** Why there are no numbers. Analytics need Confluence Premium or Enterprise, and a space can limit who sees them. */
export function noAnalytics(cause?: unknown): UserError {
  return new UserError('forbidden', 'Confluence does not let your account see page views here.', {
    next: 'Analytics come with Confluence Premium or Enterprise, and a space can limit who sees them: ask its administrator for the right to view analytics.',
    ...(cause === undefined ? {} : { cause }),
  });
}

const refused = (error: unknown): boolean => error instanceof ConfabError && error.code === 'forbidden';

async function counted(
  ctx: Context,
  id: string,
  from: Date | null,
  read: typeof getViews | typeof getViewers,
): Promise<number> {
  const contentId = String(contentNumber(id));
  const found = await read(ctx.confluence, {
    contentId,
    ...(from === null ? {} : { fromDate: from.toISOString() }),
  });
  return Number(found.count ?? 0);
}

/** Views of one page since a moment (null: ever). @throws UserError forbidden, not_found. */
export const viewsOf = (ctx: Context, id: string, from: Date | null): Promise<number> =>
  counted(ctx, id, from, getViews);

/** Different people who viewed one page since a moment (null: ever). @throws UserError forbidden, not_found. */
export const viewersOf = (ctx: Context, id: string, from: Date | null): Promise<number> =>
  counted(ctx, id, from, getViewers);

export type Measured<T> = {
  /** In the order of the pages; null where Confluence gave no number. */
  values: (T | null)[];
  /** How many pages Confluence refused numbers for, or no longer had. */
  without: number;
  stopped: string | null;
};

/**
 * One measurement per page. Pages whose numbers are refused, or that went meanwhile, are counted and left out.
 * @throws UserError forbidden when Confluence gives no number for any of them: that is no empty result.
 */
export async function measured<T>(
  ctx: Context,
  ids: readonly string[],
  doing: string,
  measure: (id: string) => Promise<T>,
): Promise<Measured<T>> {
  let cause: unknown;
  const { results, stopped } = await resultsOfEach(ctx, ids, doing, async (id) => {
    try {
      return { value: await measure(id) };
    } catch (error) {
      if (!refused(error) && !isNotFound(error)) throw error;
      cause = error;
      return { value: null };
    }
  });
  const reached = results.filter((one) => one !== null);
  const without = reached.filter((one) => one.value === null).length;
  if (without > 0 && without === reached.length) throw noAnalytics(cause);
  return { values: results.map((one) => one?.value ?? null), without, stopped };
}

/** What is said of pages without numbers; empty when there are none. */
export function withoutText(without: number): string {
  if (without === 0) return '';
  return ` Confluence gave no numbers for ${without} of them (no right to view analytics there, or gone meanwhile).`;
}
