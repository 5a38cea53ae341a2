import { expect, test } from './fixtures.ts';

const files = (name: string, text: string) => ({
  name,
  mimeType: 'text/plain',
  buffer: Buffer.from(text),
});

test('B28 a file is picked, read by the agent, and attached to a page after approval', async ({
  ada,
  page,
  sandbox,
}) => {
  const found = await sandbox.pageByTitle('1001', 'API Guidelines');
  if (found === null) throw new Error('the demo site has no API Guidelines');
  const chips = page.getByRole('list', { name: 'Attached files' });
  const choosing = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Attach files' }).click();
  await (await choosing).setFiles([files('limits.txt', 'Ten requests a second.'), files('empty.txt', '')]);
  // One that is refused says why, and nothing else is held up by it.
  await expect(chips.getByRole('alert')).toContainText('is empty');
  await page.getByRole('button', { name: 'Remove empty.txt' }).click();
  await expect(chips.getByRole('listitem')).toHaveCount(1);
  await ada.ask('What is in this file?');
  await expect(ada.answer).toContainText('Ten requests a second.');
  await expect(ada.log.getByRole('list', { name: 'Attached files' })).toContainText('limits.txt');

  // Dropped on the chat, and pasted into the box.
  await page.evaluate(() => {
    const carried = new DataTransfer();
    carried.items.add(new File(['a,b\n1,2'], 'table.csv', { type: 'text/csv' }));
    const target = document.querySelector('#main > div');
    for (const type of ['dragenter', 'dragover', 'drop'])
      target?.dispatchEvent(new DragEvent(type, { dataTransfer: carried, bubbles: true, cancelable: true }));
    const pasted = new DataTransfer();
    pasted.items.add(new File(['note'], 'pasted.txt', { type: 'text/plain' }));
    document
      .querySelector('textarea')
      ?.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: pasted, bubbles: true, cancelable: true }),
      );
  });
  const composer = page.locator('form').getByRole('list', { name: 'Attached files' });
  await expect(composer.getByRole('listitem')).toHaveText([/table\.csv/, /pasted\.txt/]);
  await ada.ask('Attach these files to the API Guidelines page.');
  await expect(composer).toHaveCount(0);
  await expect(ada.card).toContainText('table.csv');
  const attached = async () => {
    const { results } = await sandbox.rest<{ results: { title: string }[] }>(
      `/api/v2/pages/${found.id}/attachments?limit=250`,
    );
    return results.map(({ title }) => title);
  };
  expect(await attached()).not.toContain('table.csv');
  await ada.apply();
  expect(await attached()).toEqual(expect.arrayContaining(['table.csv', 'pasted.txt']));
  await page.reload();
  await expect(ada.log.getByRole('list', { name: 'Attached files' }).first()).toContainText('limits.txt');
});
