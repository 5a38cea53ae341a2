import type { Tool, ToolAnnotations } from '@modelcontextprotocol/server';
import type { KeyLimits, KeyTier } from '#lib/auth';
import { getChange } from './changes.ts';
import { chatgptFetch, chatgptSearch } from './chatgpt.ts';
import { manageConnection } from './connection.ts';
import { discoverTools } from './discovery.ts';
import { runExecutor } from './executors.ts';
import { runOperation } from './operations.ts';
import { hints, localHints, type McpTool, outputFormat, type Surface, type SurfaceDeps } from './surface.ts';

type Properties = Record<string, Record<string, unknown>>;

const text = { type: 'string' };
const note = (description: string) => ({ type: 'string', description });
const integer = { type: 'integer' };

/**
 * One line of the list. The schemas name only the common inputs; the rest is accepted, and
 * `discover_tools` gives the whole schema. The list must stay under 6,000 characters.
 */
type Entry = {
  name: string;
  title: string;
  description: string;
  properties: Properties;
  required: string[];
  /** Shown to keys with this tier; null: to all. */
  tier: KeyTier | null;
  annotations: ToolAnnotations;
  /** The operation behind it, which the key must allow; null: none in particular. */
  operation: string | null;
  run: McpTool['run'];
};

/** A tool that is one operation of the catalogue. */
const inline = (
  entry: Pick<Entry, 'name' | 'title' | 'description' | 'properties' | 'required'> & { tier: KeyTier },
): Entry => ({
  ...entry,
  annotations: hints[entry.tier],
  operation: entry.name,
  run: (call, args) => runOperation(call, { name: entry.name, input: args, tiers: [entry.tier] }),
});

const executor = (
  tier: KeyTier,
  title: string,
  description: string,
  more: Pick<Entry, 'properties' | 'required'> = { properties: {}, required: ['operation'] },
): Entry => ({
  name: `execute_${tier}`,
  title,
  description,
  properties: { operation: text, input: { type: 'object' }, ...more.properties },
  required: more.required,
  tier,
  annotations: hints[tier],
  operation: null,
  run: runExecutor(tier),
});

const entries: readonly Entry[] = [
  inline({
    name: 'search_content',
    title: 'Search Confluence',
    description: 'Full-text search of pages, posts, comments, files.',
    properties: { query: text, spaces: { type: 'array', items: text }, limit: integer },
    required: [],
    tier: 'read',
  }),
  inline({
    name: 'read_page',
    title: 'Read page',
    description: 'Read a page with its version and block ids.',
    properties: {
      page: note('id, URL or SPACE:Title'),
      format: { type: 'string', enum: ['outline', 'markdown', 'storage'] },
      section: text,
    },
    required: ['page'],
    tier: 'read',
  }),
  inline({
    name: 'list_spaces',
    title: 'List spaces',
    description: 'List spaces with keys, ids and links.',
    properties: { query: text },
    required: [],
    tier: 'read',
  }),
  inline({
    name: 'create_page',
    title: 'Create page',
    description: 'Propose a new page.',
    properties: { space: text, title: text, body: note('Markdown'), parent: text },
    required: ['space', 'title'],
    tier: 'write',
  }),
  inline({
    name: 'edit_page',
    title: 'Edit page',
    description: 'Propose edits to parts of a page; the rest stays as it is. Read it first.',
    properties: {
      page: text,
      base_version: integer,
      edits: {
        type: 'array',
        items: {
          type: 'object',
          properties: {
            op: note(
              'replace, insert_before, insert_after, delete, append, prepend, replace_text {with}, add_row {cells}, set_cell {row, column, markdown}, set_task {done}, set_status {title}, set_parameter {parameter, value}',
            ),
            target: { type: 'object', description: '{block} or {heading} or {text}' },
            markdown: text,
          },
          required: ['op'],
        },
      },
    },
    required: ['page', 'base_version', 'edits'],
    tier: 'write',
  }),
  {
    name: 'get_change',
    title: 'Get change',
    description: 'Outcome of a proposed change; can wait for the person.',
    properties: { change_id: text, wait_seconds: { type: 'integer', maximum: 50 } },
    required: ['change_id'],
    tier: null,
    annotations: localHints,
    operation: null,
    run: getChange,
  },
  {
    name: 'discover_tools',
    title: 'Find operations',
    description:
      'Find any of 130+ more operations (labels, comments, moves, permissions, versions…) by what you want to do; gives schemas and plans.',
    properties: { query: text },
    required: ['query'],
    tier: null,
    annotations: localHints,
    operation: null,
    run: discoverTools,
  },
  executor(
    'read',
    'Run a read',
    'Run a read operation found with discover_tools; or several as calls: [{operation, input}], where {"$ref":"0.results.0.id"} is a value of an earlier answer.',
    { properties: { calls: { type: 'array', items: { type: 'object' } } }, required: [] },
  ),
  executor('write', 'Propose a write', 'Propose a write operation; a person approves it.'),
  executor(
    'destructive',
    'Propose a destructive change',
    'Propose an operation that removes content or changes access; a person approves it.',
  ),
  {
    name: 'manage_connection',
    title: 'Confluence connection',
    description: 'Connection status, or a link to connect.',
    properties: { action: { type: 'string', enum: ['status', 'connect'] } },
    required: [],
    tier: null,
    annotations: localHints,
    operation: null,
    run: manageConnection,
  },
  {
    name: 'search',
    title: 'Search',
    description: 'Page search returning ids for fetch.',
    properties: { query: text },
    required: ['query'],
    tier: 'read',
    annotations: hints.read,
    operation: 'search_content',
    run: chatgptSearch,
  },
  {
    name: 'fetch',
    title: 'Fetch page',
    description: 'Whole page by id.',
    properties: { id: text },
    required: ['id'],
    tier: 'read',
    annotations: hints.read,
    operation: 'read_page',
    run: chatgptFetch,
  },
];

function definition({ name, title, description, properties, required, annotations }: Entry): Tool {
  return {
    name,
    title,
    description,
    inputSchema: {
      type: 'object',
      properties: { ...properties, output_format: outputFormat },
      ...(required.length === 0 ? {} : { required }),
    },
    annotations,
  };
}

function allowed(entry: Entry, limits: KeyLimits, deps: SurfaceDeps): boolean {
  if (entry.tier !== null && !limits.tiers.includes(entry.tier)) return false;
  if (entry.operation === null) return true;
  const operation = deps.findOperation(entry.operation);
  return operation !== null && deps.refusal(operation, limits) === null;
}

/** Six operations inline, search over the others, three executors, the connection, ChatGPT's pair. */
export const routerSurface: Surface = (limits, deps) =>
  entries
    .filter((entry) => allowed(entry, limits, deps))
    .map((entry) => ({ definition: definition(entry), run: entry.run }));
