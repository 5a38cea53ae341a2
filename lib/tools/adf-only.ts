import { UserError } from '#errors';
import { adfNodes, adfSaysSomething, checkStorage } from '#lib/content';
import { type Document, findDocument } from './documents.ts';
import type { Context } from './operation.ts';
import { orProblem } from './readable-body.ts';

/**
 * The ADF of a page whose storage format is empty although it has content; null where the page is empty, or its
 * storage holds it. `found` must carry its storage. One further request, and only for an empty body.
 */
export async function adfOnlyBody(
  ctx: Pick<Context, 'confluence' | 'limits'>,
  found: Document,
): Promise<string | null> {
  if ((found.body ?? '').trim() !== '') return null;
  const asAdf = await findDocument(ctx, found.kind, found.id, {
    format: 'atlas_doc_format',
    ...(found.status === 'draft' ? { draft: true } : {}),
    ...(found.status === 'historical' ? { version: found.version } : {}),
  });
  const json = asAdf?.body ?? '';
  const nodes = adfNodes(json);
  return nodes !== null && adfSaysSomething(nodes) ? json : null;
}

const noun = (found: Document): string => (found.kind === 'page' ? 'page' : 'blog post');

/**
 * Refuses edits of a body that storage format cannot carry, or that is stored malformed: a part of it could not be
 * changed without losing or guessing at the rest.
 *
 * @throws UserError not_possible with the reason and what to do instead
 */
export async function requireEditable(
  ctx: Pick<Context, 'confluence' | 'limits'>,
  found: Document,
): Promise<void> {
  const { problem } = orProblem(() => checkStorage(found.body ?? ''));
  if (problem !== null)
    throw new UserError(
      'not_possible',
      `The ${noun(found)} "${found.title}" is stored malformed (line ${problem.line}, column ${problem.column}), so no change of it could be shown or checked. ${problem.message}`,
      {
        next: 'Open it in Confluence and save it there, which mends it; or restore an earlier version.',
        data: { line: problem.line, column: problem.column },
      },
    );
  if ((await adfOnlyBody(ctx, found)) === null) return;
  throw new UserError(
    'not_possible',
    `The ${noun(found)} "${found.title}" is kept only in Atlassian's document format (ADF): Confluence gives no storage format of it, because something on it cannot be said there. An edit through storage would lose it.`,
    {
      next: `Change it in Confluence itself; or replace the whole body with ${found.kind === 'page' ? 'update_page' : 'update_blog_post'} and body_format adf, starting from what format adf reads.`,
    },
  );
}
