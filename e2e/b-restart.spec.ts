import { startApp } from './app.ts';
import { Chat, expect, test } from './fixtures.ts';
import { Sandbox } from './sandbox.ts';

test('B08 the server is killed with a card open: after the start it is still there, and one Apply writes once', async ({
  page,
}) => {
  test.setTimeout(120_000);
  const app = await startApp({ CONFAB_SANDBOX_CONNECTED: '1' });
  try {
    const sandbox = new Sandbox(app);
    const chat = new Chat(page, app);
    await chat.signIn();
    const before = await sandbox.page('5543210');
    await chat.ask("Update page 5543210. Add a new section called 'Rollback Procedures' at the bottom.");
    await expect(chat.card.getByRole('button', { name: 'Apply', exact: true })).toBeVisible();
    await app.kill();
    await app.start();
    await page.reload();
    await expect(chat.card.getByRole('button', { name: 'Apply', exact: true })).toBeVisible();
    await chat.apply();
    expect((await sandbox.page('5543210')).version).toBe(before.version + 1);
  } finally {
    await app.stop();
    app.remove();
  }
});
