import { type App, startApp } from './app.ts';
import { Chat, expect, test } from './fixtures.ts';

const password = 'a long enough password';

/** The one-time token the server prints when nobody can sign in yet. */
async function consoleToken(app: App): Promise<string> {
  const token = () => /Token \(works once\): (\S+)/.exec(app.output())?.[1] ?? '';
  await expect.poll(token).not.toBe('');
  return token();
}

test('with an Atlassian app: first admin by the console token, an invitation, and sign-in through Atlassian', async ({
  app: atlassian,
  page,
  browser,
}) => {
  test.setTimeout(120_000);
  // The sandbox of another app plays Atlassian; this one does not know that it is one.
  const app = await startApp({
    ATLASSIAN_CLIENT_ID: 'sandbox-client',
    ATLASSIAN_CLIENT_SECRET: 'sandbox-secret',
    ATLASSIAN_AUTH_URL: atlassian.sandboxUrl,
    ATLASSIAN_API_URL: atlassian.sandboxUrl,
  });
  try {
    const token = await consoleToken(app);
    await page.goto(app.url);
    await page.getByLabel('Token').fill('not the token at all');
    await page.getByLabel('Name').fill('Olga Admin');
    await page.getByLabel('Email').fill('olga@halden.example');
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Create the first admin' }).click();
    await expect(page.getByRole('alert').first()).toContainText(/token/i);
    await page.getByLabel('Token').fill(token);
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Create the first admin' }).click();
    const chat = new Chat(page, app);
    await expect(page.getByRole('textbox', { name: 'Message' })).toBeVisible();
    await expect(page.getByRole('button', { name: /Continue as/ })).toHaveCount(0);

    // Her own Atlassian account, through the consent page.
    await chat.connect('Ada Moreno');
    await expect(page.getByText('Halden Robotics').first()).toBeVisible();

    await page.goto(`${app.url}/settings/people`);
    await page.getByRole('button', { name: 'Create invitation' }).click();
    const link = await page.getByText(new RegExp(`^${app.url}/invite/`)).textContent();
    const context = await browser.newContext();
    const guest = await context.newPage();
    await guest.goto(link as string);
    await guest.getByLabel('Name').fill('Gus Guest');
    await guest.getByLabel('Email').fill('gus@halden.example');
    await guest.getByLabel('Password').fill(password);
    await guest.getByRole('button', { name: 'Join' }).click();
    await expect(guest.getByRole('textbox', { name: 'Message' })).toBeVisible();
    await guest.goto(link as string);
    await expect(guest.getByText(/not known, was used, or has expired/)).toBeVisible();
    await context.close();

    // Signed out, and in again with a password, then through Atlassian: the linked account.
    const signOut = async () => {
      await page.getByRole('button', { name: /Olga Admin/ }).click();
      await page.getByRole('menuitem', { name: 'Sign out' }).click();
      await expect(page).toHaveURL(/\/sign-in/);
    };
    await signOut();
    await page.getByLabel('Email').fill('olga@halden.example');
    await page.getByLabel('Password').fill('a wrong password entirely');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(page.getByRole('alert').first()).toBeVisible();
    await page.getByLabel('Password').fill(password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(page.getByRole('textbox', { name: 'Message' })).toBeVisible();
    await signOut();
    await page.getByRole('link', { name: 'Continue with Atlassian' }).click();
    await chat.consent('Ada Moreno');
    await expect(page.getByRole('textbox', { name: 'Message' })).toBeVisible();
    await expect(page.getByRole('button', { name: /Olga Admin/ })).toBeVisible();
  } finally {
    await app.stop();
    app.remove();
  }
});
