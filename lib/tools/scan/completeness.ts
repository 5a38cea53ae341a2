import { z } from 'zod';
import { ConfabError } from '#errors';

/** How much of what was meant was looked at. */
export type Completeness = {
  looked: number;
  /** How many there are: exact when `complete`, else Atlassian's estimate, or null where there is none. */
  of: number | null;
  complete: boolean;
  /** Why it ended early, when that was not `max_pages`. */
  stopped: string | null;
};

export const completenessShape = z.object({
  looked: z.number(),
  of: z.number().nullable(),
  complete: z.boolean(),
  stopped: z.string().nullable(),
});

/**
 * What a long look keeps its results for: Atlassian's quota is gone, or Confluence stopped answering although it was
 * asked several times. Every other error passes.
 */
export function stoppedBy(error: unknown): string {
  const lasting =
    error instanceof ConfabError && ['rate_limited', 'atlassian_unavailable'].includes(error.code);
  if (lasting) return error.message;
  throw error;
}

const number = new Intl.NumberFormat('en');

/** `412 of about 1,930 pages looked at; raise max_pages or narrow the scope to see the rest.` */
export function completenessText(o: Completeness, noun = 'page'): string {
  const things = (count: number) => (count === 1 ? noun : `${noun}s`);
  if (o.complete) {
    if (o.looked === 1) return `The one ${noun} visible to you was looked at.`;
    return o.looked === 0
      ? `No ${noun} there is visible to you.`
      : `All ${number.format(o.looked)} ${things(o.looked)} visible to you were looked at.`;
  }
  const of = o.of === null || o.of <= o.looked ? '' : ` of about ${number.format(o.of)}`;
  const rest =
    o.stopped === null
      ? 'raise max_pages or narrow the scope to see the rest.'
      : `it stopped there: ${o.stopped}`;
  return `${number.format(o.looked)}${of} ${things(of === '' ? o.looked : (o.of ?? 0))} looked at; ${rest}`;
}

/** `50 of about 412 pages looked at`, for whoever watches. */
export function progressText(looked: number, of: number | null): string {
  const about = of === null || of < looked ? '' : ` of about ${number.format(of)}`;
  return `${number.format(looked)}${about} pages looked at`;
}
