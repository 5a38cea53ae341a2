import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { connectClient, makeKey, textOf } from './mcp-client.ts';

const waiting = { name: /^Waiting for you/ };

/** Other stories of this worker have left proposals: they are declined. */
async function clearWaiting(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const { changes } = await (await fetch('/api/changes/waiting')).json();
    for (const { id, hash } of changes) {
      await fetch(`/api/changes/${id}/decide`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ decision: 'reject', hash }),
      });
    }
  });
}

test('B29 proposals of a chat and of an MCP client wait in one list, counted in the sidebar, and are decided there', async ({
  ada,
  app,
  page,
  sandbox,
}) => {
  await clearWaiting(page);
  await ada.ask('Add a section about rate limits to the API Guidelines page.');
  await expect(ada.card).toBeVisible();
  const link = page.getByRole('complementary', { name: 'Sidebar' }).getByRole('link', waiting);
  await expect(link).toHaveText(/1 change$/);

  const before = await sandbox.page('5543210');
  const client = await connectClient(makeKey(app, '--name', 'Desk client'));
  const propose = async (markdown: string) =>
    textOf(
      await client.callTool({
        name: 'edit_page',
        arguments: {
          page: '5543210',
          base_version: (await sandbox.page('5543210')).version,
          edits: [{ op: 'append', markdown }],
        },
      }),
    );
  const proposed = await propose('From the desk.');
  const id = /chg_\w+/.exec(proposed)?.[0];
  // Ada looks at her chat: what came from elsewhere is told there.
  await expect(page.getByText(/^Desk client proposes a change/)).toBeVisible({ timeout: 15_000 });
  await expect(link).toHaveText(/2 changes$/);

  await link.click();
  await expect(page.getByRole('heading', { name: 'Waiting for you', level: 1 })).toBeVisible();
  const rows = page
    .getByRole('main')
    .getByRole('listitem')
    .filter({ has: page.getByRole('button') });
  await expect(rows).toHaveCount(2);
  await expect(rows.first()).toContainText('Desk client');
  await expect(rows.last()).toContainText('API Guidelines');
  await page.getByRole('button', { name: /^Desk client/ }).click();
  await expect(rows).toHaveCount(1);
  await page.getByRole('button', { name: /^All/ }).click();

  const outcome = client.callTool({ name: 'get_change', arguments: { change_id: id, wait_seconds: 30 } });
  await rows
    .first()
    .getByRole('button', { name: /^Review/ })
    .click();
  await expect(ada.card).toContainText('From the desk.');
  await ada.card.getByRole('button', { name: 'Apply', exact: true }).click();
  await expect(ada.card.getByRole('status')).toContainText(/^Applied and verified/);
  // What was opened stays, with its outcome; it is not counted any more.
  await expect(rows).toHaveCount(2);
  await expect(link).toHaveText(/1 change$/);
  expect(textOf(await outcome)).toMatch(/applied and verified/i);
  expect((await sandbox.page('5543210')).version).toBe(before.version + 1);

  const later = /chg_\w+/.exec(await propose('Once more.'))?.[0];
  await expect(link).toHaveText(/2 changes$/, { timeout: 15_000 });
  await page.getByRole('button', { name: 'Decline all…' }).click();
  await page.getByRole('dialog').getByRole('textbox').fill('Not today.');
  await page.getByRole('button', { name: 'Decline these 2 changes' }).click();
  await expect(link).toHaveText('Waiting for you');
  await page.reload();
  await expect(page.getByText('Nothing waits for you')).toBeVisible();
  expect(textOf(await client.callTool({ name: 'get_change', arguments: { change_id: later } }))).toContain(
    'Not today.',
  );
  await client.close();
});

test('B29 a browser notification tells of a proposal while Ada looks elsewhere, if she wants that', async ({
  ada: _,
  app,
  context,
  page,
}) => {
  await context.grantPermissions(['notifications'], { origin: app.url });
  // What the browser is asked to show; the screen of the system is out of reach here.
  await page.addInitScript(() => {
    const shown: { title: string; body: string }[] = [];
    class Recorded extends EventTarget {
      static permission = 'granted';
      static requestPermission = async () => 'granted';
      onclick: (() => void) | null = null;
      constructor(title: string, { body = '' }: NotificationOptions = {}) {
        super();
        shown.push({ title, body });
      }
      close() {}
    }
    Object.assign(window, { Notification: Recorded, shownNotifications: shown });
  });
  const shown = () =>
    page.evaluate(
      () =>
        (window as unknown as { shownNotifications: { title: string; body: string }[] }).shownNotifications,
    );
  const hide = (hidden: boolean) =>
    page.evaluate(
      (state) => {
        Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
      },
      hidden ? 'hidden' : 'visible',
    );
  const client = await connectClient(makeKey(app, '--name', 'Night client'));
  const propose = (body: string) =>
    client.callTool({ name: 'create_page', arguments: { space: 'ENG', title: body, body } });

  // A tab that nobody sees looks seldom.
  await page.clock.install();
  const lookAgain = () => page.clock.fastForward(31_000);
  await clearWaiting(page);
  await page.goto(`${app.url}/changes`);
  const choice = page.getByRole('button', { name: 'Notify me' });
  await choice.click();
  await expect(page.getByRole('button', { name: 'Turn off' })).toBeVisible();
  await hide(true);
  await propose('While Ada is away');
  await expect
    .poll(shown, { timeout: 45_000 })
    .toEqual([
      { title: 'Night client proposes a change', body: expect.stringContaining('While Ada is away') },
    ]);

  // Switched off, the next one only stands in the list.
  await hide(false);
  await page.getByRole('button', { name: 'Turn off' }).click();
  await hide(true);
  await propose('Another one');
  await lookAgain();
  await expect(page.getByText('Another one', { exact: true })).toBeVisible();
  expect(await shown()).toHaveLength(1);
  await client.close();
});
