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

const labelOperation = (name: 'add_label' | 'remove_label') =>
  defineWrite({
    name,
    input: z.object({
      ids: z.array(text).min(1).max(50),
      content_type: z.enum(['page', 'blog_post', 'attachment', 'space']).optional(),
      labels: z.array(text).min(1).max(20),
    }),
    output: proposalShape,
    preview: (ctx, o) => previewLabels(ctx, name, o),
    rebase: rebaseLabels,
    apply: applyLabels,
    verify: verifyLabels,
    settle: settleLabels,
    inverse: inverseLabels,
  });

/** Each is the inverse of the other. */
export const addLabel = labelOperation('add_label');
export const removeLabel = labelOperation('remove_label');
