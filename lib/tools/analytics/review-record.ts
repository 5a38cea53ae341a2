import { z } from 'zod';
import { getContentState, getPageContentProperties } from '#lib/confluence';
import { contentNumber, orNull } from '../ids.ts';
import type { Context } from '../operation.ts';

/** Key of the page property that is the record of a review: Confluence has no approvals of its own. */
export const reviewKey = 'confab-review';

const recordShape = z.object({
  reviewers: z.array(z.string()).default([]),
  due: z.string().nullish(),
  message: z.string().nullish(),
  requestedBy: z.string().nullish(),
  requestedAt: z.string().nullish(),
});
type ReviewRecord = z.output<typeof recordShape>;

export type Review = {
  state: string | null;
  record: ReviewRecord | null;
  /** A property of that name is there, but it is not what Confab writes. */
  unreadable: boolean;
};

/** State names with which a review is over, in the languages the product speaks. */
const over = /approv|verif|done|final|publish|released|genehmigt|freigegeben|fertig|aprobad|verificad|listo/i;

/** True when the state of a page says that it has been reviewed. */
export const isReviewed = (state: string | null): boolean => state !== null && over.test(state);

/** The content state and the review record of a page; null when the page went meanwhile. */
export async function reviewOf(ctx: Context, pageId: string): Promise<Review | null> {
  const id = contentNumber(pageId);
  const found = await orNull(getContentState(ctx.confluence, { id: String(id), status: 'current' }));
  if (found === null) return null;
  const state = found?.contentState?.name ?? null;
  const properties = await orNull(
    getPageContentProperties(ctx.confluence, { pageId: id, key: reviewKey, limit: 1 }),
  );
  const property = properties?.results?.find(({ key }) => key === reviewKey);
  if (property === undefined) return { state, record: null, unreadable: false };
  const parsed = recordShape.safeParse(property.value);
  return { state, record: parsed.success ? parsed.data : null, unreadable: !parsed.success };
}
