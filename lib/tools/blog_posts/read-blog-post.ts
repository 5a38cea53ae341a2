import { z } from 'zod';
import { defineRead } from '../define.ts';
import { include, pageFormat, text } from '../inputs.ts';
import { documentShape, readOptions, viewDocument } from '../pages/document-view.ts';
import { resolveDocument } from '../resolve/page.ts';

export const readBlogPost = defineRead({
  name: 'read_blog_post',
  input: z.object({
    post: text,
    format: pageFormat.optional(),
    section: text.optional(),
    max_chars: z.int().min(200).max(200_000).optional(),
    cursor: text.optional(),
    version: z.int().min(1).optional(),
    draft: z.boolean().optional(),
    include: include.optional(),
  }),
  output: documentShape,
  async run(ctx, o) {
    const found = await resolveDocument(ctx, o.post, ['blog_post', 'page'], readOptions(o));
    return viewDocument(ctx, found, o);
  },
});
