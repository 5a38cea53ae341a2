import { z } from 'zod';
import {
  getAttachmentVersionDetails,
  getBlogPostVersionDetails,
  getCustomContentVersionDetails,
  getFooterCommentVersionDetails,
  getInlineCommentVersionDetails,
  getPageVersionDetails,
} from '#lib/confluence';
import { toMarkdown } from '#lib/content';
import { defineRead } from '../define.ts';
import { readDocument } from '../documents.ts';
import { contentNumber } from '../ids.ts';
import { text } from '../inputs.ts';
import type { Context } from '../operation.ts';
import { day, link, oneLine, sourceOf } from '../render.ts';
import { type RawVersion, versionShape, versionsOf } from './list-versions.ts';
import { resolveVersioned, type VersionedType, versionedTypes } from './versioned.ts';

const readers: Record<VersionedType, (ctx: Context, id: string, versionNumber: number) => Promise<unknown>> =
  {
    page: (ctx, id, versionNumber) =>
      getPageVersionDetails(ctx.confluence, { pageId: contentNumber(id), versionNumber }),
    blog_post: (ctx, id, versionNumber) =>
      getBlogPostVersionDetails(ctx.confluence, { blogpostId: contentNumber(id), versionNumber }),
    attachment: (ctx, id, versionNumber) =>
      getAttachmentVersionDetails(ctx.confluence, { attachmentId: id, versionNumber }),
    custom_content: (ctx, id, versionNumber) =>
      getCustomContentVersionDetails(ctx.confluence, { customContentId: contentNumber(id), versionNumber }),
    footer_comment: (ctx, id, versionNumber) =>
      getFooterCommentVersionDetails(ctx.confluence, { id: contentNumber(id), versionNumber }),
    inline_comment: (ctx, id, versionNumber) =>
      getInlineCommentVersionDetails(ctx.confluence, { id: contentNumber(id), versionNumber }),
  };

export const getVersion = defineRead({
  name: 'get_version',
  input: z.object({
    id: text,
    version: z.int().min(1),
    content_type: z.enum(versionedTypes).optional(),
    body: z.boolean().optional(),
    format: z.enum(['markdown', 'storage', 'adf']).optional(),
  }),
  output: versionShape.extend({
    id: z.string(),
    title: z.string(),
    body: z.string().nullable(),
    format: z.string().nullable(),
  }),
  async run(ctx, o) {
    const one = await resolveVersioned(ctx, o.id, o.content_type);
    const raw = (await readers[one.type](ctx, one.id, o.version)) as RawVersion;
    const [version] = await versionsOf(ctx, [{ ...raw, number: raw.number ?? o.version }]);
    const hasBody = o.body !== false && (one.type === 'page' || one.type === 'blog_post');
    const format = o.format ?? 'markdown';
    const old = hasBody
      ? await readDocument(ctx, one.type as 'page' | 'blog_post', one.id, {
          version: o.version,
          format: format === 'adf' ? 'atlas_doc_format' : 'storage',
        })
      : null;
    const body =
      old === null
        ? null
        : format === 'markdown'
          ? toMarkdown(old.body ?? '', {}).markdown
          : (old.body ?? '');
    const title = old?.title ?? one.title;
    const head = `${link(title, one.url)} · version ${o.version} · ${day(version?.at)} by ${oneLine(version?.by ?? 'unknown')}${version?.message ? ` · "${oneLine(version.message)}"` : ''}`;
    return {
      text: body === null ? head : `${head}\n\n${body}`,
      data: { ...version, id: one.id, title, body, format: body === null ? null : format },
      sources: [
        sourceOf({
          id: one.id,
          type: one.type,
          title,
          url: one.url,
          version: o.version,
          updated_at: version?.at ?? null,
          updated_by: version?.by ?? null,
        }),
      ],
      label: `Version ${o.version} of "${title}"`,
      untrusted: true,
    };
  },
});
