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
  // Other stories of this worker have left their chats too: these words are in none of them.
  await ada.ask('Tell me of the wombat ferry.');
  await page.getByRole('button', { name: 'New chat' }).first().click();
  await expect(ada.log).toHaveCount(0);
  await ada.ask('Tell me of the quokka lighthouse.');
  const today = list.getByRole('region', { name: 'Today' });
  await expect(today.getByRole('link', { name: /wombat ferry|quokka lighthouse/ })).toHaveCount(2);

  await choose('Tell me of the quokka', 'Rename');
  await page.getByRole('textbox', { name: 'Title of the chat' }).fill('Keeper of the light');
  await page.keyboard.press('Enter');
  await expect(list.getByRole('link', { name: 'Keeper of the light' })).toBeVisible();

  const search = page.getByRole('searchbox', { name: 'Search chats' });
  await search.fill('LIGHTHOUSE quokk');
  await expect(today.getByRole('link')).toHaveCount(1);
  const found = list.getByRole('link', { name: /Keeper of the light/ });
  await expect(found).toContainText('quokka lighthouse');
  await expect(found.locator('mark')).toHaveText(['quokk', 'lighthouse']);
  await search.fill('no chat says this');
  await expect(list.getByText('No chat has these words.')).toBeVisible();
  await search.fill('');

  await choose('Tell me of the wombat', 'Pin');
  await expect(list.getByRole('region', { name: 'Pinned' })).toContainText('Tell me of the wombat');
  await choose('Keeper of the light', 'Delete');
  await expect(list.getByRole('link', { name: 'Keeper of the light' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(list.getByRole('link', { name: 'Keeper of the light' })).toBeVisible();
  await page.reload();
  await expect(list.getByRole('region', { name: 'Pinned' })).toContainText('Tell me of the wombat');
  await expect(list.getByRole('link', { name: 'Keeper of the light' })).toBeVisible();
});

test('B26 a chat as a Markdown file with its sources; tokens per answer and per conversation', async ({
  ada,
  page,
}) => {
  await ada.ask('Read the contents of the page with ID 987654321.');
  await expect(page.getByText(/[\d,]+ tokens so far/)).toBeVisible();
  await ada.answer.hover();
  await expect(ada.answer).toContainText(/[\d,]+ tokens/);
  const list = page.getByRole('navigation', { name: 'Chats' });
  await list
    .getByRole('link', { name: /987654321/ })
    .first()
    .hover();
  await list
    .getByRole('button', { name: /^Options for .*987654321/ })
    .first()
    .click();
  const saved = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Export as Markdown' }).click();
  const file = await saved;
  expect(file.suggestedFilename()).toBe('Read the contents of the page with ID 987654321.md');
  const text = await readFile(await file.path(), 'utf8');
  expect(text).toMatch(/^# Read the contents of the page with ID 987654321/);
  expect(text).toContain('## Ada Moreno');
  expect(text).toContain('**Sources**');
  expect(text).toMatch(/[\d,]+ tokens in all/);
});
