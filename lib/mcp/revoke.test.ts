import { expect, test, vi } from 'vitest';
import { database, endRight } from '#db';
import { disablePerson, endAccess, revokeKey, whileAllowed } from '#lib/auth';
import { connect, testHost } from './host.fixture.ts';
import { createHttpHost } from './plain-http.ts';

const host = testHost();

const slow = { name: 'slow_read', arguments: {} };

/** A long call over a real stream, with what came of it so far. */
async function longCall(key: string) {
  const response = await fetch(host.url, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
    },
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: 7,
      method: 'tools/call',
      params: { name: 'execute_read', arguments: { operation: slow.name }, _meta: { progressToken: 1 } },
    }),
  });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const text = response.text();
  await vi.waitFor(() => expect(host.fakes.asked).toHaveLength(1));
  return { text };
}

const ended = /"error":\{"code":-32000,"message":"The access behind this call has ended/;

test('revoking a key ends its open stream at once, with the reason, and stops the work', async () => {
  const made = await host.newKey();
  const { text } = await longCall(made.key);
  await revokeKey(host.ada.id, made.id);
  expect(await text).toMatch(ended);
  expect(host.fakes.aborted).toEqual(['slow_read']);
});

test('a key that another process has revoked ends its stream soon', async () => {
  const made = await host.newKey();
  const { text } = await longCall(made.key);
  const db = await database();
  await endRight(db, 'keys', { userId: null, id: made.id, now: Date.now() });
  expect(await text).toMatch(ended);
});

test('a key that expires ends its open stream then', async () => {
  const { key } = await host.newKey({}, Date.now() + 600);
  expect(await (await longCall(key)).text).toMatch(ended);
});

test('disabling a person ends their streams', async () => {
  const made = await host.newKey();
  const { text } = await longCall(made.key);
  endAccess({ userId: host.ben.id });
  expect(host.fakes.aborted).toEqual([]);
  endAccess({ userId: host.ada.id });
  expect(await text).toMatch(ended);
});

test('disabling is what ends access, and a right that ended after it was checked lets nothing run', async () => {
  const right = { keyId: 'key_x', userId: host.ben.id, expiresAt: null };
  const checkedAt = Date.now();
  const waiting = whileAllowed({ ...right, checkedAt }, () => new Promise(() => {}));
  await Promise.all([disablePerson(host.ada, host.ben.id), expect(waiting).rejects.toThrow(/has ended/)]);
  const run = vi.fn(async () => 'done');
  await expect(whileAllowed({ ...right, checkedAt }, run)).rejects.toThrow(/has ended/);
  expect(run).not.toHaveBeenCalled();
  const later = { ...right, checkedAt: Date.now() + 1 };
  await expect(whileAllowed(later, run)).resolves.toBe('done');
});

test('a plain HTTP call is ended too', async () => {
  const made = await host.newKey();
  const request = new Request('http://localhost:3000/api/operations/slow_read', {
    method: 'POST',
    headers: {
      host: 'localhost:3000',
      'content-type': 'application/json',
      authorization: `Bearer ${made.key}`,
    },
    body: '{}',
  });
  const answer = createHttpHost(host.fakes.deps)(request, 'slow_read');
  await vi.waitFor(() => expect(host.fakes.asked).toHaveLength(1));
  await revokeKey(host.ada.id, made.id);
  expect((await answer).status).toBe(401);
  expect(host.fakes.aborted).toEqual(['slow_read']);
});

test('the stream for notices is open to sessions alone, one each, and ends with the key', async () => {
  const made = await host.newKey();
  const { transport } = await connect(host.url, made.key, { elicitation: { url: {} } });
  const headers = {
    authorization: `Bearer ${made.key}`,
    accept: 'text/event-stream',
    'mcp-session-id': transport?.sessionId ?? '',
  };
  const [first, second] = [await fetch(host.url, { headers }), await fetch(host.url, { headers })];
  expect([first.status, second.status]).toEqual([200, 200]);
  expect(await first.text()).toBe(': open\n\n');
  const rest = second.text();
  await revokeKey(host.ada.id, made.id);
  expect(await rest).toBe(': open\n\n');
  expect((await fetch(host.url, { headers })).status).toBe(401);
});

test('a session id is worth something with its key alone; nothing is there to end', async () => {
  const made = await host.newKey();
  const { transport } = await connect(host.url, made.key, { elicitation: { url: {} } });
  const id = transport?.sessionId ?? '';
  expect(id).toMatch(/^[\x21-\x7e]+$/);
  const other = await host.newKey();
  const post = async (key: string, session: string, method = 'POST') =>
    (
      await fetch(host.url, {
        method,
        headers: {
          authorization: `Bearer ${key}`,
          'content-type': 'application/json',
          accept: 'application/json, text/event-stream',
          'mcp-session-id': session,
        },
        ...(method === 'POST'
          ? { body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} }) }
          : {}),
      })
    ).status;
  expect(await post(made.key, id)).toBe(200);
  for (const [key, session] of [
    [other.key, id],
    [made.key, `${id.slice(0, -2)}AA`],
    [made.key, 'v1.a.b.c'],
    [made.key, 'x'],
  ] as const)
    expect(await post(key, session)).toBe(404);
  expect(await post(made.key, id, 'DELETE')).toBe(405);
  expect(await post(made.key, 'x', 'DELETE')).toBe(404);
  const plain = await connect(host.url, made.key);
  expect(plain.transport?.sessionId).toBeUndefined();
});
