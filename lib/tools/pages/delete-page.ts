import { z } from 'zod';
import { defineWrite } from '../define.ts';
import { text } from '../inputs.ts';
import { resolvePage } from '../resolve/page.ts';
import { proposalShape } from '../written.ts';
import { deletionPreview, deletionWrite } from './delete-document.ts';

export const deletePage = defineWrite({
  name: 'delete_page',
  input: z.object({ pages: z.array(text).min(1).max(50) }),
  output: proposalShape,
  async preview(ctx, o) {
    return deletionPreview(ctx, 'page', await Promise.all(o.pages.map((page) => resolvePage(ctx, page))));
  },
  ...deletionWrite,
});
