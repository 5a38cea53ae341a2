import type { Db } from './open.ts';

export type Affected = { name: string; objectType: string };

/** One entry of the audit log; `at` in epoch milliseconds. */
export type AuditRecord = {
  cloudId: string;
  at: number;
  authorId: string;
  remoteAddress: string;
  category: string;
  summary: string;
  description: string;
  object: Affected;
  associated: Affected[];
};

type Row = Omit<AuditRecord, 'object' | 'associated'> & {
  objectName: string;
  objectType: string;
  associated: string;
};

/** Adds an entry to the audit log. */
export function insertAudit(db: Db, record: AuditRecord): void {
  const { object, associated, ...rest } = record;
  db.prepare(
    `INSERT INTO audit (cloudId, at, authorId, remoteAddress, category, summary, description, objectName,
       objectType, associated)
     VALUES (@cloudId, @at, @authorId, @remoteAddress, @category, @summary, @description, @objectName,
       @objectType, @associated)`,
  ).run({
    ...rest,
    objectName: object.name,
    objectType: object.objectType,
    associated: JSON.stringify(associated),
  });
}

/** Entries of a site between two moments (both included), newest first. */
export function auditOf(db: Db, cloudId: string, from: number, to: number): AuditRecord[] {
  const rows = db
    .prepare('SELECT * FROM audit WHERE cloudId = ? AND at >= ? AND at <= ? ORDER BY at DESC, id DESC')
    .all(cloudId, from, to) as (Row & { id: number })[];
  return rows.map(({ id: _id, objectName, objectType, associated, ...rest }) => ({
    ...rest,
    object: { name: objectName, objectType },
    associated: JSON.parse(associated) as Affected[],
  }));
}
