import { z } from 'zod';
import { text } from '../inputs.ts';
import type { Context } from '../operation.ts';
import { commentBody } from './comment-body.ts';
import { bodyInput, defineCommentCreate, type NewComment } from './comment-create.ts';
import { type Place, placeOf, placeTarget } from './list-comments.ts';

type Onto = Pick<NewComment, 'onto' | 'target'> & { place: Place };

async function onto(
  ctx: Context,
  o: { id: string; content_type?: Exclude<Place['type'], 'site'> | undefined },
): Promise<Onto> {
  const place = await placeOf(ctx, o);
  const { id, type } = place;
  const target = await placeTarget(ctx, place);
  const names: Record<Place['type'], NewComment['onto']> = {
    page: { pageId: id },
    blog_post: { blogPostId: id },
    attachment: { attachmentId: id },
    custom_content: { customContentId: id },
    site: {},
  };
  return { place, onto: names[type], target };
}

export const createFooterCommentOperation = defineCommentCreate({
  name: 'create_footer_comment',
  input: z.object({
    id: text,
    content_type: z.enum(['page', 'blog_post', 'attachment', 'custom_content']).optional(),
    body: text,
    body_format: z.enum(['markdown', 'storage', 'adf']).optional(),
    mentions: z.array(text).max(50).optional(),
  }),
  async work(ctx, o) {
    const { place, onto: where, target } = await onto(ctx, o);
    return {
      title: `Comment on "${place.title}"`,
      target,
      input: {
        id: place.id,
        content_type: place.type,
        ...bodyInput(o),
        ...(o.mentions === undefined ? {} : { mentions: o.mentions }),
      },
      kind: 'footer',
      onto: where,
      among: place,
      before: null,
      fields: [],
      body: await commentBody(ctx, o),
    };
  },
});
