import {
  allToolkitTools,
  database,
  insertToolkitTool,
  markMissingTools,
  type ToolkitToolRow,
  toolkitTool,
  updateToolkit,
  updateToolkitTool,
} from '#db';
import { log } from '#log';
import { operationName, pinOf } from './definition.ts';
import { loadToolkits } from './registry.ts';
import type { Listing } from './server.ts';
import type { Definition, Toolkit } from './types.ts';

type Change = Parameters<typeof updateToolkitTool>[2];

/** What one tool's row must become after its server lists it like this; null: what it is. */
function changeOf(row: ToolkitToolRow, tool: Definition, now: number): Change | null {
  const { text, fingerprint } = pinOf(tool);
  const back = row.missing_at === null ? {} : { missing_at: null };
  if (fingerprint === row.fingerprint)
    return row.seen_fingerprint === null && row.missing_at === null
      ? null
      : { ...back, seen_definition: null, seen_fingerprint: null, seen_at: null };
  if (isUntouched(row)) return { ...back, definition: text, fingerprint };
  if (fingerprint === row.seen_fingerprint) return row.missing_at === null ? null : back;
  return { ...back, seen_definition: text, seen_fingerprint: fingerprint, seen_at: now };
}

/** Nobody has looked at it yet, so nobody relies on what it was. */
const isUntouched = (row: ToolkitToolRow): boolean => row.allowed === 0 && row.reviewed_at === null;

const mostTries = 5;

/**
 * Compares one tool with its row as the caller read it. A row that an admin decided on meanwhile is read again: what
 * they never saw must not become what they allowed.
 */
export async function compareOne(
  toolkit: Toolkit,
  given: ToolkitToolRow,
  tool: Definition,
  now: number,
): Promise<void> {
  const db = await database();
  let row: ToolkitToolRow | null = given;
  for (let tries = 0; row !== null && tries < mostTries; tries += 1) {
    const change = changeOf(row, tool, now);
    if (change === null) return;
    const is = {
      toolkitId: toolkit.id,
      name: row.name,
      fingerprint: row.fingerprint,
      seen: row.seen_fingerprint,
      untouched: isUntouched(row),
    };
    if (await updateToolkitTool(db, is, change)) {
      if (change.seen_fingerprint != null)
        log.warn(
          { toolkit: toolkit.slug, tool: row.name, pinned: row.fingerprint, seen: change.seen_fingerprint },
          'ALARM: a tool of a toolkit is no longer what an admin looked at',
        );
      return;
    }
    row = await toolkitTool(db, toolkit.id, row.name);
  }
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
 * Compares what a server lists with what is pinned: changed ones are blocked.
 * @param whole an admin asked; then new tools are added, to wait for a decision, and what is not listed counts as gone.
 * What one person is shown or not shown may be theirs alone.
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
  if (whole) {
    await markMissingTools(
      db,
      toolkit.id,
      listing.tools.map(({ name }) => name),
      now,
    );
    await addNew(
      toolkit,
      listing.tools.filter(({ name }) => !own.has(name)),
      rows,
      now,
    );
  }
  await updateToolkit(db, toolkit.id, {
    checked_at: now,
    ...(whole
      ? { check_error: null, server: listing.server === null ? null : JSON.stringify(listing.server) }
      : {}),
  });
  await loadToolkits();
}
