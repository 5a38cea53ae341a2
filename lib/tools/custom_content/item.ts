import { getCustomContentById } from '#lib/confluence';
import { contentNumber, orNull } from '../ids.ts';
import type { Context } from '../operation.ts';
import { textOr } from '../raw.ts';
import { iso } from '../render.ts';
import { spaceAllowed } from '../spaces-limit.ts';

export type CustomFormat = 'storage' | 'raw' | 'atlas_doc_format';

/** An item of an app's own content type. */
export type CustomItem = {
  id: string;
  type: string;
  title: string;
  status: string;
  spaceId: string;
  pageId: string | null;
  blogPostId: string | null;
  customContentId: string | null;
  authorId: string | null;
  version: number;
  versionAt: string | null;
  versionBy: string | null;
  /** In the format asked for; null when none was. */
  body: string | null;
  url: string;
};

/** An answer about custom content in our own shape. */
export function customOf(
  ctx: Pick<Context, 'confluence'>,
  answer: unknown,
  format?: CustomFormat,
): CustomItem {
  const raw = answer as Record<string, unknown>;
  const version = (raw.version ?? {}) as Record<string, unknown>;
  const links = raw._links as { webui?: unknown } | null | undefined;
  const bodies = raw.body as Record<string, { value?: unknown } | undefined> | null | undefined;
  const value = format === undefined ? null : bodies?.[format]?.value;
  return {
    id: String(raw.id),
    type: String(raw.type ?? ''),
    title: String(raw.title ?? ''),
    status: String(raw.status ?? 'current'),
    spaceId: String(raw.spaceId ?? ''),
    pageId: textOr(raw.pageId),
    blogPostId: textOr(raw.blogPostId),
    customContentId: textOr(raw.customContentId),
    authorId: textOr(raw.authorId),
    version: Number(version.number ?? 1),
    versionAt: iso(version.createdAt),
    versionBy: textOr(version.authorId),
    body: format === undefined ? null : typeof value === 'string' ? value : '',
    url: ctx.confluence.webUrl(
      typeof links?.webui === 'string' ? links.webui : `/pages/viewpage.action?pageId=${String(raw.id)}`,
    ),
  };
}

/** The id in an id or link of custom content, or null. */
export function customIdIn(given: string): string | null {
  return (
    /^\d{1,18}$/.exec(given.trim())?.[0] ?? /\/customcontent\/(\d{1,18})(?:[/?#]|$)/.exec(given)?.[1] ?? null
  );
}

/** An item by id or link, or null: missing, not visible, or outside the allowed spaces (all look alike). */
export async function findCustom(
  ctx: Pick<Context, 'confluence' | 'limits'>,
  given: string,
  format?: CustomFormat,
): Promise<CustomItem | null> {
  const id = customIdIn(given);
  if (id === null) return null;
  const raw = await orNull(
    getCustomContentById(ctx.confluence, { id: contentNumber(id), bodyFormat: format }),
  );
  if (raw === null || raw === undefined) return null;
  const item = customOf(ctx, raw, format);
  return spaceAllowed(ctx, item.spaceId) ? item : null;
}
