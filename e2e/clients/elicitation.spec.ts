import {
  Client,
  type ElicitRequestURLParams,
  ProtocolErrorCode,
  StreamableHTTPClientTransport,
  UrlElicitationRequiredError,
} from '@modelcontextprotocol/client';
import type { Page } from '@playwright/test';
import type { App } from '../app.ts';
import { type Chat, expect, test } from '../fixtures.ts';
import { makeKey, textOf } from '../mcp-client.ts';

const page = '5543210';

/** A client that opens addresses for its person, in one era. */
async function opening(app: App, mode: 'legacy' | { pin: string }): Promise<Client> {
  const key = makeKey(app);
  const client = new Client(
    { name: 'outside', version: '1.0.0' },
    { capabilities: { elicitation: { url: {} } }, versionNegotiation: { mode } },
  );
  await client.connect(
    new StreamableHTTPClientTransport(new URL(key.url), {
      requestInit: { headers: { authorization: `Bearer ${key.key}` } },
    }),
  );
  return client;
}

const edit = (version: number, markdown: string) => ({
  name: 'edit_page',
  arguments: { page, base_version: version, edits: [{ op: 'append', markdown }] },
});

async function applyAt(address: string, ada: Chat, tab: Page): Promise<void> {
  await tab.goto(address);
  await ada.card.getByRole('button', { name: 'Apply', exact: true }).click();
  await expect(ada.card.getByRole('status')).toContainText(/^Applied/);
}

test('B14 revision 2026-07-28 with URL elicitation: one call opens the page, waits, and brings the outcome', async ({
  ada,
  app,
  page: tab,
  sandbox,
}) => {
  const client = await opening(app, { pin: '2026-07-28' });
  const asked: ElicitRequestURLParams[] = [];
  client.setRequestHandler('elicitation/create', async ({ params }) => {
    asked.push(params as ElicitRequestURLParams);
    await applyAt((params as ElicitRequestURLParams).url, ada, tab);
    return { action: 'accept' };
  });
  const before = await sandbox.page(page);
  const outcome = await client.callTool(edit(before.version, 'Asked where the person was.'));
  expect(textOf(outcome)).toMatch(/applied and verified/i);
  expect(asked).toHaveLength(1);
  expect(asked[0]).toMatchObject({ mode: 'url', url: expect.stringContaining(`${app.url}/changes/chg_`) });
  expect(await sandbox.writes()).toHaveLength(1);
  await client.close();
});

test('B14 revision 2026-07-28, declined at the client: final, nothing written, not asked again', async ({
  ada: _,
  app,
  sandbox,
}) => {
  const client = await opening(app, { pin: '2026-07-28' });
  let asked = 0;
  client.setRequestHandler('elicitation/create', () => {
    asked += 1;
    return { action: 'decline' };
  });
  const call = edit((await sandbox.page(page)).version, 'Nobody wants this.');
  for (let time = 0; time < 2; time += 1)
    expect(textOf(await client.callTool(call))).toMatch(/declined|rejected|not applied/i);
  expect(asked).toBe(1);
  expect(await sandbox.writes()).toEqual([]);
  await client.close();
});

test('B14 revision 2025-11-25 with URL elicitation: the error names the page, the notice tells it is done, the same call brings the outcome', async ({
  ada,
  app,
  page: tab,
  sandbox,
}) => {
  const client = await opening(app, 'legacy');
  const done: string[] = [];
  client.setNotificationHandler('notifications/elicitation/complete', ({ params }) => {
    done.push(params.elicitationId);
  });
  const before = await sandbox.page(page);
  const call = edit(before.version, 'Asked by an error.');
  const refused = await client.callTool(call).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(UrlElicitationRequiredError);
  expect(refused).toMatchObject({ code: ProtocolErrorCode.UrlElicitationRequired });
  const [{ url, elicitationId } = { url: '', elicitationId: '' }] = (refused as UrlElicitationRequiredError)
    .elicitations;
  await applyAt(url, ada, tab);
  await expect.poll(() => done).toEqual([elicitationId]);
  expect(textOf(await client.callTool(call))).toMatch(/applied and verified/i);
  expect((await sandbox.page(page)).version).toBe(before.version + 1);
  expect(await sandbox.writes()).toHaveLength(1);
  await client.close();
});
