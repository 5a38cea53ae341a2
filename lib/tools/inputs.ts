import { z } from 'zod';
import { UserError } from '#errors';

/** Pieces of input and output schemas that many operations share. */

export const text = z.string().trim().min(1);
export const cursor = text.optional();
/** How many items; Atlassian allows up to 250 in most lists. */
export const limit = (max = 100) => z.int().min(1).max(max).default(25);
export const pageFormat = z.enum(['outline', 'markdown', 'storage', 'adf', 'view']);
export const include = z.array(
  z.enum([
    'labels',
    'properties',
    'versions',
    'likes',
    'operations',
    'collaborators',
    'inline_comments',
    'block_ids',
  ]),
);

export const spaceShape = z.object({ id: z.string(), key: z.string(), name: z.string() });

/** One page, blog post or other item of a list. */
export const itemShape = z.object({
  id: z.string(),
  type: z.string(),
  title: z.string(),
  url: z.string().nullable(),
  space: spaceShape.nullable().optional(),
  status: z.string().optional(),
  version: z.number().nullable().optional(),
  updated_at: z.string().nullable().optional(),
  updated_by: z.string().nullable().optional(),
});
export type Item = z.output<typeof itemShape>;

/** A list with its way on; never a total, for Atlassian gives none that holds. */
export function listOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), has_more: z.boolean(), cursor: z.string().nullable() });
}
export const itemList = listOf(itemShape);

/** For an input that would have no effect: whoever gave it meant something by it. */
export const idleInput = (input: string, why: string): UserError =>
  new UserError('invalid_input', `${input}: ${why}`, { next: `Leave ${input} out, or say what it is for.` });
