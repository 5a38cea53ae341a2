import { z } from 'zod';
import { UserError } from '#errors';
import type { Document } from '../documents.ts';
import { text } from '../inputs.ts';
import type { Context } from '../operation.ts';
import { resolvePage } from '../resolve/page.ts';
import { type Completeness, scanPages, scopeOf } from '../scan/index.ts';

/** The inputs with which a bulk operation says which pages it means. */
export const targetInputs = {
  query: text.optional(),
  pages: z.array(text).min(1).max(500).optional(),
  space: text.optional(),
  label: text.optional(),
  max_pages: z.int().min(1).max(500).default(50),
};

export type TargetInput = {
  query?: string | undefined;
  pages?: string[] | undefined;
  space?: string | undefined;
  label?: string | undefined;
  max_pages: number;
};

/** How many pages are looked at for a plan, whatever the number of those it lists. */
const mostLooked = 5000;

/** The plan is as long as it may be: ends a scan from within. */
class PlanFull extends Error {}

/** @throws UserError invalid_input where every page of the site would be meant. */
export function requireScope(o: TargetInput, what: string): void {
  if (o.query ?? o.pages ?? o.space ?? o.label) return;
  throw new UserError('invalid_input', `Say which pages: without a space, label, search or list ${what}.`, {
    next: 'Give space, label, query or pages.',
  });
}

/**
 * Goes through the pages meant. `visit` says whether the page became a step; the plan stops at `max_pages` steps.
 * @returns how far it got, and the scope in words.
 */
export async function eachTarget(
  ctx: Context,
  o: TargetInput,
  read: { bodies: boolean },
  visit: (page: Document) => boolean | Promise<boolean>,
): Promise<{ completeness: Completeness; words: string }> {
  let steps = 0;
  let looked = 0;
  const take = async (page: Document): Promise<void> => {
    if (steps >= o.max_pages) throw new PlanFull();
    looked += 1;
    if (await visit(page)) steps += 1;
  };
  const full = (of: number | null): Completeness => ({
    looked,
    of,
    complete: false,
    stopped: `the plan holds ${o.max_pages} pages, as max_pages says.`,
  });
  if (o.pages !== undefined) {
    const seen = new Set<string>();
    try {
      for (const given of o.pages) {
        ctx.signal.throwIfAborted();
        const page = await resolvePage(ctx, given, read.bodies ? { format: 'storage' } : {});
        if (seen.has(page.id)) continue;
        seen.add(page.id);
        await take(page);
      }
    } catch (error) {
      if (!(error instanceof PlanFull)) throw error;
      return { completeness: full(o.pages.length), words: 'of the list' };
    }
    return { completeness: { looked, of: looked, complete: true, stopped: null }, words: 'of the list' };
  }
  const scope = await scopeOf(ctx, { space: o.space, label: o.label, query: o.query });
  try {
    const completeness = await scanPages(ctx, { scope, maxPages: mostLooked, bodies: read.bodies }, take);
    return { completeness, words: scope.words };
  } catch (error) {
    if (!(error instanceof PlanFull)) throw error;
    return { completeness: full(null), words: scope.words };
  }
}
