import { z } from 'zod';
import { UserError } from '#errors';
import { defineWrite } from '../define.ts';
import { text } from '../inputs.ts';
import type { Context, Proposal } from '../operation.ts';
import { checkTitle } from '../page-write/index.ts';
import { bodyFrom, bodyGiven } from '../pages/create-body.ts';
import { newDocumentProposal, newDocumentWrite } from '../pages/new-document.ts';
import { checkFree } from '../pages/new-place.ts';
import { resolveSpace } from '../resolve/space.ts';
import { proposalShape } from '../written.ts';

const input = z.object({
  space: text,
  title: text.optional(),
  body: z.string(),
  body_format: z.enum(['markdown', 'storage', 'adf']).optional(),
  draft: z.boolean().optional(),
  private: z.boolean().optional(),
  labels: z.array(text).optional(),
});

async function preview(ctx: Context, o: z.output<typeof input>): Promise<Proposal> {
  const draft = o.draft === true;
  if (o.title === undefined && !draft) {
    throw new UserError('invalid_input', 'title: A published blog post needs a title.', {
      next: 'Give a title, or set draft.',
    });
  }
  const title = o.title === undefined ? '' : checkTitle(o.title);
  const space = await resolveSpace(ctx, o.space);
  if (!draft) await checkFree(ctx, space, title, 'blog_post');
  return newDocumentProposal({
    kind: 'blog_post',
    space,
    title,
    body: bodyFrom(await bodyGiven(ctx, o.body, o.body_format), o.body_format ?? 'markdown', title),
    draft,
    private: o.private === true,
    labels: o.labels ?? [],
    input: { ...o, space: space.id, ...(o.title === undefined ? {} : { title }) },
  });
}

export const createBlogPostOperation = defineWrite({
  name: 'create_blog_post',
  input,
  output: proposalShape,
  preview,
  async edit(ctx, proposal, newText) {
    return preview(ctx, { ...input.parse(proposal.input), body: newText, body_format: 'markdown' });
  },
  ...newDocumentWrite,
});
