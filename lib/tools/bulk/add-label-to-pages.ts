import { z } from 'zod';
import { defineBulk } from '../define.ts';
import { text } from '../inputs.ts';
import { labelsOf } from '../labels/label-target.ts';
import { labelNames } from '../labels/names.ts';
import type { PlanItem } from '../operation.ts';
import { documentTarget } from '../page-write/index.ts';
import { counted } from '../render.ts';
import { planList, planShape, type Skipped } from './plan-list.ts';
import { eachTarget, requireScope, targetInputs } from './targets.ts';

export const addLabelToPages = defineBulk({
  name: 'add_label_to_pages',
  input: z.object({ labels: z.array(text).min(1).max(20), ...targetInputs }),
  output: planShape,
  async plan(ctx, o) {
    requireScope(o, 'every page would get the label');
    const { names, notes } = labelNames(o.labels);
    const shown = names.map((name) => `"${name}"`).join(', ');
    const items: PlanItem[] = [];
    const skipped: Skipped[] = [];
    const { completeness, words } = await eachTarget(ctx, o, { bodies: false }, async (page) => {
      const { id, title, url } = page;
      const now = await labelsOf(ctx, { type: 'page', id, key: id, title });
      const lacking = names.filter((name) => !now.includes(name));
      if (lacking.length === 0) {
        skipped.push({ id, title, url, why: `it has ${shown} already` });
        return false;
      }
      if (items.length % 10 === 9) ctx.progress(`labels of ${items.length + skipped.length} pages read`);
      items.push({
        operation: 'add_label',
        input: { ids: [id], content_type: 'page', labels: lacking },
        title: `Add ${lacking.map((name) => `"${name}"`).join(', ')} to "${title}"`,
        target: await documentTarget(ctx, page),
        why: now.length === 0 ? 'it has no labels' : `labels now: ${now.join(', ')}`,
      });
      return true;
    });
    return planList({
      items,
      skipped,
      completeness,
      head: `Add ${names.length === 1 ? 'the label' : 'the labels'} ${shown} to ${counted(items.length, 'page')} ${words}`,
      none: `Every page ${words} that is visible to you has ${shown} already, or there is none. Nothing was proposed.`,
      remarks: notes,
    });
  },
});
