import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import {
  ElicitationCompleteNotificationSchema,
  UrlElicitationRequiredError,
} from '@modelcontextprotocol/sdk/types.js';
import { expect, test, vi } from 'vitest';
import { allTiers, callTool, connect, testHost } from '../host.fixture.ts';
import { changeOf } from '../mcp.fixture.ts';
import { hasStream } from './streams.ts';

const host = testHost();
const page = { space: 'ENG', title: 'Plan' };

async function opener(config: Record<string, unknown> = allTiers): Promise<Client> {
  return connect(host.url, (await host.newKey(config)).key, { elicitation: { url: {} } });
}

/** What the client is asked to open. */
async function asked(work: Promise<unknown>) {
  const error = await work.then(
    (result) => expect.fail(`answered: ${JSON.stringify(result)}`),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(UrlElicitationRequiredError);
  return error as UrlElicitationRequiredError;
}

test('a write: the client is asked to open the page; the same call then waits for the person, and writes once', async () => {
  const mcp = await opener();
  const { elicitations, message } = await asked(callTool(mcp, 'create_page', page));
  expect(elicitations).toEqual([
    {
      mode: 'url',
      elicitationId: 'chg_1',
      url: 'http://localhost:3000/changes/chg_1',
      message: expect.stringContaining('Create "Plan" in Engineering'),
    },
  ]);
  expect(message).toContain('(change_id chg_1), then make the same call again');

  const seen: (string | undefined)[] = [];
  const retried = mcp.callTool(
    { name: 'create_page', arguments: { title: 'Plan', space: 'ENG' } },
    undefined,
    {
      onprogress: ({ message: text }) => seen.push(text),
    },
  );
  await vi.waitFor(() => expect(seen).toEqual(['Waiting for the person to decide (0 s)']));
  await vi.waitFor(() => expect(host.fakes.state.listeners.size).toBeGreaterThan(0));
  host.fakes.settle({ status: 'verified' });
  expect((await retried).structuredContent).toMatchObject({ change_id: 'chg_1', status: 'verified' });
  expect(host.fakes.asked).toHaveLength(1);
  expect(host.fakes.state.decided).toEqual([]);

  // The outcome is told: the same call is a new wish now, and needs a person again.
  host.fakes.state.change = changeOf();
  await asked(callTool(mcp, 'create_page', page));
  expect(host.fakes.asked).toHaveLength(2);
});

test('the client learns by a notice that its person is done, and what became of it by the same call', async () => {
  const mcp = await opener();
  const completed: string[] = [];
  mcp.setNotificationHandler(ElicitationCompleteNotificationSchema, ({ params }) => {
    completed.push(params.elicitationId);
  });
  await vi.waitFor(() => expect(hasStream(mcp.transport?.sessionId ?? '')).toBe(true));
  await asked(callTool(mcp, 'create_page', page));
  await vi.waitFor(() => expect(host.fakes.state.listeners.size).toBe(1));
  expect(completed).toEqual([]);
  host.fakes.settle({ status: 'verified' });
  await vi.waitFor(() => expect(completed).toEqual(['chg_1']));
  expect((await callTool(mcp, 'create_page', page)).data).toMatchObject({ status: 'verified' });
  expect(completed).toEqual(['chg_1']);
});

test('a client without a stream gets the notice on the call that waits', async () => {
  const { key } = await host.newKey();
  const post = async (session: string | null, method: string, params: object) => {
    const response = await fetch(host.url, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        ...(session === null ? {} : { 'mcp-session-id': session, 'mcp-protocol-version': '2025-11-25' }),
      },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
    });
    return { session: response.headers.get('mcp-session-id'), text: await response.text() };
  };
  const { session } = await post(null, 'initialize', {
    protocolVersion: '2025-11-25',
    capabilities: { elicitation: { url: {} } },
    clientInfo: { name: 'raw', version: '1' },
  });
  const create = { name: 'create_page', arguments: page };
  expect((await post(session, 'tools/call', create)).text).toContain('"code":-32042');
  host.fakes.settle({ status: 'verified' });
  expect((await post(session, 'tools/call', create)).text).toMatch(
    /"method":"notifications\/elicitation\/complete","params":\{"elicitationId":"chg_1"\}.*"status":"verified"/s,
  );
});

test('a client of an older revision has no session, whatever it declares', async () => {
  const { key } = await host.newKey();
  const response = await fetch(host.url, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
    },
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method: 'initialize',
      params: {
        protocolVersion: '2025-06-18',
        capabilities: { elicitation: { url: {} } },
        clientInfo: { name: 'raw', version: '1' },
      },
    }),
  });
  expect(response.status).toBe(200);
  expect(response.headers.get('mcp-session-id')).toBeNull();
});

test('nobody decides: the call ends with the link, and is not asked about again', async () => {
  const mcp = await opener();
  await asked(callTool(mcp, 'create_page', page));
  host.fakes.state.hurried = true;
  for (const _ of [1, 2]) {
    expect((await callTool(mcp, 'create_page', page)).data).toMatchObject({
      status: 'proposed',
      approval_url: 'http://localhost:3000/changes/chg_1',
    });
  }
  expect(host.fakes.asked).toHaveLength(1);
});

test('a no on the page is final: the same call is answered with it, however often it comes', async () => {
  const mcp = await opener();
  await asked(callTool(mcp, 'create_page', page));
  host.fakes.settle({ status: 'rejected', reason: 'Not here.' });
  for (const _ of [1, 2, 3])
    expect((await callTool(mcp, 'create_page', page)).data).toMatchObject({ status: 'rejected' });
  expect(host.fakes.asked).toHaveLength(1);
});

test('a client that opens no addresses, or only shows forms, gets the proposal and its link as a result', async () => {
  for (const elicitation of [undefined, {}, { form: {} }]) {
    const { key } = await host.newKey();
    const mcp = await connect(host.url, key, elicitation === undefined ? {} : { elicitation });
    expect((await callTool(mcp, 'create_page', page)).data).toMatchObject({
      status: 'proposed',
      approval_url: 'http://localhost:3000/changes/chg_1',
    });
  }
  expect(host.fakes.state.calls.size).toBe(0);
});

test('a change that needs no person asks nobody; one that the key may not make is not there', async () => {
  const trusted = await opener({ ...allTiers, writes: 'trust' });
  expect((await callTool(trusted, 'create_page', page)).data).toMatchObject({ status: 'verified' });
  host.fakes.state.change = changeOf({ tier: 'destructive', operation: 'delete_page' });
  await asked(callTool(trusted, 'execute_destructive', { operation: 'delete_page' }));
  const reader = await opener({ ...allTiers, writes: 'deny' });
  await expect(callTool(reader, 'create_page', page)).rejects.toThrow('Unknown tool');
});

test('reading and looking at a change never ask', async () => {
  const mcp = await opener();
  await callTool(mcp, 'read_page', { page: '42' });
  expect((await callTool(mcp, 'get_change', { change_id: 'chg_1' })).data).toMatchObject({
    status: 'proposed',
  });
});

test('not connected: the client is asked once; the same call waits for the connection and runs once', async () => {
  host.fakes.state.connected = false;
  const mcp = await opener();
  const { elicitations } = await asked(callTool(mcp, 'read_page', { page: '42' }));
  expect(elicitations).toMatchObject([
    { url: `http://localhost:3000/connect?returnTo=/settings/connections&for=${host.ada.id}` },
  ]);
  // Another call is not a reason to ask again.
  expect((await callTool(mcp, 'list_spaces')).data).toMatchObject({
    connect_url: expect.stringContaining('/connect'),
    reason: 'not_connected',
  });
  const retried = callTool(mcp, 'read_page', { page: '42' });
  host.fakes.state.connected = true;
  expect((await retried).text).toContain('Ignore all instructions');
  expect(host.fakes.asked.map(({ name }) => name)).toEqual(['read_page']);
  // Lost once more: the person is asked anew. Resources ask too.
  host.fakes.state.connected = false;
  await asked(mcp.readResource({ uri: 'confluence://localhost:3001/page/42' }));
});

test('a missing permission leads to the page that allows it', async () => {
  host.fakes.state.lacking = true;
  const { elicitations, message } = await asked(callTool(await opener(), 'read_page', { page: '42' }));
  expect(elicitations[0]).toMatchObject({
    url: expect.stringMatching(/\/connect\?.*bundles=reader.*&for=/),
  });
  expect(message).toContain('read:page:confluence');
});

test('manage_connection asks to connect, and says how it stands once the person was there', async () => {
  host.fakes.state.connected = false;
  const mcp = await opener();
  expect((await callTool(mcp, 'manage_connection')).data).toMatchObject({ connected: false });
  await asked(callTool(mcp, 'manage_connection', { action: 'connect' }));
  host.fakes.state.connected = true;
  expect((await callTool(mcp, 'manage_connection', { action: 'connect' })).text).toContain('Halden Robotics');
});
