import { UserError } from '#errors';
import { getAttachmentById, getBlogpostAttachments, getPageAttachments } from '#lib/confluence';
import type { ChangeTarget } from '#lib/wire';
import { quote } from '../cql.ts';
import { type Document, findDocument } from '../documents.ts';
import { attachmentId, contentNumber, orNull } from '../ids.ts';
import type { Context } from '../operation.ts';
import { documentTarget } from '../page-write/index.ts';
import { oneLine } from '../render.ts';
import { resolveDocument } from '../resolve/page.ts';
import { searchRows } from '../search/rows.ts';
import { type AttachmentView, attachmentOf, type RawAttachment } from './attachment-view.ts';

type Raw = RawAttachment & { pageId?: string | null; blogPostId?: string | null };

/** A file with the page or post it is attached to. */
export type FoundAttachment = AttachmentView & { page: Document; target: ChangeTarget };

function missing(given: string): UserError {
  return new UserError('not_found', `No attachment "${oneLine(given)}" is visible to you.`, {
    next: 'list_attachments shows the files of a page.',
  });
}

/** The files of a page or post with exactly this name; without a name all of them, at most 250. */
export async function filesOf(ctx: Context, page: Document, filename?: string): Promise<AttachmentView[]> {
  const asked = { id: contentNumber(page.id), filename, limit: 250 };
  const found =
    page.kind === 'page'
      ? await getPageAttachments(ctx.confluence, asked)
      : await getBlogpostAttachments(ctx.confluence, asked);
  return ((found.results ?? []) as Raw[])
    .map((raw) => attachmentOf(ctx, raw))
    .filter((file) => filename === undefined || file.filename === filename);
}

/** A current file by id, or null: missing, in the trash, not visible, or outside the allowed spaces. */
export async function attachmentAt(
  ctx: Context,
  id: string,
  version?: number,
): Promise<FoundAttachment | null> {
  const raw = (await orNull(
    getAttachmentById(ctx.confluence, { id: attachmentId(id), version }),
  )) as Raw | null;
  const holder = raw?.pageId ?? raw?.blogPostId;
  if (raw === null || !holder || (raw.status ?? 'current') === 'trashed') return null;
  const page = await findDocument(ctx, raw.pageId ? 'page' : 'blog_post', holder, { format: 'storage' });
  return page === null ? null : withPage(ctx, attachmentOf(ctx, raw), page);
}

async function withPage(ctx: Context, file: AttachmentView, page: Document): Promise<FoundAttachment> {
  const { space } = await documentTarget(ctx, page);
  return {
    ...file,
    page,
    target: {
      kind: 'attachment',
      id: file.id,
      title: `${file.filename} on "${page.title}"`,
      space,
      url: file.url,
    },
  };
}

/** The id in `att123`, `123` or the link of a preview; null when it is none. */
function idOf(text: string): string | null {
  const preview = /[?&]preview=(?:%2F|\/)\d+(?:%2F|\/)(att\d+|\d+)/i.exec(text)?.[1];
  return preview ?? /^(?:att)?\d{1,18}$/.exec(text)?.[0] ?? null;
}

async function byName(ctx: Context, name: string): Promise<string> {
  const { rows } = await searchRows(ctx, {
    cql: `type = attachment AND title = ${quote(name)}`,
    limit: 10,
  });
  const fits = rows.filter((row) => row.title.toLowerCase() === name.toLowerCase());
  if (fits.length === 1 && fits[0]) return fits[0].id;
  if (fits.length === 0) throw missing(name);
  throw new UserError('ambiguous', `Several pages have a file "${oneLine(name)}".`, {
    next: 'Say which one, by its id.',
    data: { candidates: fits.map(({ id, title, url }) => ({ id, title, url })) },
  });
}

/** Splits `API Guidelines / limits.txt` or `ENG:Guidelines, limits.txt` at its last separator. */
function pageAndName(text: string): { page: string; name: string } | null {
  const found = /^(.+?)\s*(?:\/|>|,|\|)\s*([^/>|]+\.\w{1,10})$/.exec(text);
  return found?.[1] && found[2] ? { page: found[1], name: found[2].trim() } : null;
}

/**
 * The file a person means: its id, a link to it, a page and a file name, or a file name that only one page has.
 * @throws UserError not_found, ambiguous with candidates.
 */
export async function findAttachment(
  ctx: Context,
  given: string,
  version?: number,
): Promise<FoundAttachment> {
  const text = given.trim();
  const id = idOf(text);
  const split = id === null ? pageAndName(text) : null;
  if (split !== null) {
    const page = await resolveDocument(ctx, split.page, ['page', 'blog_post']);
    const [file] = await filesOf(ctx, page, split.name);
    if (file === undefined) throw missing(given);
    const found = await attachmentAt(ctx, file.id, version);
    if (found !== null) return found;
    throw missing(given);
  }
  const found = await attachmentAt(ctx, id ?? (await byName(ctx, text)), version);
  if (found === null) throw missing(given);
  return found;
}
