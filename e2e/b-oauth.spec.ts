import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { expect, test } from './fixtures.ts';
import { listener, memory } from './loopback-program.ts';
import { textOf } from './mcp-client.ts';

test('B15 a client with only the address: Ada allows reading one space, it works, she ends it', async ({
  ada,
  app,
  page,
  sandbox,
}) => {
  // Somebody who is signed out is asked to sign in first, and comes back to the question.
  await page.context().clearCookies();
  const listening = await listener();
  const { provider, opened, tokens } = memory(listening.redirect, 'Desk <b>Helper</b>');
  const address = new URL(`${app.url}/api/mcp`);
  const transport = new StreamableHTTPClientTransport(address, { authProvider: provider });
  await expect(new Client({ name: 'e2e', version: '1.0.0' }).connect(transport)).rejects.toThrow();
  expect(opened).toHaveLength(1);

  await page.goto(String(opened[0]));
  await expect(page).toHaveURL(/\/sign-in/);
  await page.getByRole('button', { name: 'Continue as Ada Moreno' }).click();
  await expect(page).toHaveURL(/\/oauth\/consent\//);
  await expect(page.getByText('It says it is')).toBeVisible();
  await expect(page.getByText('Desk <b>Helper</b>')).toBeVisible();
  await expect(page.getByText(new URL(listening.redirect).host)).toBeVisible();
  await expect(page.getByText('Any program on this computer could call itself that.')).toBeVisible();
  await page.getByRole('checkbox', { name: /^Write/ }).uncheck();
  await page.getByRole('textbox', { name: 'Only these spaces' }).fill('ENG');
  await page.getByRole('button', { name: 'Allow' }).click();
  const answer = await listening.answer;
  await expect(page).toHaveURL(/callback/);
  expect(answer.searchParams.get('state')).toBe('from-the-client');
  expect(answer.searchParams.get('iss')).toBe(app.url);
  await transport.finishAuth(answer.searchParams.get('code') ?? '');

  const client = new Client({ name: 'e2e', version: '1.0.0' });
  await client.connect(new StreamableHTTPClientTransport(address, { authProvider: provider }));
  const names = (await client.listTools()).tools.map(({ name }) => name);
  expect(names).toContain('read_page');
  for (const write of ['create_page', 'edit_page', 'execute_write', 'execute_destructive'])
    expect(names).not.toContain(write);
  const inside = await client.callTool({ name: 'list_spaces', arguments: {} });
  expect(textOf(inside)).toContain('ENG');
  expect(textOf(inside)).not.toContain('PROD');
  const read = textOf(await client.callTool({ name: 'search_content', arguments: { query: 'guidelines' } }));
  expect(read).toContain('API Guidelines');
  await expect(client.callTool({ name: 'edit_page', arguments: {} })).rejects.toThrow(/Unknown tool/);

  await page.goto(`${app.url}/settings/mcp`);
  const row = page.getByRole('listitem').filter({ hasText: 'Desk <b>Helper</b>' });
  await expect(row).toContainText('read · spaces ENG');
  await expect(row).toContainText('Last used');
  await row.getByRole('button', { name: 'Revoke' }).click();
  await expect(row).toHaveCount(0);
  const refused = await fetch(address, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${tokens()?.access_token}`,
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' }),
  });
  expect(refused.status).toBe(401);
  expect(refused.headers.get('www-authenticate')).toContain('resource_metadata=');
  await client.close();
  listening.close();
  expect(await sandbox.writes()).toEqual([]);
  await ada.open();
});

test('B15 declined: the client learns it; the question is closed, and open to no other browser', async ({
  app,
  browser,
  chat,
  page,
}) => {
  await chat.signIn('Ben Okafor');
  const listening = await listener();
  const { provider, opened } = memory(listening.redirect, 'Unwanted');
  const transport = new StreamableHTTPClientTransport(new URL(`${app.url}/api/mcp`), {
    authProvider: provider,
  });
  await expect(new Client({ name: 'e2e', version: '1.0.0' }).connect(transport)).rejects.toThrow();
  const asked = await page.goto(String(opened[0]));
  expect(asked?.headers()['x-frame-options']).toBe('DENY');
  expect(asked?.headers()['content-security-policy']).toContain("frame-ancestors 'none'");
  const question = page.url();

  const other = await browser.newContext();
  const elsewhere = await other.newPage();
  await elsewhere.goto(`${app.url}/sign-in`);
  await elsewhere.getByRole('button', { name: 'Continue as Ada Moreno' }).click();
  await expect(elsewhere.getByRole('textbox', { name: 'Message' })).toBeVisible();
  await elsewhere.goto(question);
  await expect(elsewhere.getByRole('heading', { name: 'This request is no longer open' })).toBeVisible();
  await other.close();

  await page.getByRole('button', { name: 'Cancel' }).click();
  expect((await listening.answer).searchParams.get('error')).toBe('access_denied');
  await expect(page).toHaveURL(/callback/);
  await page.goto(question);
  await expect(page.getByRole('heading', { name: 'This request is no longer open' })).toBeVisible();
  listening.close();
});
