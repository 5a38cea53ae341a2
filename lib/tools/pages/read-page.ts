import { z } from 'zod';
import { UserError } from '#errors';
import { getMacroBodyByMacroId } from '#lib/confluence';
import { defineRead } from '../define.ts';
import { orNull } from '../ids.ts';
import { idleInput, include, pageFormat, text } from '../inputs.ts';
import type { Context, ReadResult } from '../operation.ts';
import { oneLine } from '../render.ts';
import { resolveDocument } from '../resolve/page.ts';
import { documentResult, documentShape, readOptions, viewDocument } from './document-view.ts';
import { stretchOf } from './view-raw.ts';

const input = z.object({
  page: text,
  format: pageFormat.optional(),
  section: text.optional(),
  max_chars: z.int().min(200).max(200_000).optional(),
  cursor: text.optional(),
  version: z.int().min(1).optional(),
  draft: z.boolean().optional(),
  include: include.optional(),
  macro_id: text.optional(),
});
type Input = z.output<typeof input>;

const usualChars = 20_000;

/** The body of one macro in storage format, in place of the page's. */
async function macroOf(ctx: Context, o: Input, macroId: string): Promise<ReadResult> {
  for (const name of ['format', 'section'] as const)
    if (o[name] !== undefined)
      throw idleInput(name, 'With macro_id the body of that macro is read, as storage.');
  const found = await resolveDocument(
    ctx,
    o.page,
    ['page', 'blog_post'],
    readOptions({ ...o, format: 'outline' }),
  );
  const macro = await orNull<unknown>(
    getMacroBodyByMacroId(ctx.confluence, { id: found.id, version: o.version ?? found.version, macroId }),
  );
  if (macro === null || macro === undefined)
    throw new UserError('not_found', `"${found.title}" has no macro with the id "${oneLine(macroId)}".`, {
      next: 'format storage shows macros with their ac:macro-id; section takes the id of a block instead.',
    });
  const body = (macro as { body?: unknown }).body;
  const whole = typeof body === 'string' ? body : '';
  const part = stretchOf(whole, o.max_chars ?? usualChars, o.cursor);
  const result = await documentResult(
    ctx,
    found,
    {
      body: part.body,
      format: 'storage',
      cursor: part.cursor,
      source: 'storage',
      notShown: [],
      problem: null,
      before: `Body of macro ${oneLine(macroId)}:\n`,
      after: part.cursor === null ? '' : `\n\n(${part.left}: call again with cursor "${part.cursor}".)`,
    },
    o,
  );
  return { ...result, data: { ...result.data, macro_body: part.body } };
}

export const readPage = defineRead({
  name: 'read_page',
  input,
  output: documentShape.extend({ macro_body: z.string().optional() }),
  async run(ctx, o) {
    if (o.macro_id !== undefined) return macroOf(ctx, o, o.macro_id);
    const found = await resolveDocument(ctx, o.page, ['page', 'blog_post'], readOptions(o));
    return viewDocument(ctx, found, o);
  },
});
