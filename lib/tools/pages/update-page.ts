import { z } from 'zod';
import { UserError } from '#errors';
import { requireEditable } from '../adf-only.ts';
import { defineWrite } from '../define.ts';
import { type Document, findDocument, itemOf } from '../documents.ts';
import { idleInput, text } from '../inputs.ts';
import type { Context, NoChange, Proposal } from '../operation.ts';
import {
  baseVersionOf,
  checkTitle,
  inversePut,
  type PutChange,
  putProposal,
  putWrite,
  wholeBody,
} from '../page-write/index.ts';
import { namesOf } from '../people.ts';
import { sourceOf } from '../render.ts';
import { resolvePage } from '../resolve/page.ts';
import { resolvePerson } from '../resolve/person.ts';
import { proposalShape, stillChanges } from '../written.ts';
import { bodyGiven } from './create-body.ts';

const input = z.object({
  page: text,
  base_version: z.int().min(1).optional(),
  title: text.optional(),
  body: z.string().optional(),
  body_format: z.enum(['markdown', 'storage', 'adf', 'wiki']).optional(),
  owner: text.optional(),
  parent: text.optional(),
  status: z.enum(['current', 'draft']).optional(),
  message: text.optional(),
});
type Input = z.output<typeof input>;

async function parentChange(ctx: Context, current: Document, given: string | undefined): Promise<PutChange> {
  if (given === undefined) return {};
  const parent = await resolvePage(ctx, given);
  if (parent.spaceId !== current.spaceId) {
    throw new UserError('invalid_input', `The parent "${parent.title}" lies in another space.`, {
      next: 'Use move_page to move a page to another space.',
    });
  }
  if (parent.id === current.id)
    throw new UserError('invalid_input', 'A page cannot be its own parent.', { next: 'Name another page.' });
  if (parent.id === current.parentId) return {};
  const before = current.parentId === null ? null : await findDocument(ctx, 'page', current.parentId);
  return { parent: { id: parent.id, title: parent.title, before: before?.title ?? 'none' } };
}

async function ownerChange(ctx: Context, current: Document, given: string | undefined): Promise<PutChange> {
  if (given === undefined) return {};
  const owner = await resolvePerson(ctx, given);
  if (owner.accountId === current.ownerId) return {};
  const names = await namesOf(ctx, [current.ownerId]);
  return {
    owner: { id: owner.accountId, name: owner.name, before: names.get(current.ownerId ?? '') ?? 'none' },
  };
}

function titleOf(current: Document, change: PutChange): string {
  const parts = Object.keys(change);
  if (parts.length === 1 && change.title !== undefined)
    return `Rename "${current.title}" to "${change.title}"`;
  if (parts.length === 1 && change.parent !== undefined)
    return `Move "${current.title}" under "${change.parent.title}"`;
  if (parts.length === 1 && change.owner !== undefined)
    return `Make ${change.owner.name} the owner of "${current.title}"`;
  if (parts.length === 1 && change.status === 'current') return `Publish "${current.title}"`;
  if (parts.length === 1 && (change.storage !== undefined || change.foreign !== undefined))
    return `Replace the text of "${current.title}"`;
  return `Update "${current.title}"`;
}

async function preview(ctx: Context, o: Input): Promise<Proposal | NoChange> {
  if (o.body_format !== undefined && o.body === undefined)
    throw idleInput('body_format', 'It is the format of a whole new body, and none was given.');
  const plain = await resolvePage(ctx, o.page, { format: 'storage' });
  const current =
    o.status === 'draft' && plain.status === 'current'
      ? ((await findDocument(ctx, 'page', plain.id, { format: 'storage', draft: true })) ?? plain)
      : plain;
  if (o.body !== undefined && o.body_format !== 'adf') await requireEditable(ctx, current);
  const baseVersion = baseVersionOf(current, o.base_version);
  const title = o.title === undefined ? undefined : checkTitle(o.title);
  const whole =
    o.body === undefined
      ? null
      : await wholeBody(ctx, current, {
          body: await bodyGiven(ctx, o.body, o.body_format),
          format: o.body_format ?? 'markdown',
          title: o.title ?? current.title,
          baseVersion,
        });
  const change: PutChange = {
    ...(title === undefined || title === current.title ? {} : { title }),
    ...whole?.change,
    ...(await parentChange(ctx, current, o.parent)),
    ...(await ownerChange(ctx, current, o.owner)),
    ...(o.status === undefined || o.status === current.status ? {} : { status: o.status }),
  };
  if (Object.keys(change).length === 0) {
    return {
      noChange: true,
      text: `"${current.title}" (version ${current.version}) is like that already. No change was proposed.`,
      sources: [sourceOf(await itemOf(ctx, current))],
    };
  }
  return putProposal(ctx, {
    operation: 'update_page',
    title: titleOf(current, change),
    found: current,
    change,
    message: o.message,
    input: { ...o, page: current.id, base_version: baseVersion },
    editable:
      whole !== null && whole.body.markdown !== null && whole.change.storage !== undefined
        ? { label: 'Whole page (Markdown)', text: whole.body.markdown }
        : null,
    warnings:
      o.status === 'draft'
        ? [
            {
              code: 'replaces_draft',
              message: 'A draft of this page that exists already is replaced.',
              mustConfirm: true,
            },
          ]
        : [],
  });
}

export const updatePageOperation = defineWrite({
  name: 'update_page',
  input,
  output: proposalShape,
  preview,
  async edit(ctx, proposal, newText) {
    const edited = await preview(ctx, {
      ...input.parse(proposal.input),
      body: newText,
      body_format: 'markdown',
    });
    return stillChanges(edited);
  },
  ...putWrite,
  inverse: (ctx, proposal, outcome) =>
    inversePut(ctx, proposal, outcome, (proposal.request as { kind?: 'page' | 'blog_post' }).kind ?? 'page'),
});
