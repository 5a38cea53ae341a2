import { allToolkits, allToolkitTools, database, type ToolkitRow, type ToolkitToolRow } from '#db';
import { descriptionOf, parseDefinition, titleOf, usable } from './definition.ts';
import type { ArgumentCheck } from './schema.ts';
import { shownSchema } from './schema.ts';
import type { Toolkit, ToolkitTool } from './types.ts';

type Loaded = {
  /** Counts, so that what is derived from it knows when it is old. */
  version: number;
  toolkits: Toolkit[];
  tools: ToolkitTool[];
  checks: Map<string, ArgumentCheck>;
  /** When the tools of each toolkit were last compared with the pinned ones. */
  checkedAt: Map<string, number>;
  /** All that discovery sees, written out. */
  text: string;
  /** The rows it was made from, as far as it depends on them. */
  rows: string;
  /** What was compiled of each pinned definition, by its fingerprint. */
  compiled: Map<string, ReturnType<typeof usable>>;
};

/** What discovery knows, in memory because it is asked with every search; one per process, read anew after each change. */
const slot = globalThis as { __confabToolkits?: Loaded };

const none: Loaded = {
  version: 0,
  toolkits: [],
  tools: [],
  checks: new Map(),
  checkedAt: new Map(),
  text: '',
  rows: '',
  compiled: new Map(),
};
const loaded = (): Loaded => slot.__confabToolkits ?? none;

export function toToolkit(row: ToolkitRow): Toolkit {
  const { id, slug, name, url, auth, header_name } = row;
  return { id, slug, name, url, auth, header_name, host: new URL(url).host };
}

/** Why a tool that is allowed cannot be used at the moment. */
export function blockOf(
  row: ToolkitToolRow,
  toolkit: Pick<Toolkit, 'name'>,
  why: string | null,
): string | null {
  if (row.seen_fingerprint !== null)
    return `“${row.name}” of ${toolkit.name} is no longer what an admin looked at, so it is blocked.`;
  if (row.missing_at !== null) return `${toolkit.name} no longer offers “${row.name}”.`;
  return why;
}

/** A fingerprint stands for its definition. */
const rowsOf = (rows: ToolkitRow[], toolRows: ToolkitToolRow[]): string =>
  JSON.stringify([
    rows.map((row) => [toToolkit(row), row.enabled]),
    toolRows.map(({ definition, seen_definition, seen_at, created_at, reviewed_at, ...row }) => row),
  ]);

function load(
  rows: ToolkitRow[],
  toolRows: ToolkitToolRow[],
  before: Loaded['compiled'],
): Pick<Loaded, 'toolkits' | 'tools' | 'checks' | 'compiled'> {
  const toolkits = rows.filter((row) => row.enabled === 1).map(toToolkit);
  const byId = new Map(toolkits.map((toolkit) => [toolkit.id, toolkit]));
  const checks = new Map<string, ArgumentCheck>();
  const compiled: Loaded['compiled'] = new Map();
  const tools = toolRows.flatMap((row): ToolkitTool[] => {
    const toolkit = byId.get(row.toolkit_id);
    if (toolkit === undefined || row.allowed === 0) return [];
    const definition = parseDefinition(row.definition);
    const found = before.get(row.fingerprint) ?? usable(definition);
    compiled.set(row.fingerprint, found);
    if ('check' in found) checks.set(row.operation, found.check);
    return [
      {
        operation: row.operation,
        toolkit,
        name: row.name,
        title: titleOf(definition),
        description: descriptionOf(definition),
        tier: row.tier,
        inputSchema: shownSchema(definition.inputSchema),
        fingerprint: row.fingerprint,
        blocked: blockOf(row, toolkit, 'why' in found ? found.why : null),
      },
    ];
  });
  return { toolkits, tools, checks, compiled };
}

/** Reads toolkits and their tools from the database. Called at start and after every change. */
export async function loadToolkits(): Promise<void> {
  const db = await database();
  const rows = await allToolkits(db);
  const toolRows = await allToolkitTools(db);
  const checkedAt = new Map(rows.map(({ id, checked_at: at }) => [id, at ?? 0]));
  const before = loaded();
  const raw = rowsOf(rows, toolRows);
  if (before.version > 0 && before.rows === raw) {
    slot.__confabToolkits = { ...before, checkedAt };
    return;
  }
  const now = load(rows, toolRows, before.compiled);
  const text = JSON.stringify([now.toolkits, now.tools]);
  // What is derived from it (an index of all words) is not made anew when nothing has changed.
  slot.__confabToolkits =
    before.version > 0 && before.text === text
      ? { ...before, checkedAt, rows: raw }
      : { ...now, checkedAt, text, rows: raw, version: before.version + 1 };
}

/** When the tools of a toolkit were last compared with the pinned ones; 0: never. */
export const comparedAt = (toolkitId: string): number => loaded().checkedAt.get(toolkitId) ?? 0;

/** Which state of the toolkits this is; another number after every change. */
export const toolkitsVersion = (): number => loaded().version;

/** The tools that people may use, blocked ones included. */
export const toolkitTools = (): readonly ToolkitTool[] => loaded().tools;

/** The toolkits that are switched on. */
export const toolkitsOn = (): readonly Toolkit[] => loaded().toolkits;

/** A toolkit that is switched on, by its slug or by its id. */
export const toolkitBySlug = (slug: string | null, id?: string): Toolkit | null =>
  loaded().toolkits.find((toolkit) => toolkit.slug === slug || toolkit.id === id) ?? null;

/** What is wrong with arguments, held against the definition an admin looked at; null: nothing. */
export function argumentsProblem(tool: ToolkitTool, args: Record<string, unknown>): string | null {
  return loaded().checks.get(tool.operation)?.(args) ?? null;
}
