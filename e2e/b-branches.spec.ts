import { expect, test } from './fixtures.ts';

test('B12 an earlier question in other words is a branch; arrows lead back; nothing is overwritten', async ({
  ada,
  page,
}) => {
  await ada.ask('List all active engineering spaces.');
  await ada.ask('Find the Atlassian account ID for Jane Doe.');
  await expect(ada.answer).toContainText('Jane Doe');

  const question = ada.log.locator('.group\\/question').first();
  await question.hover();
  await question.getByRole('button', { name: 'Edit question' }).click();
  const box = page.getByRole('textbox', { name: 'Edit the question' });
  await expect(box).toBeFocused();
  await expect(box).toHaveValue('List all active engineering spaces.');
  await box.press('Escape');
  await expect(box).toBeHidden();
  await question.hover();
  await question.getByRole('button', { name: 'Edit question' }).click();
  await box.fill('List all my spaces, please.');
  await box.press('Enter');
  await expect(ada.log).toContainText('List all my spaces, please.');
  await ada.settled();
  await expect(ada.log).not.toContainText('Jane Doe');
  await expect(ada.log).toContainText('2 / 2');

  await page.getByRole('button', { name: 'Earlier question' }).click();
  await expect(ada.log).toContainText('List all active engineering spaces.');
  await expect(ada.answer).toContainText('Jane Doe');
  await expect(ada.log.getByRole('article').first()).toContainText('ENG');
  await page.reload();
  await expect(ada.answer).toContainText('Jane Doe');
  await page.getByRole('button', { name: 'Later question' }).click();
  await expect(ada.log).toContainText('List all my spaces, please.');
  await expect(ada.log).not.toContainText('Jane Doe');
});

test('B12 an answer given again stands beside the first; after a write nothing is written a second time', async ({
  ada,
  page,
  sandbox,
}) => {
  const before = await sandbox.pageByTitle('1001', 'API Guidelines');
  if (before === null) throw new Error('the demo site has no API Guidelines');
  await ada.ask('Add a section about rate limits to the API Guidelines page.');
  await ada.apply();
  const after = await sandbox.page(before.id);
  expect(after.version).toBe(before.version + 1);

  await ada.answer.hover();
  await ada.answer.getByRole('button', { name: 'Answer again' }).click();
  await expect(ada.log).toContainText('2 / 2');
  await ada.settled();
  expect((await sandbox.page(before.id)).version).toBe(after.version);
  // It reads the page as it is by now; what a model proposes again all the same needs a tick (lib/approvals/repeats.test.ts).
  await expect(ada.answer).toContainText('so I propose nothing');

  await page.getByRole('button', { name: 'Earlier answer' }).click();
  await expect(ada.card.getByRole('status')).toContainText(/^Applied/);
  // Whoever leafs by keyboard stays on the arrows.
  await expect(page.getByRole('button', { name: 'Later answer' })).toBeFocused();
});
