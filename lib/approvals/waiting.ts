import { countChanges, database } from '#db';
import { type ChangeView, type Waiting, type WaitingChange, waitingStatuses } from '#lib/wire';
import { listChanges } from './read.ts';

const mostListed = 200;

function asLine(change: ChangeView): WaitingChange {
  const { id, hash, title, tier, status, target, origin, createdAt, expiresAt, warnings } = change;
  return {
    id,
    hash,
    title,
    tier,
    status,
    target,
    origin,
    createdAt,
    expiresAt,
    warnings: warnings.length,
  };
}

/**
 * What waits for a person's decision, from chats and MCP clients alike.
 * @param known the marker of the list that the asker has: the list itself comes only when it has changed,
 *   since every open page asks again and again.
 */
export async function waitingFor(userId: string, known: string | null): Promise<Waiting> {
  const { count, movedAt } = await countChanges(await database(), userId, waitingStatuses);
  const marker = `${count}.${movedAt}`;
  if (marker === known) return { count, marker, changes: null };
  const changes = await listChanges(userId, { statuses: waitingStatuses, limit: mostListed });
  return { count, marker, changes: changes.map(asLine) };
}
