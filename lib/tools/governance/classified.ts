import { UserError } from '#errors';
import {
  deleteSpaceDefaultClassificationLevel,
  getBlogPostClassificationLevel,
  getDatabaseById,
  getDatabaseClassificationLevel,
  getPageClassificationLevel,
  getSpaceDefaultClassificationLevel,
  getWhiteboardById,
  getWhiteboardClassificationLevel,
  postBlogPostClassificationLevel,
  postDatabaseClassificationLevel,
  postPageClassificationLevel,
  postWhiteboardClassificationLevel,
  putBlogPostClassificationLevel,
  putDatabaseClassificationLevel,
  putPageClassificationLevel,
  putSpaceDefaultClassificationLevel,
  putWhiteboardClassificationLevel,
} from '#lib/confluence';
import type { ChangeTarget } from '#lib/wire';
import { contentNumber, orNull } from '../ids.ts';
import type { Context } from '../operation.ts';
import { resolveDocument } from '../resolve/page.ts';
import { readReference } from '../resolve/reference.ts';
import { resolveSpace, spaceById } from '../resolve/space.ts';
import { requireSpace } from '../spaces-limit.ts';
import { type Level, levelOf } from './levels.ts';

export const classifiedKinds = ['page', 'blog_post', 'whiteboard', 'database', 'space_default'] as const;
export type ClassifiedKind = (typeof classifiedKinds)[number];
export type Classified = {
  kind: ClassifiedKind;
  id: string;
  title: string;
  url: string | null;
  spaceId: string;
};

type Body = { body: Record<string, unknown> };
type Calls = {
  get: (confluence: Context['confluence'], o: { id: number }) => Promise<Parameters<typeof levelOf>[0]>;
  put: (confluence: Context['confluence'], o: { id: number } & Body) => Promise<unknown>;
  reset: (confluence: Context['confluence'], o: { id: number } & Body) => Promise<unknown>;
};

const calls: Record<ClassifiedKind, Calls> = {
  page: {
    get: getPageClassificationLevel,
    put: putPageClassificationLevel,
    reset: postPageClassificationLevel,
  },
  blog_post: {
    get: getBlogPostClassificationLevel,
    put: putBlogPostClassificationLevel,
    reset: postBlogPostClassificationLevel,
  },
  whiteboard: {
    get: getWhiteboardClassificationLevel,
    put: putWhiteboardClassificationLevel,
    reset: postWhiteboardClassificationLevel,
  },
  database: {
    get: getDatabaseClassificationLevel,
    put: putDatabaseClassificationLevel,
    reset: postDatabaseClassificationLevel,
  },
  space_default: {
    get: getSpaceDefaultClassificationLevel,
    put: putSpaceDefaultClassificationLevel,
    reset: (confluence, { id }) => deleteSpaceDefaultClassificationLevel(confluence, { id }),
  },
};

/** The level that holds for it: its own, or the default of its space (the API does not tell which); null: none. */
export async function levelNow(ctx: Context, kind: ClassifiedKind, id: string): Promise<Level | null> {
  return levelOf(await orNull(calls[kind].get(ctx.confluence, { id: contentNumber(id) })));
}

/** Puts a level on it; null takes its own one away, so that the default of the space holds again. */
export async function putLevel(
  ctx: Context,
  kind: ClassifiedKind,
  id: string,
  levelId: string | null,
): Promise<void> {
  const { put, reset } = calls[kind];
  const status = kind === 'space_default' ? {} : { status: 'current' };
  const o = { id: contentNumber(id) };
  if (levelId === null) await reset(ctx.confluence, { ...o, body: status });
  else await put(ctx.confluence, { ...o, body: { id: levelId, ...status } });
}

type RawNode = {
  id?: string;
  title?: string | null;
  spaceId?: string | null;
  _links?: { webui?: unknown } | null;
};

async function node(ctx: Context, kind: 'whiteboard' | 'database', given: string): Promise<Classified> {
  const missing = () =>
    new UserError('not_found', `No ${kind} "${given}" is visible to you.`, {
      next: `Give the id or the link of the ${kind}; search_content finds it by title.`,
    });
  const reference = readReference(given, ctx.confluence.site.url);
  if (reference.kind !== 'id') throw missing();
  const o = { id: contentNumber(reference.id) };
  const raw = (await orNull<unknown>(
    kind === 'whiteboard' ? getWhiteboardById(ctx.confluence, o) : getDatabaseById(ctx.confluence, o),
  )) as RawNode | null;
  if (raw === null) throw missing();
  const spaceId = String(raw.spaceId ?? '');
  requireSpace(ctx, spaceId, missing);
  const webui = raw._links?.webui;
  return {
    kind,
    id: reference.id,
    title: raw.title ?? '',
    url: typeof webui === 'string' ? ctx.confluence.webUrl(webui) : null,
    spaceId,
  };
}

/** What is meant, by id, link or (pages, posts, spaces) name. @throws UserError not_found, ambiguous. */
export async function resolveClassified(
  ctx: Context,
  kind: ClassifiedKind,
  given: string,
): Promise<Classified> {
  if (kind === 'whiteboard' || kind === 'database') return node(ctx, kind, given);
  if (kind === 'space_default') {
    const space = await resolveSpace(ctx, given);
    return { kind, id: space.id, title: space.name, url: space.url, spaceId: space.id };
  }
  const { id, title, url, spaceId } = await resolveDocument(ctx, given, [kind]);
  return { kind, id, title, url, spaceId };
}

const targetKinds: Record<ClassifiedKind, ChangeTarget['kind']> = {
  page: 'page',
  blog_post: 'blog_post',
  whiteboard: 'whiteboard',
  database: 'database',
  space_default: 'space',
};

/** The target of a change of its level. */
export async function classifiedTarget(ctx: Context, all: readonly Classified[]): Promise<ChangeTarget> {
  const [first, ...others] = all as [Classified, ...Classified[]];
  const space = await spaceById(ctx, first.spaceId);
  return {
    kind: targetKinds[first.kind],
    id: first.id,
    title: first.title,
    space: space === null ? null : { id: space.id, key: space.key, name: space.name },
    otherSpaces: [...new Set(others.map((one) => one.spaceId))].filter((id) => id !== first.spaceId),
    url: first.url,
  };
}

const kindWords: Record<ClassifiedKind, string> = {
  page: 'page',
  blog_post: 'blog post',
  whiteboard: 'whiteboard',
  database: 'database',
  space_default: 'space',
};

/** `the page "Leave Policy"`, `the default of the space HR`. */
export const classifiedName = ({ kind, title }: Pick<Classified, 'kind' | 'title'>): string =>
  kind === 'space_default' ? `the default of ${title}` : `the ${kindWords[kind]} "${title}"`;
