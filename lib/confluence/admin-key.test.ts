import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { holdAdminKey } from './admin-key.ts';
import { type Confluence, type ConfluenceOptions, createConfluence } from './client.ts';
import { getDataPolicyMetadata, getPageById } from './index.ts';
import { json, type Loopback, startLoopback } from './loopback.fixture.ts';

let server: Loopback;
beforeEach(async () => {
  server = await startLoopback();
  server.otherwise(json({ id: '1' }));
});
afterEach(async () => {
  vi.useRealTimers();
  await server.close();
});

function client(o: Partial<ConfluenceOptions> = {}): Confluence {
  return createConfluence({
    apiUrl: server.url,
    site: { id: 'cloud-1', name: 'Halden', url: 'https://halden.atlassian.net' },
    via: 'site',
    credentials: async () => ({ header: 'Basic x', scopes: null }),
    ...o,
  });
}

async function sends(confluence: Confluence): Promise<boolean> {
  await getPageById(confluence, { id: 1 });
  return server.seen.at(-1)?.headers['atl-confluence-with-admin-key'] === 'true';
}

const soon = () => new Date(Date.now() + 60_000);

test('the header goes along while the key lasts, for every client of that connection and no other', async () => {
  const [one, same, other] = [
    client({ connectionId: 'con_key_1' }),
    client({ connectionId: 'con_key_1' }),
    client({ connectionId: 'con_key_2' }),
  ];
  expect(await sends(one)).toBe(false);
  holdAdminKey(one, soon());
  expect([await sends(one), await sends(same), await sends(other)]).toEqual([true, true, false]);
  vi.useFakeTimers({ now: Date.now() + 61_000, toFake: ['Date'] });
  expect(await sends(one)).toBe(false);
  vi.useRealTimers();
  holdAdminKey(one, soon());
  holdAdminKey(same, null);
  expect(await sends(one)).toBe(false);
});

test('never through the gateway: no OAuth scope exists for it', async () => {
  const app = client({ via: 'gateway', connectionId: 'con_key_3' });
  holdAdminKey(app, soon());
  expect(await sends(app)).toBe(false);
});

test('a 401 of an endpoint for apps only is a refusal and does not end the connection', async () => {
  const ended = vi.fn(async () => {});
  server.otherwise(json({ code: 401, message: 'Only apps can make this request.' }, 401));
  await expect(getDataPolicyMetadata(client({ ended }))).rejects.toMatchObject({
    code: 'forbidden',
    message: expect.stringContaining('Only apps'),
  });
  expect(ended).not.toHaveBeenCalled();
});
