import { z } from 'zod';
import { defineWrite } from '../define.ts';
import { text } from '../inputs.ts';
import { deletionPreview, deletionWrite } from '../pages/delete-document.ts';
import { resolveBlogPost } from '../resolve/page.ts';
import { proposalShape } from '../written.ts';

export const deleteBlogPostOperation = defineWrite({
  name: 'delete_blog_post',
  input: z.object({ posts: z.array(text).min(1).max(50) }),
  output: proposalShape,
  async preview(ctx, o) {
    return deletionPreview(
      ctx,
      'blog_post',
      await Promise.all(o.posts.map((post) => resolveBlogPost(ctx, post))),
    );
  },
  ...deletionWrite,
});
