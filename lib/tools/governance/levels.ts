import { z } from 'zod';
import { UserError } from '#errors';
import { getClassificationLevels } from '#lib/confluence';
import { isNotFound } from '../ids.ts';
import { nearest, plain } from '../near.ts';
import type { Context } from '../operation.ts';
import { oneLine } from '../render.ts';

export const levelShape = z.object({
  id: z.string(),
  name: z.string(),
  status: z.string(),
  order: z.number().nullable(),
  description: z.string(),
  guideline: z.string(),
  color: z.string().nullable(),
});
export type Level = z.output<typeof levelShape>;

type RawLevel = Awaited<ReturnType<typeof getClassificationLevels>>[number];

/** A level of an answer in our own shape; null where the id is missing. */
export function levelOf(raw: RawLevel | null | undefined): Level | null {
  if (!raw?.id) return null;
  return {
    id: raw.id,
    name: raw.name ?? raw.id,
    status: raw.status ?? 'PUBLISHED',
    order: raw.order ?? null,
    description: raw.description ?? '',
    guideline: raw.guideline ?? '',
    color: raw.color ?? null,
  };
}

/** The error of a site without data classification: the API answers 404 to everything then. */
export function noClassification(cause?: unknown): UserError {
  return new UserError('not_possible', 'This Confluence site has no data classification.', {
    next: 'It comes with Premium and Enterprise and is set up by an organisation admin at admin.atlassian.com.',
    ...(cause === undefined ? {} : { cause }),
  });
}

/** The levels of the organisation, least sensitive first. @throws UserError not_possible where the plan has none. */
export async function allLevels(ctx: Pick<Context, 'confluence'>): Promise<Level[]> {
  try {
    const found = await getClassificationLevels(ctx.confluence);
    return found
      .map(levelOf)
      .filter((level): level is Level => level !== null)
      .toSorted((a, b) => (a.order ?? 0) - (b.order ?? 0));
  } catch (error) {
    throw isNotFound(error) ? noClassification(error) : error;
  }
}

/** The level meant, by id or name; only those in use. @throws UserError not_found with the names there are. */
export function resolveLevel(levels: readonly Level[], given: string): Level {
  const usable = levels.filter(({ status }) => status === 'PUBLISHED');
  const found = usable.find(({ id, name }) => id === given || plain(name) === plain(given));
  if (found !== undefined) return found;
  const near = nearest(given, usable, ({ name }) => name, 3);
  throw new UserError('not_found', `There is no classification level "${given}" in use.`, {
    next: `Choose one of: ${usable.map(({ name }) => oneLine(name)).join(', ') || 'none is set up'}.`,
    data: { levels: usable.map(({ id, name }) => ({ id, name })), near: near.map(({ name }) => name) },
  });
}
