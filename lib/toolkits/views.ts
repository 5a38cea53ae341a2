import { allToolkits, allToolkitTools, database, type ToolkitToolRow, toolkitCredentialsOf } from '#db';
import type { ErrorView } from '#errors';
import type { OwnToolkitView, ToolkitToolView, ToolkitView } from '#lib/wire';
import { claimsOf, driftOf, hiddenIn, parseDefinition, titleOf, usable } from './definition.ts';
import { blockOf, toolkitsOn, toolkitTools, toToolkit } from './registry.ts';
import { bounded } from './words.ts';

function toolView(row: ToolkitToolRow, toolkit: { name: string }): ToolkitToolView {
  const definition = parseDefinition(row.definition);
  const found = usable(definition);
  const why = 'why' in found ? found.why : null;
  return {
    name: row.name,
    operation: row.operation,
    title: titleOf(definition),
    description: bounded(definition.description ?? '', 4000),
    input: bounded(JSON.stringify(definition.inputSchema, null, 2), 20_000),
    claims: claimsOf(definition),
    hidden: hiddenIn(definition),
    tier: row.tier,
    allowed: row.allowed === 1,
    state:
      row.seen_fingerprint !== null
        ? 'drifted'
        : row.missing_at !== null
          ? 'missing'
          : why !== null
            ? 'unusable'
            : row.reviewed_at === null
              ? 'new'
              : 'looked_at',
    why: blockOf(row, toolkit, why),
    drift: driftOf(row),
    fingerprint: row.fingerprint,
    seen: row.seen_fingerprint,
  };
}

const parse = <T>(text: string | null): T | null => (text === null ? null : (JSON.parse(text) as T));

/** Every toolkit, for admins. */
export async function toolkitViews(): Promise<ToolkitView[]> {
  const db = await database();
  const rows = await allToolkitTools(db);
  return (await allToolkits(db)).map((toolkit) => ({
    id: toolkit.id,
    slug: toolkit.slug,
    name: toolkit.name,
    url: toolkit.url,
    auth: toolkit.auth,
    headerName: toolkit.header_name,
    enabled: toolkit.enabled === 1,
    server: parse(toolkit.server),
    checkedAt: toolkit.checked_at,
    checkError: parse<ErrorView>(toolkit.check_error),
    tools: rows.filter((row) => row.toolkit_id === toolkit.id).map((row) => toolView(row, toolkit)),
  }));
}

/** How many allowed tools are blocked because they are no longer what an admin looked at. */
export async function toolkitAlarms(): Promise<number> {
  const rows = await allToolkitTools(await database());
  return rows.filter((row) => row.allowed === 1 && row.seen_fingerprint !== null).length;
}

/** The toolkits that are switched on, and those switched off that still hold an access of theirs, as one person stands to them. */
export async function ownToolkitViews(userId: string): Promise<OwnToolkitView[]> {
  const db = await database();
  const held = new Map((await toolkitCredentialsOf(db, userId)).map((row) => [row.toolkit_id, row]));
  const off = (await allToolkits(db)).filter((row) => row.enabled === 0 && held.has(row.id));
  const offIds = new Set(off.map((row) => row.id));
  const on = toolkitsOn().filter(({ id }) => !offIds.has(id));
  return [...on, ...off.map(toToolkit)].map((toolkit) => {
    const row = held.get(toolkit.id);
    const standing = offIds.has(toolkit.id)
      ? 'switched_off'
      : toolkit.auth === 'none'
        ? 'not_needed'
        : row === undefined
          ? 'not_connected'
          : row.status === 'active'
            ? 'connected'
            : 'expired';
    return {
      slug: toolkit.slug,
      name: toolkit.name,
      host: toolkit.host,
      auth: toolkit.auth,
      headerName: toolkit.header_name,
      standing,
      since: standing === 'connected' ? (row?.created_at ?? null) : null,
      tools: toolkitTools()
        .filter((tool) => tool.toolkit.id === toolkit.id)
        .map(({ operation, title, tier, blocked }) => ({
          operation,
          title,
          tier,
          blocked: blocked !== null,
        })),
    };
  });
}
