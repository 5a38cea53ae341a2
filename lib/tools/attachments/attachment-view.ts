import { z } from 'zod';
import type { Context } from '../operation.ts';
import { day, iso, link, oneLine, sourceOf } from '../render.ts';

export const attachmentShape = z.object({
  id: z.string(),
  filename: z.string(),
  media_type: z.string(),
  size: z.number(),
  version: z.number().nullable(),
  updated_at: z.string().nullable(),
  page_id: z.string().nullable(),
  comment: z.string(),
  status: z.string(),
  url: z.string().nullable(),
});
export type AttachmentView = z.output<typeof attachmentShape>;

export type RawAttachment = {
  id?: unknown;
  title?: unknown;
  mediaType?: unknown;
  fileSize?: unknown;
  version?: { number?: unknown; createdAt?: unknown } | null;
  pageId?: unknown;
  blogPostId?: unknown;
  comment?: unknown;
  status?: unknown;
  webuiLink?: unknown;
  _links?: unknown;
};

/** `812 B`, `14 KB`, `3.4 MB`. */
export function sizeText(bytes: number): string {
  const steps: [number, string][] = [
    [1_000_000_000, 'GB'],
    [1_000_000, 'MB'],
    [1000, 'KB'],
  ];
  const step = steps.find(([size]) => bytes >= size);
  return step === undefined ? `${bytes} B` : `${Number((bytes / step[0]).toFixed(1))} ${step[1]}`;
}

export function attachmentOf(ctx: Pick<Context, 'confluence'>, raw: RawAttachment): AttachmentView {
  const webui = raw.webuiLink ?? (raw._links as { webui?: unknown } | null | undefined)?.webui;
  const holder = raw.pageId ?? raw.blogPostId;
  return {
    id: String(raw.id),
    filename: String(raw.title ?? ''),
    media_type: String(raw.mediaType ?? ''),
    size: Number(raw.fileSize ?? 0),
    version: raw.version?.number === undefined ? null : Number(raw.version.number),
    updated_at: iso(raw.version?.createdAt),
    page_id: holder === undefined || holder === null ? null : String(holder),
    comment: String(raw.comment ?? ''),
    status: String(raw.status ?? 'current'),
    url: typeof webui === 'string' ? ctx.confluence.webUrl(webui) : null,
  };
}

export function attachmentLine(file: AttachmentView): string {
  const facts = [
    file.media_type,
    sizeText(file.size),
    `id ${file.id}`,
    ...(file.version === null ? [] : [`v${file.version}`]),
    day(file.updated_at),
    ...(file.page_id === null ? [] : [`on page ${file.page_id}`]),
    ...(file.status === 'current' ? [] : [file.status]),
    ...(file.comment === '' ? [] : [oneLine(file.comment)]),
  ];
  return `- ${link(file.filename, file.url)} · ${facts.join(' · ')}`;
}

export const attachmentSource = (file: AttachmentView) =>
  sourceOf({
    id: file.id,
    type: 'attachment',
    title: file.filename,
    url: file.url,
    version: file.version,
    updated_at: file.updated_at,
  });
