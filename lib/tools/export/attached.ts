import { ConfabError } from '#errors';
import { downloadAttachment, getBlogpostAttachments, getPageAttachments, pages } from '#lib/confluence';
import { links } from '#lib/content';
import {
  type AttachmentView,
  attachmentOf,
  type RawAttachment,
  sizeText,
} from '../attachments/attachment-view.ts';
import type { Document } from '../documents.ts';
import { attachmentId, contentNumber } from '../ids.ts';
import type { Context } from '../operation.ts';
import type { ExportFile } from './source.ts';

/** Bytes an export may hold in files: what is kept for download is at most 100 MB. */
export type Budget = { left: number };
export const newBudget = (): Budget => ({ left: 80_000_000 });

const largestFile = 25_000_000;
const mostFilesOfAPage = 500;

/** Names of attached files that the text of a page shows as images. */
export function imagesOf(storage: string): Set<string> {
  return new Set(
    links(storage).flatMap((link) =>
      link.kind === 'attachment' && link.image && link.page === null ? [link.filename] : [],
    ),
  );
}

async function listed(ctx: Context, document: Document): Promise<AttachmentView[]> {
  const found: AttachmentView[] = [];
  const id = contentNumber(document.id);
  const list = document.kind === 'page' ? getPageAttachments : getBlogpostAttachments;
  for await (const answer of pages((cursor) => list(ctx.confluence, { id, limit: 250, cursor }))) {
    found.push(...((answer.results ?? []) as RawAttachment[]).map((raw) => attachmentOf(ctx, raw)));
    if (found.length >= mostFilesOfAPage) break;
  }
  return found.filter((file) => file.status === 'current');
}

async function bytesOf(ctx: Context, document: Document, file: AttachmentView): Promise<Buffer> {
  const got = (await downloadAttachment(ctx.confluence, {
    id: document.id,
    attachmentId: attachmentId(file.id),
  })) as unknown as Uint8Array;
  return Buffer.from(got);
}

/** What a failed read of files means for the export: it goes on without them, unless the quota is gone. */
function reasonOf(error: unknown): string {
  if (error instanceof ConfabError && error.code !== 'rate_limited' && error.code !== 'cancelled')
    return error.message;
  throw error;
}

async function fileOf(
  ctx: Context,
  document: Document,
  file: AttachmentView,
  budget: Budget,
): Promise<ExportFile> {
  const base = { name: file.filename, mediaType: file.media_type };
  if (file.size > largestFile || file.size > budget.left)
    return { ...base, bytes: null, why: `left out for its size (${sizeText(file.size)})` };
  try {
    const bytes = await bytesOf(ctx, document, file);
    budget.left -= bytes.byteLength;
    return { ...base, bytes, why: null };
  } catch (error) {
    return { ...base, bytes: null, why: reasonOf(error) };
  }
}

/**
 * The files of a page: all of them, or only the images its text shows. What could not be had stands there with its
 * reason, and so does an image that is not attached to the page.
 */
export async function filesOf(
  ctx: Context,
  document: Document,
  o: { all: boolean; images: boolean; budget: Budget },
): Promise<ExportFile[]> {
  const images = o.images ? imagesOf(document.body ?? '') : new Set<string>();
  if (!o.all && images.size === 0) return [];
  let found: AttachmentView[];
  try {
    found = await listed(ctx, document);
  } catch (error) {
    const why = reasonOf(error);
    return [...images].map((name) => ({ name, mediaType: '', bytes: null, why }));
  }
  const files: ExportFile[] = [];
  for (const file of found) {
    ctx.signal.throwIfAborted();
    if (o.all || images.has(file.filename)) files.push(await fileOf(ctx, document, file, o.budget));
  }
  const known = new Set(files.map((file) => file.name));
  const absent = [...images].filter((name) => !known.has(name));
  return [
    ...files,
    ...absent.map((name) => ({ name, mediaType: '', bytes: null, why: 'not attached to the page' })),
  ];
}
