import {
  allToolkitTools,
  database,
  insertToolkitTool,
  markMissingTools,
  type ToolkitToolRow,
  updateToolkit,
  updateToolkitTool,
} from '#db';
import { log } from '#log';
import { operationName, pinOf } from './definition.ts';
import { loadToolkits } from './registry.ts';
import type { Listing } from './server.ts';
import type { Definition, Toolkit } from './types.ts';

async function compareOne(
  toolkit: Toolkit,
  row: ToolkitToolRow,
  tool: Definition,
  now: number,
): Promise<boolean> {
  const { text, fingerprint } = pinOf(tool);
  const is = {
    toolkitId: toolkit.id,
    name: row.name,
    fingerprint: row.fingerprint,
    seen: row.seen_fingerprint,
  };
  const db = await database();
  const back = row.missing_at === null ? {} : { missing_at: null };
  if (fingerprint === row.fingerprint) {
    if (row.seen_fingerprint === null && row.missing_at === null) return false;
    return updateToolkitTool(db, is, {
      ...back,
      seen_definition: null,
      seen_fingerprint: null,
      seen_at: null,
    });
  }
  // Nobody has looked at it yet, so nobody relies on what it was.
  if (row.allowed === 0 && row.reviewed_at === null)
    return updateToolkitTool(db, is, { ...back, definition: text, fingerprint });
  if (fingerprint === row.seen_fingerprint)
    return row.missing_at === null ? false : updateToolkitTool(db, is, back);
  log.warn(
    { toolkit: toolkit.slug, tool: row.name, pinned: row.fingerprint, seen: fingerprint },
    'ALARM: a tool of a toolkit is no longer what an admin looked at',
  );
  return updateToolkitTool(db, is, {
    ...back,
    seen_definition: text,
    seen_fingerprint: fingerprint,
    seen_at: now,
  });
}

async function addNew(
  toolkit: Toolkit,
  tools: readonly Definition[],
  rows: readonly ToolkitToolRow[],
  now: number,
): Promise<void> {
  const db = await database();
  const taken = new Set(rows.map(({ operation }) => operation));
  for (const tool of tools) {
    const { text, fingerprint } = pinOf(tool);
    const operation = operationName(toolkit.slug, tool.name, taken);
    taken.add(operation);
    await insertToolkitTool(db, {
      toolkit_id: toolkit.id,
      name: tool.name,
      operation,
      // Whatever its server claims of it, until an admin says otherwise.
      tier: 'write',
      allowed: 0,
      definition: text,
      fingerprint,
      seen_definition: null,
      seen_fingerprint: null,
      seen_at: null,
      missing_at: null,
      created_at: now,
      reviewed_at: null,
    });
  }
}

/**
 * Compares what a server lists with what is pinned: new tools wait for an admin, changed ones are blocked.
 * @param whole an admin asked; then what is not listed counts as gone. What one person is not shown may only not be theirs.
 */
export async function compare(toolkit: Toolkit, listing: Listing, whole: boolean): Promise<void> {
  const db = await database();
  const now = Date.now();
  const rows = await allToolkitTools(db);
  const own = new Map(rows.filter((row) => row.toolkit_id === toolkit.id).map((row) => [row.name, row]));
  for (const tool of listing.tools) {
    const row = own.get(tool.name);
    if (row !== undefined) await compareOne(toolkit, row, tool, now);
  }
  await addNew(
    toolkit,
    listing.tools.filter(({ name }) => !own.has(name)),
    rows,
    now,
  );
  if (whole)
    await markMissingTools(
      db,
      toolkit.id,
      listing.tools.map(({ name }) => name),
      now,
    );
  await updateToolkit(db, toolkit.id, {
    checked_at: now,
    ...(whole
      ? { check_error: null, server: listing.server === null ? null : JSON.stringify(listing.server) }
      : {}),
  });
  await loadToolkits();
}
