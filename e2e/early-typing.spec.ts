import { expect, test } from './fixtures.ts';

test('what is typed before the scripts have loaded can be sent', async ({ chat, page }) => {
  await chat.signIn();
  let release = () => {};
  const held = new Promise<void>((go) => {
    release = go;
  });
  await page.route('**/_next/static/**/*.js', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(chat.app.url, { waitUntil: 'commit' });
  const box = page.getByRole('textbox', { name: 'Message' });
  await box.fill('Search Confluence for the Q3 marketing roadmap.');
  release();
  await expect(page.getByRole('button', { name: 'Send' })).toBeEnabled();
  await expect(box).toHaveValue('Search Confluence for the Q3 marketing roadmap.');
});
