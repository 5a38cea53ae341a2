import { withoutIds } from '../scripts/without-ids.ts';
import { expect, test } from './fixtures.ts';

const question = 'Read the contents of the page with ID 987654321.';
const addSection = 'Add a section about rate limits to the API Guidelines page.';

async function guidelines(sandbox: import('./sandbox.ts').Sandbox) {
  const page = await sandbox.pageByTitle('1001', 'API Guidelines');
  if (page === null) throw new Error('the demo site has no API Guidelines');
  return page;
}

test('B01 a fresh start says what this is; Ada is in with one click; four starters; a banner', async ({
  chat,
  app,
  page,
}) => {
  await page.goto(app.url);
  await expect(page.getByText(/Confluence/).first()).toBeVisible();
  await page.getByRole('button', { name: 'Continue as Ada Moreno' }).click();
  await expect(page.getByRole('textbox', { name: 'Message' })).toBeVisible();
  await expect(page.getByRole('list', { name: 'Starters' }).getByRole('button')).toHaveCount(4);
  await expect(page.getByText(/Practice Confluence \(sandbox\) and offline demo model/)).toBeVisible();
  await page.getByText('How to leave both').click();
  await expect(page.getByText('OPENAI_API_KEY').first()).toBeVisible();
  await expect(page.getByText('ATLASSIAN_CLIENT_ID').first()).toBeVisible();
  const health = await (await fetch(`${chat.app.url}/api/health`)).json();
  expect(health).toMatchObject({ status: 'ok', database: 'sqlite', confluence: 'sandbox', model: 'demo' });
});

test('B02 asked before connecting: connect card, consent, same chat, the question runs once by itself', async ({
  chat,
  page,
  sandbox,
}) => {
  await chat.signIn();
  // Another story may have connected her on this server.
  await page.evaluate(() => fetch('/api/connection', { method: 'DELETE' }));
  await chat.open();
  await chat.send(question);
  const connect = page
    .getByRole('link', { name: 'Connect Confluence' })
    .or(page.getByRole('button', { name: 'Connect Confluence' }));
  await expect(connect.first()).toBeVisible();
  await expect(page).toHaveURL(/\/c\//);
  const address = page.url();
  await connect.first().click();
  await chat.consent();
  await expect(page).toHaveURL(address);
  await expect(chat.answer).toContainText((await sandbox.page('987654321')).title);
  await chat.settled();
  const reads = (await sandbox.log()).filter(
    ({ method, path }) => method === 'GET' && /^\/ex\/confluence\/.*\/pages\/987654321$/.test(path),
  );
  expect(reads).toHaveLength(1);
  await page.reload();
  await expect(chat.log.getByText(question)).toHaveCount(1);
});

test('B03 a write: two views of the diff, applied, verified, visible in the sandbox, undone byte for byte', async ({
  ada,
  page,
  sandbox,
}) => {
  const before = await guidelines(sandbox);
  await ada.ask(addSection);
  await expect(ada.card.getByRole('tab', { name: 'Rendered' })).toBeVisible();
  await ada.card.getByRole('tab', { name: 'Source' }).click();
  await expect(ada.card).toContainText('<h2>');
  await ada.apply();
  await expect(ada.card.getByRole('status')).toContainText(/verified/i);
  await expect(ada.card.getByRole('status')).toContainText(`version ${before.version + 1}`);
  const shown = await page.context().newPage();
  await shown.goto(`${ada.app.sandboxUrl}/wiki/spaces/ENG/pages/${before.id}`);
  await expect(shown.getByRole('heading', { name: /rate limit/i }).first()).toBeVisible();
  await shown.close();
  await ada.card.getByRole('button', { name: 'Undo' }).click();
  await expect(ada.card.getByRole('status')).toContainText(/^Undone/);
  const after = await sandbox.page(before.id);
  expect(after.storage).toBe(before.storage);
  expect(after.version).toBe(before.version + 2);
});

test("B04 don't apply, with a reason: nothing written, the reason is taken, no second card", async ({
  ada,
  page,
  sandbox,
}) => {
  await ada.ask(addSection);
  await ada.card.getByRole('button', { name: "Don't apply" }).click();
  await ada.card.getByRole('textbox', { name: /reason/i }).fill('We moved limits to the gateway handbook.');
  await ada.card.getByRole('button', { name: "Don't apply" }).click();
  await ada.settled();
  await expect(ada.answer).toContainText('gateway handbook');
  await expect(page.getByRole('region', { name: 'Proposed change' })).toHaveCount(1);
  expect(await sandbox.writes()).toEqual([]);
});

test('B05 edit before Apply: what Ada wrote is what is saved', async ({ ada, sandbox }) => {
  const before = await guidelines(sandbox);
  await ada.ask(addSection);
  await ada.card.getByRole('button', { name: 'Edit' }).click();
  await ada.card.getByRole('textbox').fill('## Rate limits\n\nAt most **42 calls** a second, says Ada.');
  await ada.card.getByRole('button', { name: /Save/ }).click();
  await expect(ada.card).toContainText('says Ada');
  await ada.apply();
  const after = await sandbox.page(before.id);
  expect(withoutIds(after.storage)).toContain('<p>At most <strong>42 calls</strong> a second, says Ada.</p>');
});

test('B08 reload, a second tab and twenty parallel Apply clicks: one write', async ({
  ada,
  page,
  sandbox,
}) => {
  const before = await guidelines(sandbox);
  await ada.ask(addSection);
  await page.reload();
  await expect(ada.card.getByRole('button', { name: 'Apply', exact: true })).toBeVisible();
  const second = await page.context().newPage();
  await second.goto(page.url());
  await expect(
    second
      .getByRole('region', { name: 'Proposed change' })
      .getByRole('button', { name: 'Apply', exact: true }),
  ).toBeVisible();
  const chatId = page.url().split('/').at(-1);
  const answers = await page.evaluate(async (id) => {
    const { changes } = await (await fetch(`/api/chats/${id}`)).json();
    const body = JSON.stringify({ decision: 'apply', hash: changes[0].hash });
    const click = () =>
      fetch(`/api/changes/${changes[0].id}/decide`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
    return Promise.all(Array.from({ length: 20 }, async () => (await (await click()).json()).status));
  }, chatId);
  expect(answers).toContain('verified');
  expect((await sandbox.page(before.id)).version).toBe(before.version + 1);
  expect((await sandbox.writes()).filter(({ method }) => method === 'PUT')).toHaveLength(1);
  await expect(second.getByRole('region', { name: 'Proposed change' }).getByRole('status')).toContainText(
    /^Applied/,
  );
});

test('B25 asked for something it does not understand, the demo model says what it is and can do', async ({
  ada,
}) => {
  await ada.ask('Compose a haiku on the tides of Saturn.');
  await expect(ada.answer).toContainText(/demo model/i);
  await expect(ada.answer).toContainText('OPENAI_API_KEY');
  await expect(ada.answer).toContainText(/search/i);
});
