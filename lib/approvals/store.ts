import { type ChangeRow, changeById, database, moveChange, type Transition } from '#db';
import { InternalError, UserError } from '#errors';
import type { Limits, Operation, Outcome, Proposal, WriteOperation } from '#lib/tools';
import { isBulk, operations } from '#lib/tools';
import type { ChangeStatus } from '#lib/wire';
import { announce } from './events.ts';
import { toolkitWrite } from './toolkit-operations.ts';

/** The account and site that would write, as shown on the card and checked again before apply. */
export type ActingAs = { accountId: string; name: string; site: string };

export type StoredChange = {
  row: ChangeRow;
  status: ChangeStatus;
  proposal: Proposal;
  limits: Limits;
  actingAs: ActingAs;
  outcome: Outcome | null;
};

export function parseChange(row: ChangeRow): StoredChange {
  return {
    row,
    status: row.status as ChangeStatus,
    proposal: JSON.parse(row.proposal) as Proposal,
    limits: JSON.parse(row.limits) as Limits,
    actingAs: JSON.parse(row.acting_as) as ActingAs,
    outcome: row.outcome === null ? null : (JSON.parse(row.outcome) as Outcome),
  };
}

export async function loadChange(id: string): Promise<StoredChange> {
  const row = await changeById(await database(), id);
  if (row === undefined) throw new InternalError('internal', `Change ${id} has vanished.`);
  return parseChange(row);
}

/** A change of this person. Another person's change is "not found": its existence is nobody's business. */
export async function ownChange(userId: string, id: string): Promise<StoredChange> {
  const row = await changeById(await database(), id);
  if (row === undefined || row.user_id !== userId) {
    throw new UserError('not_found', 'There is no such change.', {
      next: 'It may belong to another person. Open the link while signed in as the person who asked for it.',
    });
  }
  return parseChange(row);
}

/** Moves a change and tells the listeners. False when it was no longer where the caller saw it. */
export async function move(t: Transition & { to: ChangeStatus }): Promise<boolean> {
  const db = await database();
  const moved = await moveChange(db, t);
  if (moved) {
    const row = await changeById(db, t.id);
    if (row !== undefined) announce(row);
  }
  return moved;
}

/** The write operation of that name. */
export function writeOperation(name: string): WriteOperation {
  const found: Operation | null =
    operations.find((operation) => operation.name === name) ?? toolkitWrite(name);
  if (found === null || found.tier === 'read' || isBulk(found)) {
    throw new InternalError('internal', `There is no write operation ${name}.`);
  }
  return found;
}
