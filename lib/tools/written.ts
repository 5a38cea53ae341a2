import { z } from 'zod';
import { UserError } from '#errors';
import type { NoChange } from './operation.ts';

/** What a write answers with: a proposal to decide on, or that nothing needs to change. */
export const proposalShape = z.object({
  change_id: z.string().optional(),
  status: z.string(),
  title: z.string(),
  approval_url: z.string().nullable().optional(),
  version: z.number().nullable().optional(),
  url: z.string().nullable().optional(),
});

/** A change worked out anew with the person's own words. @throws UserError invalid_input when nothing of it is left. */
export function stillChanges<Planned extends object>(edited: Planned | NoChange): Planned {
  if (!('noChange' in edited)) return edited as Planned;
  throw new UserError('invalid_input', edited.text, { next: 'Change the text, or decline the change.' });
}
