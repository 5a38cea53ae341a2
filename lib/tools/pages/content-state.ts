import { getAvailableContentStates, getContentState } from '#lib/confluence';
import type { Document } from '../documents.ts';
import type { Context } from '../operation.ts';
import { iso } from '../render.ts';

/** A status lozenge. Ids are of the space's own states or of the person's own. */
export type ContentState = { id: number; name: string; color: string };

/** The states that may be set on some content. */
export type AvailableStates = { space: ContentState[]; custom: ContentState[] };

function stateOf(raw: unknown): ContentState | null {
  if (typeof raw !== 'object' || raw === null) return null;
  const { id, name, color } = raw as { id?: unknown; name?: unknown; color?: unknown };
  return typeof name === 'string' && name !== ''
    ? { id: Number(id), name, color: typeof color === 'string' ? color : '' }
    : null;
}

const listOf = (raw: unknown): ContentState[] =>
  (Array.isArray(raw) ? raw : []).map(stateOf).filter((one): one is ContentState => one !== null);

const stages: Record<string, 'current' | 'draft' | 'archived'> = { draft: 'draft', archived: 'archived' };

/** The lozenge of a page or blog post, and when it was set. Null: it has none. */
export async function readState(
  ctx: Pick<Context, 'confluence'>,
  page: Pick<Document, 'id' | 'status'>,
): Promise<{ state: ContentState | null; at: string | null }> {
  const answer = await getContentState(ctx.confluence, {
    id: page.id,
    status: stages[page.status] ?? 'current',
  });
  return { state: stateOf(answer?.contentState), at: iso(answer?.lastUpdated) };
}

/** What may be set on it: all states of the space, and the three of the person's own that were used last. */
export async function readAvailable(ctx: Pick<Context, 'confluence'>, id: string): Promise<AvailableStates> {
  const answer = await getAvailableContentStates(ctx.confluence, { id });
  return { space: listOf(answer?.spaceContentStates), custom: listOf(answer?.customContentStates) };
}

export const sameState = (
  a: Pick<ContentState, 'name' | 'color'> | null,
  b: Pick<ContentState, 'name' | 'color'> | null,
): boolean =>
  a === null || b === null ? a === b : a.name === b.name && a.color.toLowerCase() === b.color.toLowerCase();
