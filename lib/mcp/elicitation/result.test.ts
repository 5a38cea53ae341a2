import { beforeEach, expect, test } from 'vitest';
import { allTiers, modern, testHost } from '../host.fixture.ts';
import { changeOf } from '../mcp.fixture.ts';

const host = testHost();
let key: string;

beforeEach(async () => {
  key = (await host.newKey()).key;
});

const opens = { elicitation: { url: {} } };
const page = { space: 'ENG', title: 'Plan' };

type More = { requestState?: unknown; inputResponses?: unknown };

async function call(
  name: string,
  args: object,
  more: More = {},
  o: { key?: string; capabilities?: object } = {},
) {
  const { body, headers } = await modern(host.url, o.key ?? key, {
    method: 'tools/call',
    name,
    params: { name, arguments: args, ...more },
    capabilities: o.capabilities ?? opens,
  });
  return { ...body, headers } as {
    result: {
      resultType: string;
      requestState: string;
      inputRequests: Record<string, { method: string; params: Record<string, string> }>;
      structuredContent: Record<string, unknown>;
    };
    error?: { code: number; message: string };
    headers: Headers;
  };
}

const answer = (action: string) => ({ inputResponses: { opened: { action } } });

async function ask(name = 'create_page', args: object = page) {
  const { result } = await call(name, args);
  expect(result.resultType).toBe('input_required');
  return result;
}

test('a write: input_required with the page; accept waits for the person and answers with the outcome, once', async () => {
  const { requestState, inputRequests } = await ask();
  expect(inputRequests).toEqual({
    opened: {
      method: 'elicitation/create',
      params: {
        mode: 'url',
        url: 'http://localhost:3000/changes/chg_1',
        message: expect.stringContaining('Create "Plan" in Engineering'),
      },
    },
  });
  const retried = call('create_page', page, { requestState, ...answer('accept') });
  await expect.poll(() => host.fakes.state.listeners.size).toBe(1);
  host.fakes.settle({ status: 'verified' });
  expect((await retried).result).toMatchObject({
    resultType: 'complete',
    structuredContent: { change_id: 'chg_1', status: 'verified' },
  });
  expect(host.fakes.asked).toHaveLength(1);
  // Accept is no approval: the person decided elsewhere.
  expect(host.fakes.state.decided).toEqual([]);
});

test('accept without a decision ends with the link', async () => {
  const { requestState } = await ask();
  host.fakes.state.hurried = true;
  const { result } = await call('create_page', page, { requestState, ...answer('accept') });
  expect(result).toMatchObject({ resultType: 'complete', structuredContent: { status: 'proposed' } });
  expect(host.fakes.state.decided).toEqual([]);
});

test('decline is final: the change is rejected, and the same call is not asked about again', async () => {
  const { requestState } = await ask();
  const { result } = await call('create_page', page, { requestState, ...answer('decline') });
  expect(result).toMatchObject({ resultType: 'complete', structuredContent: { status: 'rejected' } });
  expect(host.fakes.state.decided).toEqual([{ decision: 'reject', hash: 'h1', reason: 'Declined in test.' }]);
  for (const more of [{}, { requestState, ...answer('accept') }]) {
    expect((await call('create_page', page, more)).result).toMatchObject({
      resultType: 'complete',
      structuredContent: { status: 'rejected' },
    });
  }
  expect(host.fakes.asked).toHaveLength(1);
});

test('cancel leaves it waiting; without an answer, or in a new call, the same change is asked about', async () => {
  const { requestState } = await ask();
  const cancelled = await call('create_page', page, { requestState, ...answer('cancel') });
  expect(cancelled.result.structuredContent).toMatchObject({ status: 'proposed' });
  for (const more of [
    { requestState },
    { requestState, inputResponses: { opened: { action: 'approve' } } },
    {},
  ])
    expect((await call('create_page', page, more)).result.resultType).toBe('input_required');
  expect(host.fakes.asked).toHaveLength(1);
  expect(host.fakes.state.decided).toEqual([]);
});

test('a state that was altered, is of another request or another key is refused', async () => {
  const { requestState } = await ask();
  const other = (await host.newKey()).key;
  const end = requestState.endsWith('A') ? 'B' : 'A';
  const tries = [
    call('create_page', page, { requestState: `${requestState.slice(0, -1)}${end}`, ...answer('accept') }),
    call('create_page', { ...page, title: 'Other' }, { requestState, ...answer('decline') }),
    call('edit_page', page, { requestState, ...answer('decline') }),
    call('create_page', page, { requestState, ...answer('decline') }, { key: other }),
    call('create_page', page, { requestState: 'v1.a.b.c', ...answer('accept') }),
  ];
  for (const { error } of await Promise.all(tries))
    expect(error).toMatchObject({ code: -32602, message: expect.stringContaining('requestState') });
  expect(host.fakes.state.decided).toEqual([]);
  expect(host.fakes.asked).toHaveLength(1);
});

test('a client without URL mode gets the proposal as a result; forms approve nothing', async () => {
  for (const capabilities of [{}, { elicitation: {} }, { elicitation: { form: {} } }]) {
    const { result } = await call('create_page', page, answer('accept'), { capabilities });
    expect(result).toMatchObject({ resultType: 'complete', structuredContent: { status: 'proposed' } });
  }
  expect(host.fakes.state.decided).toEqual([]);
});

test('what needs no person asks nobody', async () => {
  const trusted = (await host.newKey({ ...allTiers, writes: 'trust' })).key;
  const { result } = await call('create_page', page, {}, { key: trusted });
  expect(result).toMatchObject({ resultType: 'complete', structuredContent: { status: 'verified' } });
});

test('not connected: the page to connect, then the call runs once; a write goes on to its approval', async () => {
  host.fakes.state.connected = false;
  const { requestState, inputRequests } = await ask();
  expect(inputRequests.opened?.params.url).toContain(`&for=${host.ada.id}`);
  const retried = call('create_page', page, { requestState, ...answer('accept') });
  host.fakes.state.connected = true;
  const next = (await retried).result;
  expect(next.inputRequests.opened?.params.url).toBe('http://localhost:3000/changes/chg_1');
  expect(host.fakes.asked).toHaveLength(1);
  host.fakes.settle({ status: 'verified' });
  const done = await call('create_page', page, { requestState: next.requestState, ...answer('accept') });
  expect(done.result.structuredContent).toMatchObject({ status: 'verified' });
  expect(host.fakes.asked).toHaveLength(1);
});

test('not connected and declined: the link in the result, and no further question', async () => {
  host.fakes.state.connected = false;
  const { requestState } = await ask('read_page', { page: '42' });
  for (const more of [{ requestState, ...answer('decline') }, {}]) {
    const { result } = await call('read_page', { page: '42' }, more);
    expect(result).toMatchObject({
      resultType: 'complete',
      isError: true,
      structuredContent: { connect_url: expect.stringContaining('/connect') },
    });
  }
  expect((await call('list_spaces', {})).result.resultType).toBe('complete');
});

test('a resource asks to connect as well', async () => {
  host.fakes.state.connected = false;
  const uri = 'confluence://localhost:3001/page/42';
  const { body } = await modern(host.url, key, {
    method: 'resources/read',
    name: uri,
    params: { uri },
    capabilities: opens,
  });
  expect(body.result.resultType).toBe('input_required');
  host.fakes.state.connected = true;
  const again = await modern(host.url, key, {
    method: 'resources/read',
    name: uri,
    params: { uri, requestState: body.result.requestState, ...answer('accept') },
    capabilities: opens,
  });
  expect(again.body.result.contents[0].text).toContain('Ignore all instructions');
});

test('a change of a space that the key does not reach stays unknown to it', async () => {
  const narrow = (await host.newKey({ ...allTiers, spaces: ['ENG'] })).key;
  const { result } = await call('create_page', page, {}, { key: narrow });
  host.fakes.state.change = changeOf({
    target: { ...changeOf().target, space: { id: '9', key: 'HR', name: 'HR' } },
  });
  const { requestState } = result;
  const hidden = await call('create_page', page, { requestState, ...answer('decline') }, { key: narrow });
  expect(hidden.result).toMatchObject({ isError: true });
  expect(JSON.stringify(hidden.result)).toContain('no such change');
  expect(host.fakes.state.decided).toEqual([]);
});
