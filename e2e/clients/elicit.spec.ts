import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import type { App } from '../app.ts';
import { expect, test } from '../fixtures.ts';
import { makeKey, textOf } from '../mcp-client.ts';

const guide = '5543210';

type Answer = { action: 'accept' | 'decline' | 'cancel' };

/** @modelcontextprotocol/client on 2026-07-28: it opens addresses by itself, here by `open`, and calls again. */
async function opener(app: App, open: (url: string) => Answer): Promise<Client> {
  const key = makeKey(app);
  const client = new Client(
    { name: 'outside', version: '1.0.0' },
    { capabilities: { elicitation: { url: {} } }, versionNegotiation: { mode: { pin: '2026-07-28' } } },
  );
  client.setRequestHandler('elicitation/create', ({ params }) => {
    expect(params).toMatchObject({ mode: 'url' });
    return open((params as { url: string }).url);
  });
  const headers = { authorization: `Bearer ${key.key}` };
  await client.connect(new StreamableHTTPClientTransport(new URL(key.url), { requestInit: { headers } }));
  return client;
}

const append = (version: number, markdown: string) => ({
  name: 'edit_page',
  arguments: { page: guide, base_version: version, edits: [{ op: 'append', markdown }] },
});

test('B14 client v2 opens the page of a change: one call, Ada applies, the call ends with the outcome', async ({
  ada,
  app,
  page,
  sandbox,
}) => {
  const opened: string[] = [];
  const client = await opener(app, (url) => {
    opened.push(url);
    return { action: 'accept' };
  });
  const before = await sandbox.page(guide);
  const outcome = client.callTool(append(before.version, 'Through client v2.'));
  await expect.poll(() => opened).toHaveLength(1);
  await page.goto(opened[0] ?? '');
  await ada.card.getByRole('button', { name: 'Apply', exact: true }).click();
  expect(textOf(await outcome)).toMatch(/applied and verified/i);
  expect((await sandbox.page(guide)).version).toBe(before.version + 1);
  expect(opened).toHaveLength(1);
  expect(await sandbox.writes()).toHaveLength(1);
  await client.close();
});

test('B14 client v2 declines: asked once, and the change is rejected for good', async ({
  ada,
  app,
  page,
  sandbox,
}) => {
  const opened: string[] = [];
  const client = await opener(app, (url) => {
    opened.push(url);
    return { action: 'decline' };
  });
  const edit = append((await sandbox.page(guide)).version, 'Unwanted.');
  for (const _ of [1, 2]) expect(textOf(await client.callTool(edit))).toContain('Declined in e2e.');
  expect(opened).toHaveLength(1);
  await page.goto(opened[0] ?? '');
  await expect(ada.card.getByRole('button', { name: 'Apply', exact: true })).toHaveCount(0);
  expect(await sandbox.writes()).toEqual([]);
  await client.close();
});

test('B16 client v2 opens the connect page: the read runs once Ada has connected', async ({
  ada,
  app,
  page,
  sandbox,
}) => {
  await sandbox.faults({ kind: 'revoke' });
  const opened: string[] = [];
  const client = await opener(app, (url) => {
    opened.push(url);
    return { action: 'accept' };
  });
  const outcome = client.callTool({ name: 'read_page', arguments: { page: guide } });
  await expect.poll(() => opened).toHaveLength(1);
  await page.goto(opened[0] ?? '');
  await ada.consent();
  expect(textOf(await outcome)).toContain('Deploying the Billing Engine');
  await client.close();
});
