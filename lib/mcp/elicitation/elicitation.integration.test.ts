import type { Server } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Stage, setStage } from '../../../scripts/stage.ts';

let stage: Stage;
let server: Server;
let url: string;
let key: string;
let rooms: {
  fixture: typeof import('../host.fixture.ts');
  approvals: typeof import('../../approvals/index.ts');
  connections: typeof import('../../connections/index.ts');
};

beforeAll(async () => {
  stage = await setStage();
  const fixture = await import('../host.fixture.ts');
  const { createMcpHost } = await import('../host.ts');
  const { realDeps } = await import('../real-deps.ts');
  const { createKey, demoPeople, keyConfigSchema } = await import('#lib/auth');
  const host = createMcpHost(realDeps);
  const serving = await fixture.serve((message, gone) =>
    host(fixture.toRequest(message, 'http://localhost', gone)),
  );
  server = serving.server;
  url = `${serving.origin}/api/mcp`;
  const [ada] = await demoPeople();
  if (ada === undefined) throw new Error('Ada is missing.');
  const config = keyConfigSchema.parse({ methods: ['read', 'write', 'destructive'] });
  key = (await createKey(ada, { name: 'Desk', config, expiresAt: null })).key;
  rooms = {
    fixture,
    approvals: await import('../../approvals/index.ts'),
    connections: await import('../../connections/index.ts'),
  };
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await stage.close();
});

const pageId = '5543210';

async function call(args: object, more: object = {}) {
  const { body } = await rooms.fixture.modern(url, key, {
    method: 'tools/call',
    name: 'edit_page',
    params: { name: 'edit_page', arguments: args, ...more },
    capabilities: { elicitation: { url: {} } },
  });
  return body.result as {
    resultType: string;
    requestState: string;
    inputRequests: { opened: { params: { url: string } } };
    structuredContent: { change_id: string; status: string; reason: string };
  };
}

const answered = (requestState: string, action: string) => ({
  requestState,
  inputResponses: { opened: { action } },
});

async function edit(markdown: string) {
  const { version } = await stage.page(pageId);
  return { page: pageId, base_version: version, edits: [{ op: 'append', markdown }] };
}

const idIn = (link: string): string => link.split('/').at(-1) ?? '';

test('twenty retries at once wait for one change, which its person applies once', async () => {
  const before = await stage.page(pageId);
  const args = await edit('Once.');
  const first = await call(args);
  const id = idIn(first.inputRequests.opened.params.url);
  const retries = Array.from({ length: 20 }, () => call(args, answered(first.requestState, 'accept')));
  const change = await rooms.approvals.viewChange(stage.ada, id);
  const apply = { decision: 'apply' as const, hash: change.hash, confirmed: [] };
  await expect(rooms.approvals.decide(stage.ben, id, apply)).rejects.toMatchObject({ code: 'not_found' });
  await rooms.approvals.decide(stage.ada, id, apply);
  for (const { structuredContent } of await Promise.all(retries))
    expect(structuredContent).toMatchObject({ change_id: id, status: 'verified' });
  expect((await stage.page(pageId)).version).toBe(before.version + 1);
  expect(await stage.writes()).toHaveLength(1);
});

test('the same call in a new request finds the change that waits; declined, it stays declined', async () => {
  const args = await edit('Never.');
  const first = await call(args);
  const again = await call(args);
  const id = idIn(first.inputRequests.opened.params.url);
  expect(idIn(again.inputRequests.opened.params.url)).toBe(id);
  const declined = await call(args, answered(again.requestState, 'decline'));
  expect(declined.structuredContent).toMatchObject({
    change_id: id,
    status: 'rejected',
    reason: 'Declined in Desk.',
  });
  expect((await call(args)).structuredContent).toMatchObject({ change_id: id, status: 'rejected' });
  expect(await rooms.approvals.listChanges(stage.ada.id, { limit: 50 })).toHaveLength(2);
  expect(await stage.writes()).toHaveLength(1);
});

test('after a lost connection the call goes on where it was: connect, approve, one write', async () => {
  const args = await edit('After reconnecting.');
  await rooms.connections.disconnect(stage.ada.id);
  const first = await call(args);
  expect(first.inputRequests.opened.params.url).toContain(
    `/connect?returnTo=/settings/connections&for=${stage.ada.id}`,
  );
  const retried = call(args, answered(first.requestState, 'accept'));
  await rooms.connections.connectDemoPerson(stage.ada);
  const next = await retried;
  const id = idIn(next.inputRequests.opened.params.url);
  const change = await rooms.approvals.viewChange(stage.ada, id);
  await rooms.approvals.decide(stage.ada, id, { decision: 'apply', hash: change.hash, confirmed: [] });
  expect((await call(args, answered(next.requestState, 'accept'))).structuredContent.status).toBe('verified');
  expect(await stage.writes()).toHaveLength(2);
});
