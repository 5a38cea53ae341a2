import { expect, test } from './fixtures.ts';
import { connectClient, makeKey, textOf } from './mcp-client.ts';

test('B14 a client lists, reads, proposes; Ada applies in the browser; the client sees the outcome', async ({
  ada,
  app,
  page,
  sandbox,
}) => {
  const client = await connectClient(makeKey(app));
  const { tools } = await client.listTools();
  expect(tools.length).toBeLessThanOrEqual(14);
  expect(JSON.stringify(tools).length).toBeLessThanOrEqual(6000);

  const before = await sandbox.page('5543210');
  const read = textOf(await client.callTool({ name: 'read_page', arguments: { page: '5543210' } }));
  expect(read).toContain(before.title);

  const proposed = await client.callTool({
    name: 'edit_page',
    arguments: {
      page: '5543210',
      base_version: before.version,
      edits: [{ op: 'append', markdown: '## From a client\n\nHello.' }],
    },
  });
  const text = textOf(proposed);
  const address = new RegExp(`${app.url}/changes/(chg_\\w+)`).exec(text);
  expect(address).not.toBeNull();
  expect(text).toContain('From a client');
  expect((await sandbox.page('5543210')).version).toBe(before.version);

  const outcome = client.callTool({
    name: 'get_change',
    arguments: { change_id: address?.[1], wait_seconds: 30 },
  });
  await page.goto(address?.[0] as string);
  await ada.card.getByRole('button', { name: 'Apply', exact: true }).click();
  await expect(ada.card.getByRole('status')).toContainText(/^Applied/);
  expect(textOf(await outcome)).toMatch(/applied and verified/i);
  const after = await sandbox.page('5543210');
  expect(after.version).toBe(before.version + 1);
  expect(after.storage.startsWith(before.storage)).toBe(true);
  await client.close();
});

test('B14 declined in the browser: the client learns it and nothing is written', async ({
  ada,
  app,
  page,
  sandbox,
}) => {
  const client = await connectClient(makeKey(app));
  const text = textOf(
    await client.callTool({
      name: 'edit_page',
      arguments: { page: '5543210', base_version: 3, edits: [{ op: 'append', markdown: 'No.' }] },
    }),
  );
  const [address, id] = new RegExp(`${app.url}/changes/(chg_\\w+)`).exec(text) ?? [];
  await page.goto(address as string);
  await ada.card.getByRole('button', { name: "Don't apply" }).click();
  await ada.card.getByRole('textbox', { name: /reason/i }).fill('Not here.');
  await ada.card.getByRole('button', { name: "Don't apply" }).click();
  const told = textOf(
    await client.callTool({ name: 'get_change', arguments: { change_id: id, wait_seconds: 10 } }),
  );
  expect(told).toContain('Not here.');
  expect(await sandbox.writes()).toEqual([]);
  await client.close();
});

test('a key limited to reading cannot propose; a wrong key gets nothing', async ({
  app,
  ada: _,
  sandbox,
}) => {
  const client = await connectClient(makeKey(app, '--tiers', 'read'));
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name)).not.toContain('edit_page');
  await expect(
    client.callTool({
      name: 'edit_page',
      arguments: { page: '5543210', base_version: 3, edits: [{ op: 'append', markdown: 'x' }] },
    }),
  ).rejects.toThrow(/Unknown tool/);
  const wrongTier = await client.callTool({
    name: 'execute_read',
    arguments: { operation: 'delete_page', input: { pages: ['5543210'] } },
  });
  expect(wrongTier.isError).toBe(true);
  expect(textOf(wrongTier)).not.toContain('/changes/');
  expect(await sandbox.writes()).toEqual([]);
  await client.close();
  const answer = await fetch(`${app.url}/api/mcp`, {
    method: 'POST',
    headers: {
      authorization: 'Bearer cfb_wrong',
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' }),
  });
  expect(answer.status).toBe(401);
  expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
  expect(await answer.text()).not.toContain('cfb_wrong');
});
