import { readFile } from 'node:fs/promises';
import { expect, test } from './fixtures.ts';

test('B11 history: by date, searched in titles and contents with the words marked, renamed, pinned, deleted with undo', async ({
  ada,
  page,
}) => {
  const list = page.getByRole('navigation', { name: 'Chats' });
  const options = (title: string) => list.getByRole('button', { name: `Options for ${title}` });
  const choose = async (title: string, entry: string) => {
    await list.getByRole('link', { name: title }).hover();
    await options(title).click();
    await page.getByRole('menuitem', { name: entry }).click();
  };
  await ada.ask('List all active engineering spaces.');
  await page.getByRole('button', { name: 'New chat' }).first().click();
  await ada.ask('Find the Atlassian account ID for Jane Doe.');
  await expect(list.getByRole('region', { name: 'Today' }).getByRole('link')).toHaveCount(2);

  await choose('Find the Atlassian account ID', 'Rename');
  await page.getByRole('textbox', { name: 'Title of the chat' }).fill('Who is Jane');
  await page.keyboard.press('Enter');
  await expect(list.getByRole('link', { name: 'Who is Jane' })).toBeVisible();

  const search = page.getByRole('searchbox', { name: 'Search chats' });
  await search.fill('account jane');
  await expect(list.getByRole('region', { name: 'Today' }).getByRole('link')).toHaveCount(1);
  const found = list.getByRole('link', { name: /Who is Jane/ });
  await expect(found).toContainText('Atlassian account ID');
  await expect(found.locator('mark').first()).toHaveText(/account|jane/i);
  await search.fill('no chat says this');
  await expect(list.getByText('No chat has these words.')).toBeVisible();
  await search.fill('');

  await choose('List all active', 'Pin');
  await expect(list.getByRole('region', { name: 'Pinned' }).getByRole('link')).toHaveText(/List all active/);
  await choose('Who is Jane', 'Delete');
  await expect(list.getByRole('link', { name: 'Who is Jane' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(list.getByRole('link', { name: 'Who is Jane' })).toBeVisible();
  await page.reload();
  await expect(list.getByRole('region', { name: 'Pinned' }).getByRole('link')).toHaveText(/List all active/);
  await expect(list.getByRole('link', { name: 'Who is Jane' })).toBeVisible();
});

test('B26 a chat as a Markdown file with its sources; tokens per answer and per conversation', async ({
  ada,
  page,
}) => {
  await ada.ask('Find the Atlassian account ID for Jane Doe.');
  await expect(page.getByText(/[\d,]+ tokens in this conversation/)).toBeVisible();
  await ada.answer.hover();
  await expect(ada.answer).toContainText(/[\d,]+ tokens/);
  const list = page.getByRole('navigation', { name: 'Chats' });
  await list.getByRole('link', { name: /Jane Doe/ }).hover();
  await list.getByRole('button', { name: /^Options for/ }).click();
  const saved = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Export as Markdown' }).click();
  const file = await saved;
  expect(file.suggestedFilename()).toBe('Find the Atlassian account ID for Jane Doe.md');
  const text = await readFile(await file.path(), 'utf8');
  expect(text).toMatch(/^# Find the Atlassian account ID for Jane Doe/);
  expect(text).toContain('## Ada Moreno');
  expect(text).toContain('**Sources**');
  expect(text).toMatch(/[\d,]+ tokens in all/);
});
