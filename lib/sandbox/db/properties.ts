import type { Property, PropertyTarget } from '../types.ts';
import type { Db } from './open.ts';

/** Stores a new property. */
export function insertProperty(db: Db, property: Property): void {
  db.prepare(
    `INSERT INTO properties (id, targetType, targetId, key, value, version, message, createdBy, createdAt, versionBy, versionAt)
     VALUES (@id, @targetType, @targetId, @key, @value, @version, @message, @createdBy, @createdAt, @versionBy, @versionAt)`,
  ).run(property);
}

/** Writes back key, value and version. */
export function updateProperty(db: Db, property: Property): void {
  db.prepare(
    `UPDATE properties SET key = @key, value = @value, version = @version, message = @message,
       versionBy = @versionBy, versionAt = @versionAt WHERE id = @id`,
  ).run(property);
}

/** Properties of one thing, by key. */
export function propertiesOf(db: Db, targetType: PropertyTarget, targetId: string): Property[] {
  return db
    .prepare('SELECT * FROM properties WHERE targetType = ? AND targetId = ? ORDER BY key')
    .all(targetType, targetId) as Property[];
}

/** Removes one property. */
export function deleteProperty(db: Db, id: string): void {
  db.prepare('DELETE FROM properties WHERE id = ?').run(id);
}
