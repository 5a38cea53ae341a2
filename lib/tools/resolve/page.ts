import { UserError } from '#errors';
import { getBlogPosts, getPages, searchByCQL } from '#lib/confluence';
import { quote } from '../cql.ts';
import {
  type Document,
  type DocumentKind,
  documentNotFound,
  documentOf,
  findDocument,
  type ReadOptions,
} from '../documents.ts';
import { contentNumber } from '../ids.ts';
import { plain } from '../near.ts';
import type { Context } from '../operation.ts';
import { oneLine } from '../render.ts';
import { spaceAllowed } from '../spaces-limit.ts';
import { readReference } from './reference.ts';
import { resolveSpace, type Space, spacesById } from './space.ts';

type Candidate = {
  id: string;
  kind: DocumentKind;
  title: string;
  spaceId: string;
  status: string;
  url: string;
};

async function byTitle(
  ctx: Context,
  kind: DocumentKind,
  title: string,
  space: Space | null,
): Promise<Candidate[]> {
  const parameters = { title, spaceId: space === null ? undefined : [contentNumber(space.id)], limit: 50 };
  const found =
    kind === 'page'
      ? await getPages(ctx.confluence, parameters)
      : await getBlogPosts(ctx.confluence, parameters);
  return (found.results ?? [])
    .map((raw) => documentOf(ctx, kind, raw as Parameters<typeof documentOf>[2]))
    .filter(
      (one) => spaceAllowed(ctx, one.spaceId) && (one.status === 'current' || one.status === 'archived'),
    );
}

/** Pages whose title contains all the words, best first; by the search index. */
async function bySearch(
  ctx: Context,
  kinds: readonly DocumentKind[],
  title: string,
  space: Space | null,
  anywhere: boolean,
): Promise<Candidate[]> {
  const types = kinds.map((kind) => (kind === 'page' ? 'page' : 'blogpost')).join(', ');
  const words = title
    .replace(/[\\"*?~^(){}[\]:+!&|/]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (words === '') return [];
  const text = anywhere ? '' : ` AND title ~ ${quote(words)}`;
  const cql = `siteSearch ~ ${quote(words)}${text} AND type in (${types})${space === null ? '' : ` AND space = ${quote(space.key)}`}`;
  const found = await searchByCQL(ctx.confluence, { cql, limit: 10, expand: ['content.space'] });
  const rows: Candidate[] = [];
  for (const { content, url } of found.results ?? []) {
    if (!content?.id || !spaceAllowed(ctx, content.space?.id === undefined ? null : String(content.space.id)))
      continue;
    rows.push({
      id: content.id,
      kind: content.type === 'blogpost' ? 'blog_post' : 'page',
      title: content.title ?? '',
      spaceId: String(content.space?.id ?? ''),
      status: content.status ?? 'current',
      url: ctx.confluence.webUrl(url ?? ''),
    });
  }
  return rows;
}

async function ambiguous(ctx: Context, given: string, found: readonly Candidate[]): Promise<UserError> {
  const shown = found.slice(0, 8);
  const spaces = await spacesById(
    ctx,
    shown.map((one) => one.spaceId),
  );
  const candidates = shown.map((one) => ({
    id: one.id,
    title: one.title,
    space: spaces.get(one.spaceId)?.key ?? null,
    status: one.status,
    url: one.url,
  }));
  const lines = candidates
    .map((one) => `${oneLine(one.title)} (${one.space ?? 'space unknown'}, id ${one.id})`)
    .join('; ');
  return new UserError('ambiguous', `Several pages could be meant by "${given}": ${lines}.`, {
    next: 'Say which one, by its id.',
    data: { candidates },
  });
}

/** Titles to try: as given, then without "the ... page" around it. */
function titlesOf(title: string): string[] {
  const loose = title
    .replace(/^(the|our|der|die|das|el|la)\s+/i, '')
    .replace(/\s+(page|doc|document|seite|página|blog post)$/i, '');
  return [...new Set([title, loose, title.replace(/^["'“](.*)["'”]$/, '$1')])].filter(
    (one) => one.trim() !== '',
  );
}

async function findTitled(
  ctx: Context,
  given: string,
  title: string,
  space: Space | null,
  kinds: readonly DocumentKind[],
): Promise<Candidate> {
  for (const one of titlesOf(title)) {
    for (const kind of kinds) {
      const found = await byTitle(ctx, kind, one, space);
      const current = found.filter((candidate) => candidate.status === 'current');
      const best = current.length > 0 ? current : found;
      if (best.length === 1 && best[0]) return best[0];
      if (best.length > 1) throw await ambiguous(ctx, given, best);
    }
  }
  const loose = titlesOf(title).at(1) ?? title;
  const found = await bySearch(ctx, kinds, loose, space, false);
  const same = found.filter((one) => plain(one.title) === plain(loose));
  if (same.length === 1 && same[0]) return same[0];
  if (found.length === 1 && found[0]) return found[0];
  if (found.length > 1) throw await ambiguous(ctx, given, found);
  const near = (await bySearch(ctx, kinds, loose, space, true)).slice(0, 3);
  const error = documentNotFound(given, kinds[0]);
  if (near.length === 0) throw error;
  throw new UserError(
    'not_found',
    `${error.message} Near: ${near.map((one) => `${oneLine(one.title)} (id ${one.id})`).join('; ')}.`,
    {
      next: 'Say which page, by its id, or look for it with search_content.',
      data: { near: near.map(({ id, title: name, url }) => ({ id, title: name, url })) },
    },
  );
}

async function located(
  ctx: Context,
  given: string,
  kinds: readonly DocumentKind[],
): Promise<{ id: string; kinds: readonly DocumentKind[] }> {
  const reference = readReference(given, ctx.confluence.site.url);
  if (reference.kind === 'id') {
    const { type } = reference;
    return {
      id: reference.id,
      kinds:
        type === 'page' || type === 'blog_post' ? [type, ...kinds.filter((kind) => kind !== type)] : kinds,
    };
  }
  if (reference.kind === 'comment' && reference.contentId !== null) return { id: reference.contentId, kinds };
  if (reference.kind === 'comment') throw documentNotFound(given, kinds[0]);
  if (reference.kind === 'home') {
    const space = await resolveSpace(ctx, reference.spaceKey);
    if (space.homepageId === null) throw documentNotFound(given, kinds[0]);
    return { id: space.homepageId, kinds };
  }
  const named =
    reference.space === null
      ? null
      : await resolveSpace(ctx, reference.space).catch((error: unknown) => {
          if (error instanceof UserError && (error.code === 'not_found' || error.code === 'ambiguous'))
            return null;
          throw error;
        });
  // "RFC: Retries" is a title when there is no space RFC.
  const title = reference.space !== null && named === null ? given.trim() : reference.title;
  const found = await findTitled(ctx, given, title, named, kinds);
  return { id: found.id, kinds: [found.kind] };
}

/**
 * The page (or blog post) a person means: id, URL, tiny link, `SPACE:Title` or a title alone.
 * @param kinds tried in this order; an id may be of any of them.
 * @throws UserError not_found (also for a page of a space outside the limits), ambiguous with candidates.
 */
export async function resolveDocument(
  ctx: Context,
  given: string,
  kinds: readonly DocumentKind[],
  o: ReadOptions = {},
): Promise<Document> {
  const at = await located(ctx, given, kinds);
  for (const kind of at.kinds) {
    const found = await findDocument(ctx, kind, at.id, o);
    if (found !== null) return found;
  }
  throw documentNotFound(given, kinds[0]);
}

/** As `resolveDocument`, pages only; says so when it is a blog post. */
export async function resolvePage(ctx: Context, given: string, o: ReadOptions = {}): Promise<Document> {
  const found = await resolveDocument(ctx, given, ['page'], o);
  if (found.kind === 'page') return found;
  throw new UserError('invalid_input', `"${found.title}" is a blog post, not a page.`, {
    next: 'This works on pages only.',
  });
}

/** As `resolveDocument`, blog posts only; says so when it is a page. */
export async function resolveBlogPost(ctx: Context, given: string, o: ReadOptions = {}): Promise<Document> {
  const found = await resolveDocument(ctx, given, ['blog_post', 'page'], o);
  if (found.kind === 'blog_post') return found;
  throw new UserError('invalid_input', `"${found.title}" is a page, not a blog post.`, {
    next: 'This works on blog posts only.',
  });
}
