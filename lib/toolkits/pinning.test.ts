import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { startTracker, type Tracker } from '../../e2e/fakes/tracker.ts';
import { type Stage, setStage } from '../../scripts/stage.ts';
import type { Definition } from './types.ts';

process.env.CONFAB_TOOLKITS_INSIDE = '1';

/** What happens right after each comparison. */
const racing = vi.hoisted(() => ({ after: async (): Promise<void> => {} }));
vi.mock('./compare.ts', async (original) => {
  const real = await original<typeof import('./compare.ts')>();
  return {
    ...real,
    async compare(...given: Parameters<typeof real.compare>) {
      await real.compare(...given);
      await racing.after();
    },
  };
});

let stage: Stage;
let tracker: Tracker;
let toolkits: typeof import('./index.ts');
let db: typeof import('#db');
let id: string;
const signal = AbortSignal.timeout(60_000);

const rowOf = async (name: string) =>
  (await db.allToolkitTools(await db.database())).find((row) => row.name === name);

async function allow(name: string, decision: 'read' | 'write') {
  const row = await rowOf(name);
  if (row === undefined) throw new Error(`no tool ${name}`);
  const { fingerprint, seen_fingerprint: seen } = row;
  await toolkits.decideTool(stage.ada, id, { name, fingerprint, seen, decision });
  return { ...row, fingerprint };
}

function toolkit() {
  const found = toolkits.toolkitBySlug('tracker');
  if (found === null) throw new Error('not added');
  return found;
}

function changed(name: string): Definition {
  const tool = tracker.state.tools.find((one) => one.name === name);
  if (tool === undefined) throw new Error(`no tool ${name}`);
  return { ...tool, description: 'Now it does something else.' } as Definition;
}

beforeAll(async () => {
  stage = await setStage();
  toolkits = await import('./index.ts');
  db = await import('#db');
  tracker = await startTracker('none');
});
afterAll(async () => {
  tracker.close();
  await stage.close();
});
beforeEach(async () => {
  vi.restoreAllMocks();
  tracker.reset();
  for (const view of await toolkits.toolkitViews()) await toolkits.removeToolkit(stage.ada, view.id);
  id = await toolkits.addToolkit(
    stage.ada,
    { name: 'Tracker', url: tracker.url, auth: 'none', header_name: 'X' },
    [],
  );
  await toolkits.checkToolkit(stage.ada, id, signal);
});

test('what an admin allows while a comparison runs stays what they saw', async () => {
  const { compareOne } = await import('./compare.ts');
  const stale = await rowOf('create-issue');
  if (stale === undefined) throw new Error('no row');
  await allow('create-issue', 'write');
  await compareOne(toolkit(), stale, changed('create-issue'), Date.now());
  expect(await rowOf('create-issue')).toMatchObject({
    allowed: 1,
    fingerprint: stale.fingerprint,
    definition: stale.definition,
    seen_fingerprint: expect.not.stringMatching(stale.fingerprint),
  });
});

const tool = (name: string) => ({ name, description: name, inputSchema: { type: 'object' as const } });
const use = () => ({ user: stage.ada, signal });

test('more tools than are bearable are refused on a single page too', async () => {
  tracker.state.tools = Array.from({ length: 301 }, (_, at) => tool(`t${at}`));
  await expect(toolkits.checkToolkit(stage.ada, id, signal)).rejects.toMatchObject({
    message: expect.stringContaining('more than 300'),
  });
  expect(await rowOf('t0')).toBeUndefined();
});

test('only an admin’s check adds tools, and forgets those that are gone before anybody decided on them', async () => {
  await allow('search_issues', 'read');
  const { compare } = await import('./compare.ts');
  const listing = { tools: [tool('for_ben_only')], server: null };
  await compare(toolkit(), listing, false);
  expect(await rowOf('for_ben_only')).toBeUndefined();
  expect(await rowOf('create-issue')).toBeDefined();
  await compare(toolkit(), listing, true);
  expect(await rowOf('for_ben_only')).toBeDefined();
  expect(await rowOf('create-issue')).toBeUndefined();
  expect(await rowOf('search_issues')).toMatchObject({ missing_at: expect.any(Number) });
});

test('names that are all alike cost no more than others', async () => {
  const { operationName } = await import('./definition.ts');
  const taken = new Set<string>();
  let asked = 0;
  const has = (name: string): boolean => {
    asked += 1;
    return taken.has(name);
  };
  const counting = { has } as unknown as ReadonlySet<string>;
  for (let at = 1; at <= 300; at += 1) taken.add(operationName('tracker', '%'.repeat(at), counting));
  expect(taken.size).toBe(300);
  expect(asked).toBeLessThan(300 * 12);
  expect([...taken].slice(0, 2)).toEqual(['tracker__tool', 'tracker__tool_2']);
  expect(operationName('tracker', `${'_'.repeat(1_000_000)}b`, new Set())).toBe('tracker__tool');
});

test('reading the toolkits again compiles only what is new', async () => {
  await allow('search_issues', 'read');
  const parse = vi.spyOn(JSON, 'parse');
  const { loadToolkits } = await import('./registry.ts');
  await loadToolkits();
  expect(parse.mock.calls.filter(([text]) => String(text).includes('search_issues'))).toEqual([]);
  parse.mockRestore();
});

test('a write looks at the tool again in the session in which it calls, and is about what was approved', async () => {
  const { fingerprint } = await allow('create-issue', 'write');
  const write = (approved: string) =>
    toolkits.writeWithTool('tracker__create_issue', approved, { title: 'x' }, use());
  await expect(write('another')).rejects.toMatchObject({ code: 'conflict' });
  await toolkits.confirmTool('tracker__create_issue', fingerprint, use());
  const as = tracker.state.tools;
  tracker.state.tools = [changed('create-issue') as (typeof as)[number]];
  await expect(write(fingerprint)).rejects.toMatchObject({ code: 'forbidden' });
  expect(tracker.calls).toEqual([]);
  tracker.state.tools = as;
  await toolkits.checkToolkit(stage.ada, id, signal);
  expect((await write(fingerprint)).failed).toBe(false);
});

test('what this person is shown counts, whatever a comparison of somebody else’s said meanwhile', async () => {
  const { fingerprint } = await allow('create-issue', 'write');
  const comparing = await import('./compare.ts');
  // Another person's comparison, a moment later, finds the tool as it was: its block is lifted again.
  const real = comparing.compare;
  let others = 0;
  racing.after = async () => {
    if (others++ > 0) return;
    await real(toolkit(), { tools: honest, server: null }, false);
  };
  const honest = tracker.state.tools as Definition[];
  tracker.state.tools = [changed('create-issue') as (typeof tracker.state.tools)[number]];
  await expect(toolkits.confirmTool('tracker__create_issue', fingerprint, use())).rejects.toMatchObject({
    code: 'forbidden',
  });
  expect(others).toBeGreaterThan(0);
  racing.after = async () => {};
});
