import { spawnSync } from 'node:child_process';
import type { Page } from '@playwright/test';
import { type App, root, startApp } from './app.ts';
import { Chat, expect, test } from './fixtures.ts';
import { connectClient, type Key, makeKey, textOf } from './mcp-client.ts';

const settings = (app: App) => `${app.url}/settings/mcp`;

/** Ticks a choice of a picker by typing a part of its words. */
async function pick(page: Page, label: string, text: string, choice: RegExp): Promise<void> {
  await page.getByRole('combobox', { name: label }).fill(text);
  await page.getByRole('option', { name: choice }).click();
}

/** What a key may do on the wire: HTTP status of a plain `tools/list`. */
async function statusOf(address: string, headers: Record<string, string>): Promise<number> {
  const response = await fetch(address, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      ...headers,
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' }),
  });
  await response.body?.cancel();
  return response.status;
}

const localTime = (at: number) => {
  const date = new Date(at - new Date(at).getTimezoneOffset() * 60_000);
  return date.toISOString().slice(0, 19);
};

test('B13 a key with tiers, topics, spaces, write policy and expiry: set up, tested, used, revoked', async ({
  ada,
  app,
  page,
}) => {
  await page.goto(settings(app));
  await page.getByRole('button', { name: 'New key' }).click();
  const form = page.getByRole('form', { name: 'New key' });
  await form.getByRole('textbox', { name: 'Name' }).fill('Desk agent');
  const at = Math.floor(Date.now() / 1000) * 1000 + 3 * 86_400_000 + 7000;
  await form.getByRole('combobox', { name: 'Ends' }).selectOption('at');
  await form.getByLabel('Ends at').fill(localTime(at));
  await form.getByRole('radio', { name: 'Choose one by one' }).check();
  await expect(form.getByRole('checkbox', { name: /^Read/ })).toBeChecked();
  await expect(form.getByRole('checkbox', { name: /^Destructive/ })).not.toBeChecked();
  await form.getByRole('combobox', { name: 'Writes' }).selectOption('approve');
  await form.getByText(/^Limits/).click();
  await pick(page, 'Only these spaces', 'engin', /^Engineering/);
  for (const topic of ['pages', 'search', 'spaces']) {
    await pick(page, 'Only these topics', topic, new RegExp(`^${topic}$`));
  }
  await expect(form.getByRole('button', { name: 'Remove Engineering' })).toBeVisible();
  await form.getByRole('button', { name: 'Create key' }).click();

  const made = page.getByRole('region', { name: 'New key' });
  await expect(made.getByText('Copy it now: it is not shown again.')).toBeVisible();
  const key = (await made.getByText(/^cfb_/).first().textContent()) ?? '';
  expect(key).toMatch(/^cfb_[\w-]{43}$/);

  // Copy-ready set-up with the key in it.
  const address = `${app.url}/api/mcp`;
  const setUp = (name: string) => made.getByRole('tab', { name, exact: true }).click();
  const panel = made.getByRole('tabpanel');
  await expect(panel).toContainText('Claude cannot reach this address: it means this computer only.');
  await expect(panel).toContainText(`${address}/k/${key}`);
  await setUp('Claude Desktop');
  await expect(panel).toContainText(`"AUTH_HEADER": "Bearer ${key}"`);
  await setUp('Claude Code');
  await expect(panel).toContainText(
    `claude mcp add --transport http confab ${address} --header "Authorization: Bearer ${key}"`,
  );
  await setUp('ChatGPT');
  await expect(panel).toContainText('ChatGPT cannot reach this address');
  await setUp('Cursor');
  const cursor = (await panel.getByRole('link', { name: 'Add to Cursor' }).getAttribute('href')) ?? '';
  const config = Buffer.from(new URL(cursor).searchParams.get('config') ?? '', 'base64').toString();
  expect(JSON.parse(config)).toEqual({ url: address, headers: { Authorization: `Bearer ${key}` } });
  await setUp('VS Code');
  await expect(panel.getByRole('link', { name: 'Add to VS Code' })).toHaveAttribute('href', /^vscode:mcp/);
  for (const name of ['OpenAI Agents SDK', 'AI SDK', 'LangChain', 'mcp-remote', 'curl']) {
    await setUp(name);
    await expect(panel).toContainText(key);
  }
  await made.getByText('Sign in', { exact: true }).click();
  await setUp('Claude Code');
  await expect(panel).not.toContainText(key);

  // A real client, step by step.
  await made.getByRole('button', { name: 'Test connection' }).click();
  const steps = made.getByRole('region', { name: 'Connection test' });
  await expect(steps.getByRole('status')).toHaveText('This key works.', { timeout: 20_000 });
  for (const step of ['Reach the address', 'Present the key', 'Agree on the protocol', 'List the tools']) {
    await expect(steps.getByRole('listitem').filter({ hasText: step })).toHaveAttribute(
      'data-outcome',
      'done',
    );
  }
  await expect(steps).toContainText('MCP 20');
  await expect(steps).toContainText('Halden Robotics');
  await expect(steps).toContainText('Read your spaces: Engineering.');

  // What it was limited to is what a client gets.
  const client = await connectClient({ key, url: address } as Key);
  const names = (await client.listTools()).tools.map(({ name }) => name);
  expect(names).toContain('execute_write');
  expect(names).not.toContain('execute_destructive');
  const spaces = textOf(await client.callTool({ name: 'list_spaces', arguments: {} }));
  expect(spaces).toContain('ENG');
  expect(spaces).not.toContain('PROD');
  const labels = await client.callTool({
    name: 'execute_read',
    arguments: { operation: 'list_labels', input: {} },
  });
  expect(labels.isError).toBe(true);

  await page.reload();
  const row = page.getByRole('listitem').filter({ hasText: 'Desk agent' });
  await expect(row).toContainText('read, write · writes are approved here · spaces ENG');
  await expect(row).toContainText('topics pages, search, spaces');
  await expect(row).toContainText(/Last used .* · \d+ calls/);
  await expect(page.getByText(key)).toHaveCount(0);
  const { keys } = (await (await page.request.get(`${app.url}/api/keys`)).json()) as {
    keys: { name: string; expires_at: string }[];
  };
  expect(keys.find(({ name }) => name === 'Desk agent')?.expires_at).toBe(new Date(at).toISOString());

  // Tested again from the list, without its secret; then revoked, at once.
  await row.getByRole('button', { name: 'Test' }).click();
  await expect(row.getByRole('status')).toHaveText('This key works.', { timeout: 20_000 });
  await expect(page.getByText('Test of Desk agent')).toHaveCount(0);
  const bearer = { authorization: `Bearer ${key}` };
  expect(await statusOf(address, bearer)).toBe(200);
  await row.getByRole('button', { name: 'Revoke' }).click();
  await expect(row).toHaveCount(0);
  expect(await statusOf(address, bearer)).toBe(401);
  await expect(client.listTools()).rejects.toThrow();
  await client.close();
  await ada.open();
});

test('B13 a mistyped limit is an error that says what was meant', async ({ ada, app, page }) => {
  await page.goto(settings(app));
  await page.getByRole('button', { name: 'New key' }).click();
  const form = page.getByRole('form', { name: 'New key' });
  await form.getByRole('textbox', { name: 'Name' }).fill('Typo');
  await form.getByText(/^Limits/).click();
  await page.getByRole('combobox', { name: 'Only these operations' }).fill('read_pag');
  await form.getByRole('textbox', { name: 'Name' }).focus();
  await form.getByRole('button', { name: 'Create key' }).click();
  await expect(form.getByRole('alert')).toContainText('there is no operation “read_pag”');
  await expect(form.getByRole('alert')).toContainText('read_page');
  await ada.open();
});

test('B13 what the operator allows is the most: shown, refused beyond, and it reaches older keys', async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const app = await startApp({ CONFAB_SANDBOX_CONNECTED: '1' });
  try {
    const before = makeKey(app, '--tiers', 'read,write,destructive', '--writes', 'trust');
    const brief = makeKey(app, '--expires', '2s');
    await app.stop();
    await app.start({
      CONFAB_KEY_TIERS: 'read',
      CONFAB_KEY_SPACES: 'ENG',
      CONFAB_KEY_MAX_DAYS: '7',
      CONFAB_KEY_HEADER_ONLY: '1',
    });

    const client = await connectClient(before);
    const names = (await client.listTools()).tools.map(({ name }) => name);
    expect(names).toContain('read_page');
    for (const gone of ['edit_page', 'execute_write', 'execute_destructive'])
      expect(names).not.toContain(gone);
    const spaces = textOf(await client.callTool({ name: 'list_spaces', arguments: {} }));
    expect(spaces).toContain('ENG');
    expect(spaces).not.toContain('PROD');
    await client.close();
    expect(await statusOf(before.url_with_key ?? '', {})).toBe(401);

    const page = await (await browser.newContext()).newPage();
    await new Chat(page, app).signIn();
    await page.goto(settings(app));
    // What had expired while nothing ran is gone; the older key shows what is left of it.
    await expect(page.getByRole('listitem')).toHaveCount(1);
    await expect(page.getByRole('listitem')).toContainText('read · spaces ENG · header only');
    expect(await statusOf(brief.url, { authorization: `Bearer ${brief.key}` })).toBe(401);
    await page.getByRole('button', { name: 'New key' }).click();
    const form = page.getByRole('form', { name: 'New key' });
    await expect(form).toContainText('Set by the operator');
    await expect(form).toContainText('Ends within 7 days.');
    await expect(form.getByRole('radio', { name: 'Read only' })).toBeChecked();
    await expect(form.getByRole('radio', { name: 'Read and propose writes' })).toHaveCount(0);
    await expect(form.getByRole('combobox', { name: 'Ends' }).getByRole('option')).toHaveText([
      'tomorrow',
      'in 7 days',
      'at a time …',
    ]);
    const asked = (config: object, more: object = {}) =>
      page.request.post(`${app.url}/api/keys`, {
        headers: { origin: app.url },
        data: { name: 'wider', config, ...more },
      });
    for (const answer of [
      await asked({ methods: ['read', 'write'] }),
      await asked({ spaces: ['PROD'] }),
      await asked({ require_api_token_auth: false }),
      await asked({}, { expires_at: '8d' }),
    ]) {
      expect(answer.status()).toBe(403);
      expect(await answer.text()).toContain('whoever runs this installation allows at most');
    }
    await form.getByRole('textbox', { name: 'Name' }).fill('Within');
    await form.getByRole('button', { name: 'Create key' }).click();
    await expect(page.getByRole('listitem').filter({ hasText: 'Within' })).toContainText('read · spaces ENG');
  } finally {
    await app.stop();
    app.remove();
  }
});

test('B13 a wrong setting stops the start with one line that names it', () => {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/start.mjs'], {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NODE_ENV: 'production',
      CONFAB_KEY_TIERS: 'delete',
    },
    encoding: 'utf8',
  });
  expect(status).not.toBe(0);
  expect(stderr).toContain('CONFAB_KEY_TIERS: must be some of read, write, destructive');
});
