import { z } from 'zod';
import { getMacroBodyByMacroId } from '#lib/confluence';
import { defineRead } from '../define.ts';
import { include, pageFormat, text } from '../inputs.ts';
import { resolveDocument } from '../resolve/page.ts';
import { documentShape, readOptions, viewDocument } from './document-view.ts';

export const readPage = defineRead({
  name: 'read_page',
  input: z.object({
    page: text,
    format: pageFormat.optional(),
    section: text.optional(),
    max_chars: z.int().min(200).max(200_000).optional(),
    cursor: text.optional(),
    version: z.int().min(1).optional(),
    draft: z.boolean().optional(),
    include: include.optional(),
    macro_id: text.optional(),
  }),
  output: documentShape.extend({ macro_body: z.string().optional() }),
  async run(ctx, o) {
    const found = await resolveDocument(ctx, o.page, ['page', 'blog_post'], readOptions(o));
    const result = await viewDocument(ctx, found, o);
    if (o.macro_id === undefined) return result;
    const macro = await getMacroBodyByMacroId(ctx.confluence, {
      id: found.id,
      version: o.version ?? found.version,
      macroId: o.macro_id,
    });
    const body = (macro as { body?: unknown }).body;
    const macroBody = typeof body === 'string' ? body : '';
    return {
      ...result,
      text: `${result.text}\n\nBody of macro ${o.macro_id}:\n${macroBody}`,
      data: { ...result.data, macro_body: macroBody },
    };
  },
});
