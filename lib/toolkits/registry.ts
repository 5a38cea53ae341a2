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

function load(rows: ToolkitRow[], toolRows: ToolkitToolRow[]): Pick<Loaded, 'toolkits' | 'tools' | 'checks'> {
  const toolkits = rows.filter((row) => row.enabled === 1).map(toToolkit);
  const byId = new Map(toolkits.map((toolkit) => [toolkit.id, toolkit]));
  const checks = new Map<string, ArgumentCheck>();
  const tools = toolRows.flatMap((row): ToolkitTool[] => {
    const toolkit = byId.get(row.toolkit_id);
    if (toolkit === undefined || row.allowed === 0) return [];
    const definition = parseDefinition(row.definition);
    const found = usable(definition);
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
  return { toolkits, tools, checks };
}

/** Reads toolkits and their tools from the database. Called at start and after every change. */
export async function loadToolkits(): Promise<void> {
  const db = await database();
  const rows = await allToolkits(db);
  const now = load(rows, await allToolkitTools(db));
  const checkedAt = new Map(rows.map(({ id, checked_at: at }) => [id, at ?? 0]));
  const text = JSON.stringify([now.toolkits, now.tools]);
  const before = loaded();
  // What is derived from it (an index of all words) is not made anew when nothing has changed.
  slot.__confabToolkits =
    before.version > 0 && before.text === text
      ? { ...before, checkedAt }
      : { ...now, checkedAt, text, version: before.version + 1 };
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
