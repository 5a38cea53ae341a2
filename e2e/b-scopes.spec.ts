import type { Page } from '@playwright/test';
import { type Chat, expect, test } from './fixtures.ts';

const question = "Add the label 'urgent' to the Q3 planning page.";

/** Ada, connected with the permission to read only. */
async function readerOnly(chat: Chat): Promise<void> {
  const { page, app } = chat;
  await chat.signIn();
  await page.evaluate(() => fetch('/api/connection', { method: 'DELETE' }));
  await page.goto(`${app.url}/settings/connections`);
  await page.getByRole('link', { name: 'Choose what it may do' }).click();
  const connect = page.getByRole('link', { name: 'Connect Confluence' });
  // Before its scripts are there the page draws every choice as it was.
  await expect(async () => {
    for (const name of [/Administer/, /Further content/, /^Write/])
      await page.getByRole('checkbox', { name }).setChecked(false);
    await expect(connect).toHaveAttribute('href', /bundles=reader(?:&|$)/, { timeout: 500 });
  }).toPass();
  await connect.click();
  await expect(page).toHaveURL(/\/authorize/);
  expect(askedScopes(page)).not.toContain('write:label:confluence');
  await chat.consent();
  await expect(page).toHaveURL(/settings\/connections/);
}

/** What the consent page in front of the person was asked for. */
const askedScopes = (page: Page): string[] =>
  (new URL(page.url()).searchParams.get('scope') ?? '').split(' ');

test('B17 a missing permission is named with its operations and bundle; it is granted, and the question runs once', async ({
  chat,
  page,
  sandbox,
}) => {
  await readerOnly(chat);
  const bundle = (name: RegExp) =>
    page.getByRole('main').getByRole('listitem').filter({ hasText: name }).first();
  await expect(bundle(/^Read/)).toContainText('Allowed');
  await expect(bundle(/^Write/)).toContainText('Not allowed');

  await chat.open();
  await chat.send(question);
  const card = page.getByRole('region', { name: 'One more permission is needed' });
  await expect(card).toContainText('write:label:confluence');
  await expect(card).toContainText('Add label');
  await expect(card).toContainText('“Write”');
  await expect(page.getByRole('region', { name: 'Proposed change' })).toHaveCount(0);
  expect(await sandbox.writes()).toEqual([]);
  const address = page.url();

  await card.getByRole('link', { name: /^Reconnect Confluence/ }).click();
  await expect(page).toHaveURL(/\/authorize/);
  const scopes = askedScopes(page);
  expect(scopes).toEqual(expect.arrayContaining(['read:page:confluence', 'write:label:confluence']));
  expect(scopes).not.toContain('write:group:confluence');
  await chat.consent();
  await expect(page).toHaveURL(address);
  await expect(chat.card).toContainText('urgent');
  await chat.settled();
  await page.reload();
  await expect(chat.log.getByText(question)).toHaveCount(1);
  await expect(page.getByRole('region', { name: 'Proposed change' })).toHaveCount(1);
  await chat.apply();
  expect((await sandbox.writes()).filter(({ path }) => path.endsWith('/label'))).toHaveLength(1);
});

test('B17 declined: the card stays and says so, and another choice is one link away', async ({
  chat,
  page,
}) => {
  await readerOnly(chat);
  await chat.open();
  await chat.send(question);
  const card = page.getByRole('region', { name: 'One more permission is needed' });
  await card.getByRole('link', { name: /^Reconnect Confluence/ }).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(card).toContainText('Nothing was connected');
  await card.getByRole('link', { name: 'Choose what it may do' }).click();
  await expect(page.getByRole('checkbox', { name: /^Write/ })).toBeChecked();
  await expect(page.getByRole('checkbox', { name: /^Administer/ })).not.toBeChecked();
  await page.getByRole('checkbox', { name: /^Further content/ }).check();
  await page.getByRole('checkbox', { name: /^Administer/ }).check();
  await expect(page.getByText('Atlassian allows fewer than 50 permissions at a time.')).toBeVisible();
  await page.getByRole('link', { name: 'Connect Confluence' }).click();
  await expect(page).toHaveURL(/\/authorize/);
  expect(askedScopes(page).length).toBeLessThan(50);
  await chat.consent();
  await expect(page).toHaveURL(/\/c\//);
  await expect(chat.card).toContainText('urgent');
});

test('B17 Confluence refuses for want of a permission that was granted: the same card names it', async ({
  ada,
  page,
  sandbox,
}) => {
  await sandbox.faults({ kind: 'missing-scope', scope: 'read:page:confluence' });
  await ada.send('Read the contents of the page with ID 987654321.');
  const card = page.getByRole('region', { name: 'One more permission is needed' });
  await expect(card).toContainText('read:page:confluence');
  await expect(card).toContainText('Read page');
  await sandbox.clearFaults();
  await card.getByRole('link', { name: /^Reconnect Confluence/ }).click();
  await ada.consent();
  await expect(page).toHaveURL(/\/c\//);
  await expect(ada.answer).toContainText((await sandbox.page('987654321')).title);
});
