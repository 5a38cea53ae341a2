import { z } from 'zod';

/** What a write answers with: a proposal to decide on, or that nothing needs to change. */
export const proposalShape = z.object({
  change_id: z.string().optional(),
  status: z.string(),
  title: z.string(),
  approval_url: z.string().nullable().optional(),
  version: z.number().nullable().optional(),
  url: z.string().nullable().optional(),
});
