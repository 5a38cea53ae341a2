import { readFile } from 'node:fs/promises';
import { expect, test } from './fixtures.ts';
import { connectClient, makeKey } from './mcp-client.ts';

test('B20 every change by chat and client, filtered, with its diff; all of a chat undone; taken along as CSV', async ({
  ada,
  app,
  page,
  sandbox,
}) => {
  const before = await sandbox.pageByTitle('1001', 'API Guidelines');
  if (before === null) throw new Error('the demo site has no API Guidelines');
  await ada.ask('Add a section about rate limits to the API Guidelines page.');
  await ada.apply();
  const client = await connectClient(makeKey(app, '--name', 'Ledger client'));
  await client.callTool({
    name: 'create_page',
    arguments: { space: 'ENG', title: 'From the ledger client', body: 'Text.' },
  });
  await client.close();

  await page.goto(`${app.url}/settings/activity`);
  const rows = page.getByRole('main').getByRole('listitem');
  await expect(rows.filter({ hasText: 'asked by Ledger client' })).toContainText('Waiting for you');
  await expect(rows.filter({ hasText: 'asked in a chat' }).first()).toContainText('Applied and verified');
  await page.getByRole('combobox', { name: 'Asked by' }).selectOption('Ledger client');
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText('From the ledger client');
  const saved = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Export as CSV' }).click();
  const csv = await readFile(await (await saved).path(), 'utf8');
  expect(csv.split('\r\n')).toHaveLength(3);
  expect(csv).toContain('From the ledger client');
  await page.getByRole('combobox', { name: 'Asked by' }).selectOption('Chats');
  await page.getByRole('combobox', { name: 'State' }).selectOption('Applied');
  await rows
    .first()
    .getByRole('link', { name: /API Guidelines/ })
    .first()
    .click();
  await expect(ada.card.getByText('What the change is')).toBeVisible();

  const list = page.getByRole('navigation', { name: 'Chats' });
  await list
    .getByRole('link', { name: /rate limits/ })
    .first()
    .hover();
  await list
    .getByRole('button', { name: /^Options for .*rate limits/ })
    .first()
    .click();
  await page.getByRole('menuitem', { name: 'Changes it made' }).click();
  await page.getByRole('button', { name: 'Undo all of this chat…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Undo all' }).click();
  await expect(page.getByText('1 change undone.')).toBeVisible();
  await expect(rows.filter({ hasText: 'asked in a chat' })).toContainText('Undone');
  await expect(page.getByRole('button', { name: 'Undo all of this chat…' })).toHaveCount(0);
  expect((await sandbox.page(before.id)).storage).toBe(before.storage);

  // The ledger of everyone is Ada's, who is admin; what others changed keeps its content.
  await page.goto(`${app.url}/settings/activity`);
  await page.getByRole('combobox', { name: 'Whose' }).selectOption('Everyone’s');
  await expect(rows.first()).toContainText('Ada Moreno');
});
