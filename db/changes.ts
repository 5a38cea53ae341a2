import type { Insertable, Selectable, Updateable } from 'kysely';
import { newId } from './ids.ts';
import type { Db } from './open.ts';
import type { ChangeEventsTable, ChangesTable } from './schema.ts';

export type ChangeRow = Selectable<ChangesTable>;
export type ChangeEventRow = Selectable<ChangeEventsTable>;

export async function insertChange(db: Db, row: Insertable<ChangesTable>): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await tx.insertInto('changes').values(row).execute();
    await tx
      .insertInto('change_events')
      .values({
        id: newId('evt'),
        change_id: row.id,
        at: row.created_at,
        from_status: null,
        to_status: row.status,
        by_user: row.user_id,
        note: null,
      })
      .execute();
  });
}

export async function changeById(db: Db, id: string): Promise<ChangeRow | undefined> {
  return db.selectFrom('changes').selectAll().where('id', '=', id).executeTakeFirst();
}

export type Transition = {
  id: string;
  from: readonly string[];
  to: string;
  /** Only when the row still has this hash. */
  hash?: string;
  set?: Updateable<ChangesTable>;
  by?: string | null;
  note?: string | null;
};

/**
 * Moves a change from one of `from` to `to` and writes the ledger, in one transaction. False when the
 * row was not (or no longer) in one of these states: somebody else moved it.
 */
export async function moveChange(db: Db, t: Transition): Promise<boolean> {
  const at = Date.now();
  return db.transaction().execute(async (tx) => {
    const row = await tx
      .selectFrom('changes')
      .select(['status', 'hash'])
      .where('id', '=', t.id)
      .executeTakeFirst();
    if (row === undefined || !t.from.includes(row.status) || (t.hash !== undefined && row.hash !== t.hash))
      return false;
    const { numUpdatedRows } = await tx
      .updateTable('changes')
      .set({ ...t.set, status: t.to, updated_at: at })
      .where('id', '=', t.id)
      .where('status', '=', row.status)
      .where('hash', '=', row.hash)
      .executeTakeFirst();
    if (numUpdatedRows !== 1n) return false;
    await tx
      .insertInto('change_events')
      .values({
        id: newId('evt'),
        change_id: t.id,
        at,
        from_status: row.status,
        to_status: t.to,
        by_user: t.by ?? null,
        note: t.note ?? null,
      })
      .execute();
    return true;
  });
}

export type ChangeFilter = {
  /** Null: everybody's. */
  userId: string | null;
  chatId?: string;
  /** The MCP client that asked; an empty name: none did. */
  client?: string;
  statuses?: readonly string[];
  targetId?: string;
  createdFrom?: number;
  createdTo?: number;
  /** Rows created before this one, for paging. */
  before?: { createdAt: number; id: string };
  limit: number;
};

/** Changes, newest first. */
export async function changesOf(db: Db, filter: ChangeFilter): Promise<ChangeRow[]> {
  let query = db.selectFrom('changes').selectAll();
  if (filter.userId !== null) query = query.where('user_id', '=', filter.userId);
  if (filter.chatId !== undefined) query = query.where('chat_id', '=', filter.chatId);
  if (filter.client === '') query = query.where('client', 'is', null);
  else if (filter.client !== undefined) query = query.where('client', '=', filter.client);
  if (filter.statuses !== undefined) query = query.where('status', 'in', [...filter.statuses]);
  if (filter.targetId !== undefined) query = query.where('target_id', '=', filter.targetId);
  if (filter.createdFrom !== undefined) query = query.where('created_at', '>=', filter.createdFrom);
  if (filter.createdTo !== undefined) query = query.where('created_at', '<=', filter.createdTo);
  const { before } = filter;
  if (before !== undefined) {
    query = query.where((where) =>
      where.or([
        where('created_at', '<', before.createdAt),
        where.and([where('created_at', '=', before.createdAt), where('id', '<', before.id)]),
      ]),
    );
  }
  return query.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(filter.limit).execute();
}

/** How many of a person's changes are in these states, and when one of them last moved (milliseconds; 0: none). */
export async function countChanges(
  db: Db,
  userId: string,
  statuses: readonly string[],
): Promise<{ count: number; movedAt: number }> {
  const row = await db
    .selectFrom('changes')
    .select(({ fn }) => [fn.countAll<number>().as('count'), fn.max('updated_at').as('movedAt')])
    .where('user_id', '=', userId)
    .where('status', 'in', [...statuses])
    .executeTakeFirstOrThrow();
  return { count: Number(row.count), movedAt: row.movedAt ?? 0 };
}

/** The newest change of a client's call that still waits for its outcome. */
export async function changeByCall(
  db: Db,
  of: { userId: string; keyId: string; callId: string },
): Promise<ChangeRow | undefined> {
  return db
    .selectFrom('changes')
    .selectAll()
    .where('user_id', '=', of.userId)
    .where('key_id', '=', of.keyId)
    .where('call_id', '=', of.callId)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst();
}

/** Says which call a change belongs to. It is no step of the change: `updated_at` stays. */
export async function setChangeCall(
  db: Db,
  o: { userId: string; changeId: string; callId: string | null },
): Promise<void> {
  await db
    .updateTable('changes')
    .set({ call_id: o.callId })
    .where('id', '=', o.changeId)
    .where('user_id', '=', o.userId)
    .execute();
}

/** The MCP clients that have asked a person for changes, by name. */
export async function changeClients(db: Db, userId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('changes')
    .select('client')
    .distinct()
    .where('user_id', '=', userId)
    .where('client', 'is not', null)
    .orderBy('client')
    .execute();
  return rows.flatMap(({ client }) => (client === null ? [] : [client]));
}

/** All changes in these states, of everybody: for recovery and expiry. */
export async function changesInStatus(
  db: Db,
  statuses: readonly string[],
  expiredBy?: number,
): Promise<ChangeRow[]> {
  let query = db
    .selectFrom('changes')
    .selectAll()
    .where('status', 'in', [...statuses]);
  if (expiredBy !== undefined) query = query.where('expires_at', '<=', expiredBy);
  return query.orderBy('created_at').execute();
}

/** The ledger of one change, oldest first. */
export async function changeEvents(db: Db, changeId: string): Promise<ChangeEventRow[]> {
  return db
    .selectFrom('change_events')
    .selectAll()
    .where('change_id', '=', changeId)
    .orderBy('at')
    .orderBy('id')
    .execute();
}
