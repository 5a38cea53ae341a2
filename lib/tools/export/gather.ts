import { getPageDescendants, getPages, pages } from '#lib/confluence';
import { type Document, documentOf } from '../documents.ts';
import { contentNumber } from '../ids.ts';
import type { Context } from '../operation.ts';
import { namesOf } from '../people.ts';
import { spacesById } from '../resolve/space.ts';
import { spaceAllowed } from '../spaces-limit.ts';
import { type Budget, filesOf, newBudget } from './attached.ts';
import { segment, uniquePaths } from './paths.ts';
import { mentionedIn } from './prepare.ts';
import { type ExportFormat, type ExportPage, type ExportSet, titleKey } from './source.ts';

type RawPage = Parameters<typeof documentOf>[2];

/** Most pages of one export. */
export const mostPages = 1000;

/** Everything below a page, as far as Confluence shows it: at most five levels a request, so deeper ones are asked again. */
export async function descendantIds(ctx: Context, pageId: string, most: number): Promise<string[]> {
  const found = new Set<string>();
  let roots = [pageId];
  while (roots.length > 0) {
    const deepest: string[] = [];
    for (const root of roots) {
      const list = pages((cursor) =>
        getPageDescendants(ctx.confluence, { id: contentNumber(root), depth: 5, limit: 250, cursor }),
      );
      for await (const answer of list) {
        for (const row of answer.results ?? []) {
          if (row.type !== 'page' || !row.id) continue;
          found.add(String(row.id));
          if (row.depth === 5) deepest.push(String(row.id));
        }
        ctx.signal.throwIfAborted();
        if (found.size >= most) return [...found];
      }
    }
    roots = deepest;
  }
  return [...found];
}

/** Pages with their bodies, fifty a request; those that are not visible, not current or not allowed are left out. */
export async function readPages(ctx: Context, ids: readonly string[]): Promise<Document[]> {
  const found: Document[] = [];
  for (let at = 0; at < ids.length; at += 50) {
    ctx.signal.throwIfAborted();
    const part = ids.slice(at, at + 50);
    const answer = await getPages(ctx.confluence, {
      id: part.map(contentNumber),
      status: ['current'],
      bodyFormat: 'storage',
      limit: 50,
    });
    const byId = new Map(
      (answer.results ?? []).map((raw) => {
        const page = documentOf(ctx, 'page', raw as RawPage, 'storage');
        return [page.id, page];
      }),
    );
    found.push(...part.flatMap((id) => byId.get(id) ?? []));
    ctx.progress(`${found.length} of ${ids.length} pages read`);
  }
  return found.filter((page) => spaceAllowed(ctx, page.spaceId));
}

/** The pages above a page that are exported too, from the top. */
function ancestorsOf(document: Document, byId: ReadonlyMap<string, Document>): Document[] {
  const trail: Document[] = [];
  const seen = new Set([document.id]);
  for (let id = document.parentId; id !== null && !seen.has(id); ) {
    const parent = byId.get(id);
    if (parent === undefined) break;
    trail.unshift(parent);
    seen.add(id);
    id = parent.parentId;
  }
  return trail;
}

/** Folders of a page in the archive: the pages above it, the six nearest at most, so that no path grows too long. */
function folderOf(document: Document, trail: readonly Document[], place: string): string {
  const blog = document.kind === 'blog_post' ? ['Blog'] : [];
  return [
    ...(place === '' ? [] : [place]),
    ...blog,
    ...trail.slice(-6).map((page) => segment(page.title)),
  ].join('/');
}

/**
 * The pages of an export with their files and their places in the archive.
 * @param o.attachments all files of each page; without it only the images that its text shows.
 */
export async function gather(
  ctx: Context,
  documents: readonly Document[],
  o: { format: ExportFormat; attachments: boolean; budget?: Budget },
): Promise<ExportSet> {
  const byId = new Map(documents.map((page) => [page.id, page]));
  const spaces = await spacesById(
    ctx,
    documents.map((page) => page.spaceId),
  );
  const names = await namesOf(ctx, [...documents.map((page) => page.versionBy), ...mentionedIn(documents)]);
  const several = new Set(documents.map((page) => page.spaceId)).size > 1;
  const unique = uniquePaths();
  const budget = o.budget ?? newBudget();
  const made: ExportPage[] = [];
  for (const document of documents) {
    ctx.signal.throwIfAborted();
    const space = spaces.get(document.spaceId);
    const trail = ancestorsOf(document, byId);
    const folder = folderOf(document, trail, several ? segment(space?.key ?? document.spaceId) : '');
    const files = await filesOf(ctx, document, {
      all: o.attachments,
      images: o.format !== 'storage',
      budget,
    });
    made.push({
      document,
      space: { key: space?.key ?? '', name: space?.name ?? 'an unknown space' },
      trail: trail.map((page) => page.title),
      by: document.versionBy === null ? null : (names.get(document.versionBy) ?? null),
      path: unique(`${folder === '' ? '' : `${folder}/`}${segment(document.title || 'Untitled')}`),
      children: documents.filter((page) => page.parentId === document.id).map((page) => page.id),
      files,
    });
    if (made.length % 20 === 0) ctx.progress(`files of ${made.length} of ${documents.length} pages read`);
  }
  return {
    pages: made,
    byTitle: new Map(made.map((page) => [titleKey(page.space.key, page.document.title), page])),
    people: Object.fromEntries(names),
    webUrl: (title, spaceKey) =>
      ctx.confluence.webUrl(
        `/display/${encodeURIComponent(spaceKey)}/${encodeURIComponent(title).replaceAll('%20', '+')}`,
      ),
    siteName: ctx.connection.site.name,
  };
}
