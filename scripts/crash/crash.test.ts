import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSandbox } from '../../lib/sandbox/index.ts';

const lives = 50;
const ada = `Basic ${Buffer.from('ada@halden.example:sandbox-token-ada').toString('base64')}`;
const page = '5543210';

let sandbox: Awaited<ReturnType<typeof startSandbox>>;
let dataDir: string;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'confab-crash-'));
  sandbox = await startSandbox({ port: 0, host: '127.0.0.1', dataDir: join(dataDir, 'sandbox') });
});
afterAll(() => sandbox.close());

async function control(path: string, body: unknown): Promise<void> {
  const answer = await fetch(`${sandbox.url}/_sandbox/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
}

async function rest<T>(path: string): Promise<T> {
  return (await (await fetch(`${sandbox.url}/wiki${path}`, { headers: { authorization: ada } })).json()) as T;
}

type Line = {
  recovered?: { id: string; status: string; error: string | null } | null;
  proposed?: string;
  decided?: string;
};

/** A server process and the lines it says. */
function startLife() {
  const child: ChildProcessWithoutNullStreams = spawn(process.execPath, ['scripts/crash/child.ts'], {
    cwd: join(import.meta.dirname, '../..'),
    env: {
      ...process.env,
      NODE_ENV: 'production',
      DATA_DIR: dataDir,
      ATLASSIAN_API_URL: sandbox.url,
      ATLASSIAN_AUTH_URL: sandbox.url,
      SANDBOX_PUBLIC_URL: sandbox.url,
      CONFAB_SANDBOX_CONNECTED: '1',
      LOG_LEVEL: 'silent',
    },
  });
  const lines: Line[] = [];
  const waiting: (() => void)[] = [];
  let complaints = '';
  child.stderr.on('data', (chunk: Buffer) => {
    complaints += chunk.toString();
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(JSON.parse(line) as Line);
    for (const wake of waiting.splice(0)) wake();
  });
  const next = async <K extends keyof Line>(kind: K): Promise<Line[K]> => {
    for (;;) {
      const found = lines.find((line) => kind in line);
      if (found !== undefined) return found[kind];
      if (child.exitCode !== null) throw new Error(`the process ended early: ${complaints}`);
      await new Promise<void>((wake) => {
        waiting.push(wake);
        child.once('exit', () => wake());
      });
    }
  };
  const kill = async () => {
    const gone = new Promise((done) => child.once('exit', done));
    child.kill('SIGKILL');
    await gone;
  };
  return { next, kill, command: (value: unknown) => child.stdin.write(`${JSON.stringify(value)}\n`) };
}

type Job = { name: string; input: Record<string, unknown>; times(): Promise<number> };

const currentBody = async () =>
  (await rest<{ body: { storage: { value: string } } }>(`/api/v2/pages/${page}?body-format=storage`)).body
    .storage.value;

/** How often the job's effect is there, for each kind of write in turn. */
function job(n: number): Job {
  const mark = `life-${n}-mark`;
  const kinds: Job[] = [
    {
      name: 'edit_page',
      input: { page, edits: [{ op: 'append', markdown: `Paragraph ${mark}.` }] },
      times: async () => (await currentBody()).split(mark).length - 1,
    },
    {
      name: 'create_page',
      input: { space: 'ENG', title: `Page ${mark}`, body: `Body ${mark}.` },
      times: async () =>
        (
          await rest<{ results: unknown[] }>(
            `/api/v2/pages?space-id=1001&title=${encodeURIComponent(`Page ${mark}`)}`,
          )
        ).results.length,
    },
    {
      name: 'add_label',
      input: { ids: [page], labels: [mark] },
      times: async () =>
        (
          await rest<{ results: { name: string }[] }>(`/api/v2/pages/${page}/labels?limit=250`)
        ).results.filter(({ name }) => name === mark).length,
    },
  ];
  return kinds[n % kinds.length] as Job;
}

const putsOf = async () =>
  (await rest<{ version: { number: number } }>(`/api/v2/pages/${page}`)).version.number;

/** States in which a change may rest, and whether its effect must then be there. Absent: reading cannot tell. */
const effectOf: Record<string, boolean | null> = {
  verified: true,
  applied: true,
  proposed: false,
  unknown: null,
  failed: false,
};

test(`killed at every step of apply, ${lives} times: never a second write, never a lost change`, {
  timeout: 300_000,
}, async () => {
  await control('limits', { index_lag_ms: 0 });
  // Slow answers stretch each step, so that the kills fall into all of them.
  await control('faults', { kind: 'slow', delay_ms: 30, count: 1_000_000 });

  const rehearsal = startLife();
  await rehearsal.next('recovered');
  const started = performance.now();
  rehearsal.command({
    name: 'edit_page',
    input: { page, edits: [{ op: 'append', markdown: 'Rehearsal.' }] },
  });
  await rehearsal.next('proposed');
  const proposedAfter = performance.now() - started;
  expect(await rehearsal.next('decided')).toBe('verified');
  const applyMs = performance.now() - started - proposedAfter;
  await rehearsal.kill();

  const seen = new Map<string, number>();
  let edits = 0;
  const versionBefore = await putsOf();
  let previous: Job | null = null;
  let previousId: string | undefined;
  for (let n = 0; n <= lives; n += 1) {
    const life = startLife();
    const recovered = await life.next('recovered');
    if (previous !== null) {
      expect(recovered?.id, 'a change was lost').toBe(previousId);
      const status = recovered?.status as string;
      seen.set(status, (seen.get(status) ?? 0) + 1);
      expect(Object.keys(effectOf), `life ${n} rests in ${status}: ${recovered?.error}`).toContain(status);
      const times = await previous.times();
      expect(times, 'written twice').toBeLessThanOrEqual(1);
      const effect = effectOf[status];
      if (effect !== null) expect(times === 1, `life ${n}: ${previous.name} is ${status}`).toBe(effect);
      if (previous.name === 'edit_page' && times === 1) edits += 1;
    }
    if (n < lives) {
      previous = job(n);
      life.command({ name: previous.name, input: previous.input });
      previousId = await life.next('proposed');
      await new Promise((done) => setTimeout(done, (applyMs * 1.1 * n) / lives));
    }
    await life.kill();
  }
  // Every version of the page is one edit that was approved: nothing was sent again.
  expect((await putsOf()) - versionBefore).toBe(edits);
  // The kills really fell before and after the write.
  expect(seen.get('verified') ?? 0).toBeGreaterThan(3);
  expect(seen.size).toBeGreaterThan(0);
});
