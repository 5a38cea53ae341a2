import { z } from 'zod';
import { UserError } from '#errors';
import { applyEdits, ContentError, type Edit, markdownToStorage, textOf } from '#lib/content';
import { defineBulk } from '../define.ts';
import type { Document } from '../documents.ts';
import { text } from '../inputs.ts';
import type { PlanItem } from '../operation.ts';
import { documentTarget } from '../page-write/index.ts';
import { counted, oneLine } from '../render.ts';
import { planList, planShape, type Skipped } from './plan-list.ts';
import { eachTarget, requireScope, targetInputs } from './targets.ts';

const input = z.object({
  body: text,
  body_format: z.enum(['markdown', 'storage', 'adf']).optional(),
  position: z.enum(['top', 'bottom', 'after_heading']).optional(),
  heading: text.optional(),
  skip_if_present: z.boolean().optional(),
  ...targetInputs,
});
type Input = z.output<typeof input>;

function editOf(o: Input): Edit {
  if (o.body_format === 'adf')
    throw new UserError('not_possible', 'ADF cannot be put into a page without rewriting the whole page.', {
      next: 'Give the body as Markdown or in storage format.',
    });
  const position = o.position ?? (o.heading === undefined ? 'bottom' : 'after_heading');
  if (position === 'after_heading' && o.heading === undefined)
    throw new UserError('invalid_input', 'heading: Which heading the text goes under is missing.', {
      next: 'Give heading, or position top or bottom.',
    });
  const content = o.body_format === 'storage' ? { storage: o.body } : { markdown: o.body };
  if (position === 'after_heading' && o.heading !== undefined)
    return { op: 'prepend', target: { heading: o.heading }, ...content };
  return { op: position === 'top' ? 'prepend' : 'append', ...content };
}

const plain = (text: string): string => text.replace(/\s+/g, ' ').trim().toLowerCase();

/** True when the page holds the block already: the same words in a row, or, of a block without words, the same storage. */
function present(page: Document, storage: string): boolean {
  const body = page.body ?? '';
  const words = plain(textOf(storage));
  return words === '' ? body.includes(storage.trim()) : plain(textOf(body)).includes(words);
}

export const addContentToPages = defineBulk({
  name: 'add_content_to_pages',
  input,
  output: planShape,
  async plan(ctx, o) {
    requireScope(o, 'the text would go onto every page');
    const edit = editOf(o);
    const storage = o.body_format === 'storage' ? o.body : markdownToStorage(o.body);
    const items: PlanItem[] = [];
    const skipped: Skipped[] = [];
    const { completeness, words } = await eachTarget(ctx, o, { bodies: true }, async (page) => {
      const { id, title, url, version } = page;
      try {
        if (o.skip_if_present !== false && present(page, storage)) {
          skipped.push({ id, title, url, why: 'it has this text already' });
          return false;
        }
        applyEdits(page.body ?? '', [edit]);
      } catch (error) {
        if (!(error instanceof ContentError)) throw error;
        skipped.push({ id, title, url, why: error.message });
        return false;
      }
      const place =
        edit.target !== undefined
          ? `under "${o.heading}"`
          : edit.op === 'prepend'
            ? 'at the top'
            : 'at the bottom';
      items.push({
        operation: 'edit_page',
        input: { page: id, base_version: version, edits: [edit] },
        title: `Add "${oneLine(textOf(storage)).slice(0, 60) || 'a block'}" to "${title}"`,
        target: await documentTarget(ctx, page),
        why: `${place}, version ${version}`,
      });
      return true;
    });
    return planList({
      items,
      skipped,
      completeness,
      head: `Add the same text to ${counted(items.length, 'page')} ${words}`,
      none: `No page ${words} needs this text. Nothing was proposed.`,
      remarks: [`The text: ${oneLine(textOf(storage)).slice(0, 300)}`],
    });
  },
});
