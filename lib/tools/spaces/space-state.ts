import { getSpaceById } from '#lib/confluence';
import { contentNumber, orNull } from '../ids.ts';
import type { Context } from '../operation.ts';

/** What update_space and archive_space may change. */
export type SpaceState = { name: string; description: string; homepage: string | null; status: string };

/** Name, description, homepage and status of a space as they are now; null when it is gone. */
export async function spaceState(ctx: Context, id: string): Promise<SpaceState | null> {
  const raw = await orNull(
    getSpaceById(ctx.confluence, { id: contentNumber(id), descriptionFormat: 'plain' }),
  );
  if (raw === null || !raw.id) return null;
  const plain = (raw.description as { plain?: { value?: unknown } } | null | undefined)?.plain?.value;
  return {
    name: raw.name ?? '',
    description: typeof plain === 'string' ? plain : '',
    homepage: raw.homepageId ? String(raw.homepageId) : null,
    status: raw.status ?? 'current',
  };
}
