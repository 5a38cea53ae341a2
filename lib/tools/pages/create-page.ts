import { z } from 'zod';
import { UserError } from '#errors';
import { defineWrite } from '../define.ts';
import { idleInput, text } from '../inputs.ts';
import type { Context, Proposal } from '../operation.ts';
import { checkTitle } from '../page-write/index.ts';
import { resolveSpace } from '../resolve/space.ts';
import { proposalShape } from '../written.ts';
import { bodyFrom, bodyGiven, bodyOfTemplate } from './create-body.ts';
import { newDocumentProposal, newDocumentWrite } from './new-document.ts';
import { checkFree, parentOf } from './new-place.ts';

const input = z.object({
  space: text,
  title: text.optional(),
  body: z.string().optional(),
  body_format: z.enum(['markdown', 'storage', 'adf', 'wiki']).optional(),
  parent: text.optional(),
  draft: z.boolean().optional(),
  template_id: text.optional(),
  template_values: z.record(z.string(), z.string()).optional(),
  live: z.boolean().optional(),
  private: z.boolean().optional(),
  labels: z.array(text).optional(),
});

/** @throws UserError invalid_input for what would have no effect. */
function refuseIdle(o: z.output<typeof input>): void {
  if (o.template_id === undefined) {
    if (o.template_values !== undefined) throw idleInput('template_values', 'They need a template_id.');
    return;
  }
  if (o.body !== undefined)
    throw idleInput('template_id', 'A template is filled instead of a body, not with one.');
  if (o.body_format !== undefined) throw idleInput('body_format', 'A template has a format of its own.');
}

async function preview(ctx: Context, o: z.output<typeof input>): Promise<Proposal> {
  refuseIdle(o);
  const draft = o.draft === true;
  if (o.title === undefined && !draft) {
    throw new UserError('invalid_input', 'title: A published page needs a title.', {
      next: 'Give a title, or set draft.',
    });
  }
  const title = o.title === undefined ? '' : checkTitle(o.title);
  const space = await resolveSpace(ctx, o.space);
  if (!draft) await checkFree(ctx, space, title);
  const parent = await parentOf(ctx, space, o.parent);
  const body =
    o.template_id === undefined
      ? bodyFrom(await bodyGiven(ctx, o.body ?? '', o.body_format), o.body_format ?? 'markdown', title)
      : await bodyOfTemplate(ctx, o.template_id, o.template_values ?? {});
  return newDocumentProposal({
    kind: 'page',
    space,
    title,
    body,
    draft,
    private: o.private === true,
    labels: o.labels ?? [],
    parent,
    live: o.live === true,
    input: {
      ...o,
      space: space.id,
      ...(parent === null ? {} : { parent: parent.id }),
      ...(o.title === undefined ? {} : { title }),
    },
  });
}

export const createPage = defineWrite({
  name: 'create_page',
  input,
  output: proposalShape,
  preview,
  async edit(ctx, proposal, newText) {
    return preview(ctx, { ...input.parse(proposal.input), body: newText, body_format: 'markdown' });
  },
  ...newDocumentWrite,
});
