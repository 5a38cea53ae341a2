import { z } from 'zod';
import { defineRead } from '../define.ts';
import type { Document } from '../documents.ts';
import { text } from '../inputs.ts';
import type { Context } from '../operation.ts';
import { oneLine } from '../render.ts';
import { resolveDocument } from '../resolve/page.ts';
import type { Completeness } from '../scan/index.ts';
import { exported, exportShape } from './answer.ts';
import { bundle } from './bundle.ts';
import { descendantIds, gather, mostPages, readPages } from './gather.ts';
import { segment } from './paths.ts';

export const exportFormat = z.enum(['markdown', 'html', 'pdf', 'storage']);

const input = z.object({
  pages: z.array(text).min(1).max(mostPages),
  format: exportFormat,
  children: z.boolean().optional(),
  attachments: z.boolean().optional(),
});
type Input = z.output<typeof input>;

async function documentsOf(
  ctx: Context,
  o: Input,
): Promise<{ roots: Document[]; all: Document[]; complete: boolean }> {
  const roots: Document[] = [];
  for (const given of o.pages) {
    ctx.signal.throwIfAborted();
    const found = await resolveDocument(ctx, given, ['page', 'blog_post'], { format: 'storage' });
    if (!roots.some((one) => one.id === found.id)) roots.push(found);
  }
  if (o.children !== true) return { roots, all: roots, complete: true };
  const known = new Set(roots.map((page) => page.id));
  const below = new Set<string>();
  for (const root of roots) {
    if (root.kind !== 'page') continue;
    for (const id of await descendantIds(ctx, root.id, mostPages)) if (!known.has(id)) below.add(id);
  }
  const ids = [...below].slice(0, Math.max(0, mostPages - roots.length));
  return { roots, all: [...roots, ...(await readPages(ctx, ids))], complete: ids.length === below.size };
}

export const exportPage = defineRead({
  name: 'export_page',
  input,
  output: exportShape,
  async run(ctx, o) {
    const { roots, all, complete } = await documentsOf(ctx, o);
    const attachments = o.attachments === true;
    const set = await gather(ctx, all, { format: o.format, attachments });
    const first = roots[0]?.title || 'Untitled';
    const title = segment(roots.length === 1 ? first : `${first} and ${roots.length - 1} more`);
    const made = await bundle(ctx, set, { format: o.format, title, attachments });
    const completeness: Completeness = {
      looked: all.length,
      of: complete ? all.length : null,
      complete,
      stopped: complete ? null : `one export holds at most ${mostPages} pages.`,
    };
    const named =
      roots.length === 1 ? `("${oneLine(first)}"${o.children === true ? ' and what is below it' : ''})` : '';
    return exported(ctx, set, made, { format: o.format, words: named, completeness });
  },
});
