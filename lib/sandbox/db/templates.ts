import type { Template } from '../types.ts';
import type { Db } from './open.ts';

type Row = Omit<Template, 'labels'> & { labels: string };

const ofRow = (row: Row): Template => ({ ...row, labels: JSON.parse(row.labels) as string[] });

/** Stores or replaces a template. */
export function putTemplate(db: Db, template: Template): void {
  db.prepare(
    `INSERT OR REPLACE INTO templates (id, cloudId, spaceId, kind, name, description, storage, labels, pluginKey, moduleKey)
     VALUES (@id, @cloudId, @spaceId, @kind, @name, @description, @storage, @labels, @pluginKey, @moduleKey)`,
  ).run({ ...template, labels: JSON.stringify(template.labels) });
}

/** One template of a site. */
export function findTemplate(db: Db, cloudId: string, id: string): Template | undefined {
  const row = db.prepare('SELECT * FROM templates WHERE id = ? AND cloudId = ?').get(id, cloudId) as
    | Row
    | undefined;
  return row && ofRow(row);
}

/** Templates of a space, or (null) those of the whole site, in the order they were made. */
export function templatesOf(
  db: Db,
  cloudId: string,
  spaceId: string | null,
  kind: Template['kind'],
): Template[] {
  const rows = db
    .prepare('SELECT * FROM templates WHERE cloudId = ? AND spaceId IS ? AND kind = ? ORDER BY rowid')
    .all(cloudId, spaceId, kind) as Row[];
  return rows.map(ofRow);
}

/** Removes a template. */
export function deleteTemplate(db: Db, id: string): void {
  db.prepare('DELETE FROM templates WHERE id = ?').run(id);
}
