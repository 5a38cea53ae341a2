import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { root } from './app.ts';
import { expect, test } from './fixtures.ts';
import { connectClient, makeKey, textOf } from './mcp-client.ts';

const createPage = "Create a new design spec page in the Engineering space titled 'Auth V2 Architecture'.";
const readPage = 'Read the contents of the page with ID 5543210.';
const title = 'Deploying the Billing Engine';

/** Reads of one page that went through, as the sandbox saw them. */
const readsOf = (id: string, log: { method: string; path: string; status: number }[]) =>
  log.filter(
    ({ method, path, status }) =>
      method === 'GET' && status === 200 && new RegExp(`/pages/${id}$`).test(path),
  );

test.describe('what is not there or not allowed', () => {
  test('an unknown page: said plainly, nothing invented', async ({ ada }) => {
    await ada.ask('Read the contents of the page with ID 40404040.');
    await expect(ada.answer).toContainText(/No page .40404040. is visible to you\./);
    await expect(ada.answer).toContainText('Check the id or title');
    await expect(ada.sources).toHaveCount(0);
  });

  test('a page of a space that Ben may not see: not visible to you, and no word of it', async ({
    chat,
    sandbox,
  }) => {
    const page = await sandbox.pageByTitle(await sandbox.spaceId('HR'), 'Leave Policy');
    if (page === null) throw new Error('the demo site has no Leave Policy in HR');
    await chat.signIn('Ben Okafor');
    await chat.connect('Ben Okafor');
    await chat.open();
    await chat.ask(`Read the contents of the page with ID ${page.id}.`);
    await expect(chat.answer).toContainText(new RegExp(`No page .${page.id}. is visible to you`));
    await expect(chat.answer).not.toContainText('Leave Policy');
    await chat.ask(`Update page ${page.id}. Add a new section called 'Mine' at the bottom.`);
    await expect(chat.answer).toContainText('is visible to you');
    await expect(chat.card).toHaveCount(0);
    expect(await sandbox.writes()).toEqual([]);
  });

  test('a title that is taken: refused before any card, with the page that has it and a free one', async ({
    ada,
  }) => {
    await ada.ask("Create a new page in the Engineering space titled 'API Guidelines'.");
    await expect(ada.answer).toContainText(/Engineering already has a page called .API Guidelines./);
    await expect(ada.answer).toContainText('API Guidelines (2)');
    await expect(ada.card).toHaveCount(0);
  });

  test('a title taken between card and Apply: not applied, the card names the page that has it and keeps the text', async ({
    ada,
    sandbox,
  }) => {
    await ada.ask(createPage);
    const theirs = await sandbox.createPage('1001', 'Auth V2 Architecture', '<p>Ben was faster.</p>');
    await ada.card.getByRole('button', { name: 'Apply', exact: true }).click();
    await expect(ada.card.getByRole('status')).toContainText(/^Not applied.*Nothing was written/);
    await expect(ada.card).toContainText(/A page called .Auth V2 Architecture. exists there now/);
    await ada.settled();
    await expect(ada.answer).toContainText(
      /Not applied: A page called .Auth V2 Architecture. exists there now/,
    );
    expect(await sandbox.pageByTitle('1001', 'Auth V2 Architecture')).toMatchObject({
      id: theirs,
      version: 1,
      storage: expect.stringMatching(/^<p[^>]*>Ben was faster\.<\/p>$/),
    });
    await ada.page.reload();
    await ada.card.getByText('What the change is').click();
    await expect(ada.card.getByText('Security and privacy').last()).toBeVisible();
  });

  test('a title taken while the page is being sent: a failed card with the reason, the text still on it', async ({
    ada,
    sandbox,
  }) => {
    await ada.ask(createPage);
    await sandbox.faults({ kind: 'slow', match: '^POST /wiki/api/v2/pages$', delay_ms: 1500 });
    await ada.card.getByRole('button', { name: 'Apply', exact: true }).click();
    await expect.poll(() => sandbox.waitingFaults()).toEqual([]);
    const { storage } = await sandbox.page('5543210');
    await sandbox.edit('5543210', storage, 'ben', 'Auth V2 Architecture');
    await expect(ada.card.getByRole('status')).toContainText(
      'Not applied. Confluence refused it, and nothing was written.',
    );
    await expect(ada.card).toContainText('The space already has a page with this title.');
    await expect(ada.card).toContainText('Choose another title');
    await ada.settled();
    await expect(ada.answer).toContainText('Not applied: The space already has a page with this title.');
    await ada.card.getByText('What the change is').click();
    await expect(ada.card.getByText('Security and privacy').last()).toBeVisible();
    expect(await sandbox.writes()).toEqual([]);
  });
});

test.describe('what is broken or too large', () => {
  test('storage that is not well-formed, from an MCP client: line and column, and no proposal', async ({
    app,
    ada: _,
    sandbox,
  }) => {
    const client = await connectClient(makeKey(app));
    const answer = await client.callTool({
      name: 'edit_page',
      arguments: {
        page: '5543210',
        base_version: 3,
        edits: [{ op: 'append', storage: '<p>fine</p>\n<p>open' }],
      },
    });
    expect(answer.isError).toBe(true);
    expect(textOf(answer)).toMatch(/not well-formed at line 2, column 1: <p> is never closed\.\n<p>open\n\^/);
    expect(textOf(answer)).toContain('Put </p> where it ends.');
    expect(textOf(answer)).not.toContain('/changes/');
    await client.close();
    expect(await sandbox.writes()).toEqual([]);
  });

  test('bodies over 5 MB: refused with the limit, and the open proposal stays as it was', async ({
    ada,
    app,
    page,
    sandbox,
  }) => {
    const client = await connectClient(makeKey(app));
    const huge = client.callTool({
      name: 'edit_page',
      arguments: { page: '5543210', edits: [{ op: 'append', markdown: 'word '.repeat(1_100_000) }] },
    });
    await expect(huge).rejects.toThrow(/413|too large/i);
    await client.close();

    await ada.ask("Update page 5543210. Add a new section called 'Rollback Procedures' at the bottom.");
    const [edited, flooded] = await page.evaluate(async (id) => {
      const { changes } = await (await fetch(`/api/chats/${id}`)).json();
      const edit = async (length: number) => {
        const answer = await fetch(`/api/changes/${changes[0].id}/decide`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          // An ampersand takes five bytes on the page.
          body: JSON.stringify({ decision: 'edit', hash: changes[0].hash, text: '&'.repeat(length) }),
        });
        return { status: answer.status, ...(await answer.json()).error };
      };
      return [await edit(1_030_000), await edit(13_000_000)];
    }, page.url().split('/').at(-1));
    expect(edited).toMatchObject({
      status: 413,
      code: 'too_large',
      message: 'The page body would be larger than the 5 MB Confluence accepts.',
      next: 'Split it into several pages.',
    });
    expect(flooded).toMatchObject({ status: 413, code: 'too_large' });
    await page.reload();
    await expect(ada.card).toContainText('Rollback Procedures');
    await ada.apply();
    expect((await sandbox.page('5543210')).storage).toContain('Rollback Procedures');
  });
});

test.describe('what Atlassian refuses for now', () => {
  test('B18 429: the person sees the wait, and the answer arrives', async ({ ada, sandbox }) => {
    await sandbox.faults({ kind: '429', retry_after: 4, count: 1 });
    await ada.send(readPage);
    await expect(ada.log.getByText(/waiting \d s/)).toBeVisible();
    await ada.settled();
    await expect(ada.answer).toContainText(title);
    expect(readsOf('5543210', await sandbox.log())).toHaveLength(1);
  });

  test('B16 expired tokens: refreshed without a word, the question answered once', async ({
    ada,
    sandbox,
  }) => {
    await sandbox.clearLog();
    await sandbox.faults({ kind: 'expire-tokens' });
    await ada.ask(readPage);
    await expect(ada.answer).toContainText(title);
    await expect(ada.page.getByRole('link', { name: /Reconnect/ })).toHaveCount(0);
    const log = await sandbox.log();
    expect(readsOf('5543210', log)).toHaveLength(1);
    expect(log.filter(({ path, status }) => path === '/oauth/token' && status === 200)).toHaveLength(1);
    await ada.page.reload();
    await expect(ada.log.getByText(readPage)).toHaveCount(1);
    await expect(ada.log.getByRole('article')).toHaveCount(1);
  });

  test('B16 revoked: a reconnect card, over MCP the link; after reconnecting the question runs once', async ({
    ada,
    app,
    page,
    sandbox,
  }) => {
    const client = await connectClient(makeKey(app));
    await sandbox.faults({ kind: 'revoke' });
    await ada.send(readPage);
    const again = page.getByRole('link', { name: 'Reconnect Confluence' });
    await expect(again).toBeVisible();
    await expect(ada.log).toContainText(/access (has expired|was withdrawn)/);
    const refused = await client.callTool({ name: 'read_page', arguments: { page: '5543210' } });
    expect(refused.isError).toBe(true);
    expect(textOf(refused)).toContain(`${app.url}/connect`);
    const address = page.url();
    await again.click();
    await ada.consent();
    await expect(page).toHaveURL(address);
    await expect(ada.answer).toContainText(title);
    await ada.settled();
    expect(readsOf('5543210', await sandbox.log())).toHaveLength(1);
    expect(textOf(await client.callTool({ name: 'read_page', arguments: { page: '5543210' } }))).toContain(
      title,
    );
    await client.close();
    await page.reload();
    await expect(ada.log.getByText(readPage)).toHaveCount(1);
    await expect(ada.log.getByRole('article')).toHaveCount(1);
  });

  test('B17 a missing scope: its name, and the way to grant it; granted, the question goes on', async ({
    ada,
    page,
    sandbox,
  }) => {
    await sandbox.faults({ kind: 'missing-scope', scope: 'read:page:confluence' });
    await ada.send(readPage);
    await expect(ada.log).toContainText('One more permission is needed');
    await expect(ada.log).toContainText('read:page:confluence');
    await sandbox.clearFaults();
    await page.getByRole('link', { name: 'Reconnect Confluence with this permission' }).click();
    await ada.consent();
    await expect(ada.answer).toContainText(title);
    await ada.settled();
    expect(readsOf('5543210', await sandbox.log())).toHaveLength(1);
  });
});

/** Runs the start command with these variables until it ends. */
async function startWith(env: Record<string, string>): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, ['scripts/start.mjs'], {
    cwd: root,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
  const code = await new Promise<number | null>((done) => child.on('close', done));
  return { code, said };
}

test.describe('a start that cannot work', () => {
  const wrong: [Record<string, string>, RegExp][] = [
    [{ PORT: 'abc' }, /^confab: PORT: /],
    [{ PORT: '70000' }, /^confab: PORT: /],
    [{ DATABASE_URL: 'postgres://x' }, /^confab: DATABASE_URL: /],
    [{ ATLASSIAN_CLIENT_ID: 'x' }, /^confab: ATLASSIAN_CLIENT_ID and ATLASSIAN_CLIENT_SECRET: /],
    [{ OPENAI_BASE_URL: 'http://localhost:1' }, /^confab: OPENAI_BASE_URL: /],
  ];
  for (const [env, line] of wrong) {
    test(`${Object.entries(env).flat().join('=')} ends with one line that names the variable`, async () => {
      const { code, said } = await startWith(env);
      expect(said).toMatch(line);
      expect(said.trimEnd().split('\n')).toHaveLength(1);
      expect(code).toBe(1);
    });
  }

  test('a port that is taken ends with one line that says which, and how to choose another', async () => {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as { port: number };
    const { code, said } = await startWith({ PORT: String(port) });
    await new Promise((done) => server.close(done));
    expect(said).toContain(`confab: Port ${port} is in use.`);
    expect(said).toContain('PORT=');
    expect(said.trimEnd().split('\n')).toHaveLength(1);
    expect(code).toBe(1);
  });
});
