import { z } from 'zod';
import { UserError } from '#errors';
import { requireEditable } from '../adf-only.ts';
import { defineWrite } from '../define.ts';
import { itemOf } from '../documents.ts';
import { idleInput, text } from '../inputs.ts';
import { editsResolved } from '../mentions-in-markdown.ts';
import type { Context, NoChange, Proposal } from '../operation.ts';
import {
  baseVersionOf,
  checkTitle,
  editableOf,
  editedStorage,
  editShape,
  idleText,
  inversePut,
  type PutChange,
  putProposal,
  putWrite,
  titleOfEdits,
  wholeBody,
  withText,
} from '../page-write/index.ts';
import { bodyGiven } from '../pages/create-body.ts';
import { checkFree } from '../pages/new-place.ts';
import { sourceOf } from '../render.ts';
import { resolveBlogPost } from '../resolve/page.ts';
import { spaceById } from '../resolve/space.ts';
import { proposalShape, stillChanges } from '../written.ts';

const input = z.object({
  post: text,
  base_version: z.int().min(1),
  edits: z.array(editShape).min(1).optional(),
  title: text.optional(),
  body: z.string().optional(),
  body_format: z.enum(['markdown', 'storage', 'adf']).optional(),
  message: text.optional(),
});
type Input = z.output<typeof input>;

function titleOf(o: Input, before: string, change: PutChange): string {
  if (o.edits !== undefined && change.title === undefined) return titleOfEdits(o.edits, before);
  const replaces = change.storage !== undefined || change.foreign !== undefined;
  if (change.title === undefined) return `Replace the text of the blog post "${before}"`;
  return replaces
    ? `Update the blog post "${before}"`
    : `Rename the blog post "${before}" to "${change.title}"`;
}

async function preview(ctx: Context, o: Input): Promise<Proposal | NoChange> {
  if (o.body_format !== undefined && o.body === undefined)
    throw idleInput('body_format', 'It is the format of a whole new body, and none was given.');
  if (o.edits !== undefined && o.body !== undefined)
    throw new UserError('invalid_input', 'Give edits or a whole new body, not both.', {
      next: 'Prefer edits: they leave the rest of the post untouched.',
    });
  if (o.edits === undefined && o.body === undefined && o.title === undefined)
    throw new UserError('invalid_input', 'Nothing was given to change.', {
      next: 'Give edits, a new title, or a whole new body.',
    });
  const current = await resolveBlogPost(ctx, o.post, { format: 'storage' });
  if (o.edits !== undefined || (o.body !== undefined && o.body_format !== 'adf'))
    await requireEditable(ctx, current);
  const baseVersion = baseVersionOf(current, o.base_version);
  const title = o.title === undefined ? current.title : checkTitle(o.title);
  const edits = o.edits === undefined ? undefined : await editsResolved(ctx, o.edits);
  const edited = edits === undefined ? null : await editedStorage(ctx, current, baseVersion, edits);
  const whole =
    o.body === undefined
      ? null
      : await wholeBody(ctx, current, {
          body: await bodyGiven(ctx, o.body, o.body_format),
          format: o.body_format ?? 'markdown',
          title,
          baseVersion,
        });
  const change: PutChange = {
    ...(title === current.title ? {} : { title }),
    ...(edited === null || edited.same !== null ? {} : { storage: edited.storage }),
    ...whole?.change,
  };
  if (Object.keys(change).length === 0) {
    const same = { same: 'is how it stands already:', idle: [] };
    return {
      noChange: true,
      text: idleText(edited === null || edited.same === null ? same : edited, current),
      sources: [sourceOf(await itemOf(ctx, current))],
    };
  }
  const space = await spaceById(ctx, current.spaceId);
  if (change.title !== undefined && space !== null)
    await checkFree(ctx, space, change.title, 'blog_post', current.id);
  return putProposal(ctx, {
    operation: 'update_blog_post',
    title: titleOf(o, current.title, change),
    found: current,
    change,
    message: o.message,
    input: {
      ...o,
      ...(edits === undefined ? {} : { edits }),
      post: current.id,
      base_version: baseVersion,
    },
    editable:
      edits !== undefined
        ? editableOf(edits)
        : whole !== null && whole.body.markdown !== null && whole.change.storage !== undefined
          ? { label: 'Whole post (Markdown)', text: whole.body.markdown }
          : null,
    warnings: edited?.warnings ?? [],
  });
}

export const updateBlogPostOperation = defineWrite({
  name: 'update_blog_post',
  input,
  output: proposalShape,
  preview,
  async edit(ctx, proposal, newText) {
    const given = input.parse(proposal.input);
    const edited = await preview(
      ctx,
      given.edits === undefined
        ? { ...given, body: newText, body_format: 'markdown' }
        : { ...given, edits: withText(given.edits, newText) },
    );
    return stillChanges(edited);
  },
  ...putWrite,
  inverse: (ctx, proposal, outcome) => inversePut(ctx, proposal, outcome, 'blog_post'),
});
