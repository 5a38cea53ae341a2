import { Chat, expect, test } from './fixtures.ts';
import { type ModelApp, startModelApp, toolResults } from './model.ts';
import { Sandbox } from './sandbox.ts';

const id = '5543210';
const inIt = 'Ingrid Solberg';

test.describe('B06 a colleague edits the page between the card and Apply', () => {
  let model: ModelApp;
  let chat: Chat;
  let sandbox: Sandbox;

  /** An edit that replaces one name on the page. */
  const replace = (from: string, to: string, version: number) => ({
    tool: 'edit_page',
    args: {
      page: id,
      base_version: version,
      edits: [{ op: 'replace_text', target: { text: from }, with: to }],
    },
  });

  test.beforeAll(async () => {
    test.setTimeout(120_000);
    model = await startModelApp('chat');
  });
  test.afterAll(async () => model.end());
  test.beforeEach(async ({ page }) => {
    sandbox = new Sandbox(model.app);
    await sandbox.reset();
    chat = new Chat(page, model.app);
    await chat.signIn();
  });

  test('B06 another section: rebased, shown again, applied; both edits stand', async () => {
    const before = await sandbox.page(id);
    model.play([replace(inIt, 'Priya Raman', before.version), { text: 'Done.' }]);
    await chat.ask('Priya is the new product contact for billing.');
    await expect(chat.card).toContainText('Priya Raman');
    const bens = '<p local-id="be0000000001">Ben adds a warning at the top.</p>';
    await sandbox.edit(id, `${bens}${before.storage}`);

    await chat.card.getByRole('button', { name: 'Apply', exact: true }).click();
    await expect(chat.card).toContainText(
      `The page has moved on since this was first proposed (from version ${before.version})`,
    );
    await expect(chat.card).toContainText('Priya Raman');
    expect((await sandbox.page(id)).version).toBe(before.version + 1);
    await expect(chat.card.getByRole('status')).toContainText('Nothing is written until you apply it.');

    await chat.apply();
    const after = await sandbox.page(id);
    expect(after.version).toBe(before.version + 2);
    expect(after.storage).toBe(`${bens}${before.storage.replace(inIt, 'Priya Raman')}`);
    expect((await sandbox.writes()).filter(({ method }) => method === 'PUT')).toHaveLength(1);
  });

  test('B06 the same section: a conflict card with both versions, nothing lost, and a second go on the newest', async ({
    page,
  }) => {
    const before = await sandbox.page(id);
    model.play([
      replace(inIt, 'Priya Raman', before.version),
      { text: 'Ben was faster.', ...replace('Jane Doe', 'Jane Doe and Priya Raman', before.version + 1) },
      { text: 'Both stand there now.' },
    ]);
    await chat.ask('Priya is the new product contact for billing.');
    const first = page.getByRole('region', { name: 'Proposed change' }).first();
    const bens = before.storage.replace(inIt, 'Jane Doe');
    await sandbox.edit(id, bens);

    await first.getByRole('button', { name: 'Apply', exact: true }).click();
    await expect(first.getByRole('status')).toContainText(
      'Not applied: somebody else changed the same place',
    );
    const side = (title: string) => first.getByRole('heading', { name: title }).locator('..');
    await expect(side('Their change, on the page now')).toContainText('Jane Doe');
    await expect(side('The change proposed here')).toContainText('Priya Raman');
    await expect(first.getByRole('button', { name: 'Apply', exact: true })).toHaveCount(0);
    expect((await sandbox.page(id)).storage).toBe(bens);
    expect(await sandbox.writes()).toEqual([]);

    await chat.settled();
    expect(toolResults(model.fake.log[1] as NonNullable<(typeof model.fake.log)[number]>).at(-1)).toMatch(
      /^.*\nNot applied: .*Nothing was written/,
    );
    await chat.apply();
    await expect(chat.answer).toContainText('Both stand there now.');
    expect((await sandbox.page(id)).storage).toBe(before.storage.replace(inIt, 'Jane Doe and Priya Raman'));
    await page.reload();
    await expect(side('The change proposed here')).toContainText('Priya Raman');
  });
});
