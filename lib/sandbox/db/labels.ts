import type { Label } from '../types.ts';
import { type Db, nextId } from './open.ts';

export type LabelTarget = 'content' | 'space';

/** Finds or makes a label of a site. */
export function ensureLabel(db: Db, cloudId: string, prefix: string, name: string): Label {
  const found = db
    .prepare('SELECT * FROM labels WHERE cloudId = ? AND prefix = ? AND name = ?')
    .get(cloudId, prefix, name) as Label | undefined;
  if (found) return found;
  const label = { id: nextId(db, 'label'), cloudId, prefix, name };
  db.prepare('INSERT INTO labels (id, cloudId, prefix, name) VALUES (@id, @cloudId, @prefix, @name)').run(
    label,
  );
  return label;
}

/** Puts a label on content or on a space; harmless when already there. */
export function attachLabel(db: Db, label: Label, target: LabelTarget, targetId: string, at: string): void {
  db.prepare(
    'INSERT OR IGNORE INTO labelled (labelId, targetType, targetId, createdAt) VALUES (?, ?, ?, ?)',
  ).run(label.id, target, targetId, at);
}

/** Takes a label off; true when it was there. */
export function detachLabel(db: Db, label: Label, target: LabelTarget, targetId: string): boolean {
  return (
    db
      .prepare('DELETE FROM labelled WHERE labelId = ? AND targetType = ? AND targetId = ?')
      .run(label.id, target, targetId).changes > 0
  );
}

/** Labels of one target, in the order they were put there. */
export function labelsOf(db: Db, target: LabelTarget, targetId: string): Label[] {
  return db
    .prepare(
      `SELECT labels.* FROM labels JOIN labelled ON labelled.labelId = labels.id
       WHERE labelled.targetType = ? AND labelled.targetId = ? ORDER BY labelled.createdAt, labelled.rowid`,
    )
    .all(target, targetId) as Label[];
}

/** Every label of a site, by id. */
export function labelsOfSite(db: Db, cloudId: string): Label[] {
  return db
    .prepare('SELECT * FROM labels WHERE cloudId = ? ORDER BY CAST(id AS INTEGER)')
    .all(cloudId) as Label[];
}

/** One label by id. */
export function findLabel(db: Db, cloudId: string, id: string): Label | undefined {
  return db.prepare('SELECT * FROM labels WHERE cloudId = ? AND id = ?').get(cloudId, id) as
    | Label
    | undefined;
}

/** Ids of the content that carries a label. */
export function contentIdsWithLabel(db: Db, labelId: string): string[] {
  const rows = db
    .prepare("SELECT targetId FROM labelled WHERE labelId = ? AND targetType = 'content'")
    .all(labelId) as { targetId: string }[];
  return rows.map((row) => row.targetId);
}
