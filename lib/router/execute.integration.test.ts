import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../sandbox/index.ts';

let sandbox: Sandbox;
let dataDir: string;
let user: { id: string; name: string };

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'router-'));
  sandbox = await startSandbox({ port: 0, host: '127.0.0.1', dataDir });
  Object.assign(process.env, {
    CONFAB_CONFLUENCE: 'sandbox',
    ATLASSIAN_API_URL: sandbox.url,
    ATLASSIAN_AUTH_URL: sandbox.url,
    SANDBOX_PUBLIC_URL: sandbox.url,
  });
  const { demoPeople } = await import('#lib/auth');
  const { connectWithApiToken } = await import('#lib/connections');
  const [ada] = await demoPeople();
  if (ada === undefined) throw new Error('no demo people');
  user = ada;
  await connectWithApiToken(ada.id, {
    siteUrl: sandbox.url,
    siteName: 'Halden Robotics',
    email: 'ada@halden.example',
    apiToken: 'sandbox-token-ada',
  });
}, 60_000);

afterAll(async () => {
  await sandbox.close();
  rmSync(dataDir, { recursive: true, force: true });
});

async function run(name: string, input: unknown) {
  const { execute } = await import('./index.ts');
  const { noLimits } = await import('#lib/tools');
  return execute({
    user,
    name,
    input,
    limits: noLimits,
    origin: { kind: 'chat', chatId: null, client: null, fromPageText: false },
    signal: AbortSignal.timeout(30_000),
  });
}

async function proposed(name: string, input: unknown) {
  const done = await run(name, input);
  if (done.kind !== 'proposed') throw new Error(`${name}: ${done.kind}`);
  return done.change;
}

test('a read, a proposed write, its decision and its undo, by aliases and loose names', async () => {
  const { decide, undo } = await import('#lib/approvals');
  const found = await run('confluence_search', { q: 'Q3 planning', limit: '3' });
  expect(found).toMatchObject({ kind: 'read', operation: { name: 'search_content' } });
  const change = await proposed('confluence_update_page_section', {
    pageId: 5543210,
    edits: { op: 'append', markdown: '## Rollback Procedures' },
  });
  expect(change).toMatchObject({ status: 'proposed', operation: 'edit_page', baseVersion: 3 });
  const applied = await decide(user, change.id, { decision: 'apply', hash: change.hash, confirmed: [] });
  expect(applied).toMatchObject({ status: 'verified', result: { version: 4 } });
  expect(
    await run('edit_page', {
      page: '5543210',
      edits: [{ op: 'append', markdown: '## Rollback Procedures' }],
    }),
  ).toMatchObject({ kind: 'no_change' });
  expect((await undo(user, change.id)).status).toBe('undone');
});

test('A11: a draft made through us is found again', async () => {
  const { decide } = await import('#lib/approvals');
  const change = await proposed('create_page', {
    space: 'Engineering',
    title: 'A draft of mine',
    body: 'x',
    draft: true,
  });
  await decide(user, change.id, { decision: 'apply', hash: change.hash, confirmed: [] });
  const listed = await run('list_pages', { space: 'Engineering', status: 'draft' });
  expect(listed).toMatchObject({ kind: 'read', result: { data: { items: [{ title: 'A draft of mine' }] } } });
});

test('choosing a site runs at once, without a card', async () => {
  expect(await run('switch_site', { site: 'robotics' })).toMatchObject({
    kind: 'read',
    result: { data: { name: 'Halden Robotics' } },
  });
});
