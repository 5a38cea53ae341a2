import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import {
  ElicitationCompleteNotificationSchema,
  UrlElicitationRequiredError,
} from '@modelcontextprotocol/sdk/types.js';
import type { Browser, Page } from '@playwright/test';
import type { App } from './app.ts';
import { Chat, expect, test } from './fixtures.ts';
import { connectClient, makeKey, textOf } from './mcp-client.ts';

const guide = '5543210';
const title = 'Deploying the Billing Engine';

/** A client that opens addresses for its person (URL mode). */
const opener = (app: App, ...more: string[]) =>
  connectClient(makeKey(app, ...more), { elicitation: { url: {} } });

/** What a call asks its person to open, instead of an answer. */
async function asked(
  work: Promise<unknown>,
): Promise<{ url: string; elicitationId: string; message: string }> {
  const outcome = await work.catch((error: unknown) => error);
  expect(outcome).toBeInstanceOf(UrlElicitationRequiredError);
  const [first] = (outcome as UrlElicitationRequiredError).elicitations;
  return first as { url: string; elicitationId: string; message: string };
}

const append = (version: number, markdown: string) => ({
  name: 'edit_page',
  arguments: { page: guide, base_version: version, edits: [{ op: 'append', markdown }] },
});

/** Ids of the changes the client is told are decided. */
function completions(client: Client): string[] {
  const done: string[] = [];
  client.setNotificationHandler(ElicitationCompleteNotificationSchema, ({ params }) => {
    done.push(params.elicitationId);
  });
  return done;
}

/** Somebody else in a browser of their own. */
async function asBen(browser: Browser, app: App, look: (page: Page) => Promise<void>): Promise<void> {
  const other = await browser.newContext();
  const ben = new Chat(await other.newPage(), app);
  await ben.signIn('Ben Okafor');
  await look(ben.page);
  await other.close();
}

test('B14 a client that opens addresses: Ada decides on the page, nobody else; the same call learns it, one write', async ({
  ada,
  app,
  browser,
  page,
  sandbox,
}) => {
  const client = await opener(app);
  const completed = completions(client);
  const before = await sandbox.page(guide);
  expect(textOf(await client.callTool({ name: 'read_page', arguments: { page: guide } }))).toContain(title);
  const edit = append(before.version, '## Opened by the client\n\nHello.');
  const { url, elicitationId, message } = await asked(client.callTool(edit));
  expect(url).toBe(`${app.url}/changes/${elicitationId}`);
  expect(message).toContain(title);
  expect(await sandbox.writes()).toEqual([]);

  // The address opens nothing by itself, and nothing for another person.
  await asBen(browser, app, async (ben) => {
    await ben.goto(url);
    await expect(ben.getByRole('button', { name: 'Apply', exact: true })).toHaveCount(0);
    const decided = await ben.request.post(`${app.url}/api/changes/${elicitationId}/decide`, {
      headers: { origin: app.url },
      data: { decision: 'apply', hash: 'x', confirmed: [] },
    });
    expect(decided.status()).toBe(404);
  });
  const stranger = await (await browser.newContext()).newPage();
  await stranger.goto(url);
  await expect(stranger).toHaveURL(/\/sign-in/);
  await stranger.context().close();

  const told: (string | undefined)[] = [];
  const retried = client.callTool(edit, undefined, { onprogress: (step) => told.push(step.message) });
  await expect.poll(() => told).toEqual(['Waiting for the person to decide (0 s)']);
  await page.goto(url);
  await ada.card.getByRole('button', { name: 'Apply', exact: true }).click();
  await expect(ada.card.getByRole('status')).toContainText(/^Applied/);
  expect(textOf(await retried)).toMatch(/applied and verified/i);
  await expect.poll(() => completed).toEqual([elicitationId]);
  const after = await sandbox.page(guide);
  expect(after.version).toBe(before.version + 1);
  expect(after.storage).toContain('Opened by the client');
  expect(await sandbox.writes()).toHaveLength(1);
  await client.close();
});

test('B14 declined on the page: the notice comes, the same call says so however often, nothing is written', async ({
  ada,
  app,
  page,
  sandbox,
}) => {
  const client = await opener(app);
  const completed = completions(client);
  const edit = append((await sandbox.page(guide)).version, 'No.');
  const { url, elicitationId } = await asked(client.callTool(edit));
  await page.goto(url);
  await ada.card.getByRole('button', { name: "Don't apply" }).click();
  await ada.card.getByRole('textbox', { name: /reason/i }).fill('Not here.');
  await ada.card.getByRole('button', { name: "Don't apply" }).click();
  await expect.poll(() => completed).toEqual([elicitationId]);
  for (const _ of [1, 2]) expect(textOf(await client.callTool(edit))).toContain('Not here.');
  expect(await sandbox.writes()).toEqual([]);
  await client.close();
});

test('a key that trusts its client asks nobody for a write', async ({ app, ada: _, sandbox }) => {
  const client = await opener(app, '--writes', 'trust');
  const edit = append((await sandbox.page(guide)).version, 'By trust.');
  expect(textOf(await client.callTool(edit))).toMatch(/applied and verified/i);
  expect(await sandbox.writes()).toHaveLength(1);
  await client.close();
});

test('B16 over MCP: the client carries Ada to the connect page, nobody else; then the call runs once', async ({
  ada,
  app,
  browser,
  page,
  sandbox,
}) => {
  const client = await opener(app);
  await sandbox.faults({ kind: 'revoke' });
  const read = { name: 'read_page', arguments: { page: guide } };
  const { url, message } = await asked(client.callTool(read));
  expect(url).toContain(`${app.url}/connect?`);
  expect(message).toMatch(/Connect Confluence on this page/);
  await asBen(browser, app, async (ben) => {
    await ben.goto(url);
    await expect(ben.getByText('This link was made for somebody else.')).toBeVisible();
  });

  await sandbox.clearLog();
  const retried = client.callTool(read);
  await page.goto(url);
  await ada.consent();
  await expect(page).toHaveURL(/settings\/connections/);
  expect(textOf(await retried)).toContain(title);
  const reads = (await sandbox.log()).filter(
    ({ method, path, status }) => method === 'GET' && status === 200 && path.endsWith(`/pages/${guide}`),
  );
  expect(reads).toHaveLength(1);
  await client.close();
});

test('revoking a key in the browser ends what its client waits for, at once', async ({
  ada: _,
  app,
  page,
  sandbox,
}) => {
  const key = makeKey(app);
  const client = await connectClient(key);
  const proposed = textOf(await client.callTool(append((await sandbox.page(guide)).version, 'Unheard.')));
  const id = /chg_\w+/.exec(proposed)?.[0];
  const wait = { name: 'get_change', arguments: { change_id: id, wait_seconds: 50 } };
  const told: (string | undefined)[] = [];
  const outcome = client
    .callTool(wait, undefined, { onprogress: (step) => told.push(step.message) })
    .catch((error: unknown) => String(error));
  await expect.poll(() => told.length).toBe(1);
  const answer = await page.request.delete(`${app.url}/api/keys/${key.id}`, {
    headers: { origin: app.url },
  });
  expect(answer.ok()).toBe(true);
  expect(await outcome).toContain('it was revoked or has expired');
  await expect(client.listTools()).rejects.toThrow();
  await client.close();
});
