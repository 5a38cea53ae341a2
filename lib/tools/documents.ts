import { UserError } from '#errors';
import { getBlogPostById, getPageById } from '#lib/confluence';
import { contentNumber, orNull } from './ids.ts';
import type { Item } from './inputs.ts';
import type { Context } from './operation.ts';
import { namesOf } from './people.ts';
import { textOr } from './raw.ts';
import { iso } from './render.ts';
import { type Space, spaceById } from './resolve/space.ts';
import { spaceAllowed } from './spaces-limit.ts';

export type DocumentKind = 'page' | 'blog_post';
export type BodyFormat = 'storage' | 'atlas_doc_format' | 'view';

/** A page or blog post as read. `body` is in the format asked for; null when none was asked for. */
export type Document = {
  kind: DocumentKind;
  id: string;
  title: string;
  status: string;
  spaceId: string;
  parentId: string | null;
  parentType: string | null;
  authorId: string | null;
  ownerId: string | null;
  createdAt: string | null;
  version: number;
  versionAt: string | null;
  versionBy: string | null;
  versionMessage: string;
  body: string | null;
  url: string;
  labels: string[] | null;
  raw: Record<string, unknown>;
};

export type ReadOptions = {
  format?: BodyFormat;
  version?: number;
  draft?: boolean;
  include?: readonly string[];
};

/** The one error for what does not exist, is not visible, or lies outside the allowed spaces. */
export function documentNotFound(given: string, kind: DocumentKind = 'page'): UserError {
  return new UserError(
    'not_found',
    `No ${kind === 'page' ? 'page' : 'blog post'} "${given}" is visible to you.`,
    {
      next: 'Check the id or title, or look for it with search_content.',
    },
  );
}

type Raw = Awaited<ReturnType<typeof getPageById>>;

function bodyOf(raw: Raw, format: BodyFormat | undefined): string | null {
  if (format === undefined) return null;
  const bodies = raw.body as Record<string, { value?: unknown } | undefined> | null | undefined;
  const value = bodies?.[format]?.value;
  return typeof value === 'string' ? value : '';
}

/** A raw answer of pages or blog posts in our own shape. */
export function documentOf(
  ctx: Pick<Context, 'confluence'>,
  kind: DocumentKind,
  raw: Raw,
  format?: BodyFormat,
): Document {
  const links = raw._links as { webui?: unknown } | null | undefined;
  const labels = raw.labels?.results;
  return {
    kind,
    id: String(raw.id),
    title: raw.title ?? '',
    status: raw.status ?? 'current',
    spaceId: String(raw.spaceId ?? ''),
    parentId: textOr(raw.parentId),
    parentType: textOr(raw.parentType),
    authorId: textOr(raw.authorId),
    ownerId: textOr(raw.ownerId),
    createdAt: iso(raw.createdAt),
    version: Number(raw.version?.number ?? 1),
    versionAt: iso(raw.version?.createdAt),
    versionBy: textOr(raw.version?.authorId),
    versionMessage: raw.version?.message ?? '',
    body: bodyOf(raw, format),
    url: ctx.confluence.webUrl(
      typeof links?.webui === 'string' ? links.webui : `/pages/viewpage.action?pageId=${raw.id}`,
    ),
    labels: labels ? labels.map((label) => label.name ?? '').filter((name) => name !== '') : null,
    raw: raw as Record<string, unknown>,
  };
}

function flags(include: ReadOptions['include']) {
  const has = (name: string) => (include?.includes(name) ? true : undefined);
  return {
    includeLabels: has('labels'),
    includeProperties: has('properties'),
    includeVersions: has('versions'),
    includeLikes: has('likes'),
    includeOperations: has('operations'),
    includeCollaborators: has('collaborators'),
  };
}

/** A page or blog post by id, or null: missing, not visible, or outside the allowed spaces (all look alike). */
export async function findDocument(
  ctx: Pick<Context, 'confluence' | 'limits'>,
  kind: DocumentKind,
  id: string,
  o: ReadOptions = {},
): Promise<Document | null> {
  const parameters = {
    id: contentNumber(id),
    bodyFormat: o.format,
    version: o.version,
    getDraft: o.draft === true ? true : undefined,
    ...flags(o.include),
  };
  const raw = await orNull<Raw>(
    kind === 'page'
      ? getPageById(ctx.confluence, parameters)
      : (getBlogPostById(ctx.confluence, parameters) as Promise<Raw>),
  );
  if (raw === null || raw === undefined || !raw.id) return null;
  const found = documentOf(ctx, kind, raw, o.format);
  return spaceAllowed(ctx, found.spaceId) ? found : null;
}

/** As `findDocument`. @throws UserError not_found. */
export async function readDocument(
  ctx: Pick<Context, 'confluence' | 'limits'>,
  kind: DocumentKind,
  id: string,
  o: ReadOptions = {},
): Promise<Document> {
  const found = await findDocument(ctx, kind, id, o);
  if (found === null) throw documentNotFound(id, kind);
  return found;
}

/** A document as a list item, with its space and the name of its last editor. */
export async function itemOf(ctx: Context, found: Document): Promise<Item> {
  const space = await spaceById(ctx, found.spaceId);
  const names = await namesOf(ctx, [found.versionBy]);
  return itemWith(found, space, names);
}

/** The same from what is already known. */
export function itemWith(found: Document, space: Space | null, names: ReadonlyMap<string, string>): Item {
  return {
    id: found.id,
    type: found.kind,
    title: found.title,
    url: found.url,
    space: space === null ? null : { id: space.id, key: space.key, name: space.name },
    status: found.status,
    version: found.version,
    updated_at: found.versionAt,
    updated_by: found.versionBy === null ? null : (names.get(found.versionBy) ?? null),
  };
}
