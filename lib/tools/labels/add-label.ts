import { z } from 'zod';
import { defineWrite } from '../define.ts';
import { text } from '../inputs.ts';
import { proposalShape } from '../written.ts';
import {
  applyLabels,
  inverseLabels,
  previewLabels,
  rebaseLabels,
  settleLabels,
  verifyLabels,
} from './label-write.ts';

export const addLabel = defineWrite({
  name: 'add_label',
  input: z.object({
    ids: z.array(text).min(1).max(50),
    content_type: z.enum(['page', 'blog_post', 'attachment', 'space']).optional(),
    labels: z.array(text).min(1).max(20),
  }),
  output: proposalShape,
  preview: (ctx, o) => previewLabels(ctx, 'add_label', o),
  rebase: rebaseLabels,
  apply: applyLabels,
  verify: verifyLabels,
  settle: settleLabels,
  inverse: inverseLabels,
});
