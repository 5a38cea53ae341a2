import { withoutIds } from '../scripts/without-ids.ts';
import { Chat, expect, test } from './fixtures.ts';
import { type ModelApp, modelName, questions, startModelApp, toolNames, toolResults } from './model.ts';
import { Sandbox } from './sandbox.ts';

const question = 'What do the runbooks say?';

for (const wire of ['chat', 'responses'] as const) {
  test.describe(`B24 a model over HTTP (${wire})`, () => {
    let model: ModelApp;
    let chat: Chat;

    test.beforeAll(async () => {
      test.setTimeout(120_000);
      model = await startModelApp(wire);
    });
    test.afterAll(async () => model.end());
    test.beforeEach(async ({ page }) => {
      await new Sandbox(model.app).reset();
      chat = new Chat(page, model.app);
      await chat.signIn();
    });

    /** The question stands once in the transcript and once in what the model is asked now. */
    async function expectAskedOnce() {
      await expect(chat.log.getByText(question)).toHaveCount(1);
      expect(questions(model.fake.log.at(-1) as NonNullable<(typeof model.fake.log)[number]>)).toEqual([
        question,
      ]);
    }

    async function retry() {
      await chat.answer.getByRole('button', { name: 'Retry', exact: true }).click();
    }

    test('B24 text appears piece by piece; health and the banner tell which model', async ({ page }) => {
      model.play([{ text: 'The first half is here', hold: true, more: ' and **the second** follows.' }]);
      await chat.send(question);
      await expect(chat.answer).toContainText('The first half is here');
      await expect(chat.answer).not.toContainText('follows');
      await expect(page.getByRole('button', { name: 'Stop' })).toBeVisible();
      model.fake.release();
      await chat.settled();
      await expect(chat.answer).toContainText('The first half is here and the second follows.');
      expect(model.fake.log).toHaveLength(1);
      expect(model.fake.log[0]).toMatchObject({
        path: wire === 'chat' ? '/v1/chat/completions' : '/v1/responses',
        authorized: true,
        body: { model: modelName, stream: true },
      });
      const health = await (await fetch(`${model.app.url}/api/health`)).json();
      expect(health).toMatchObject({ status: 'ok', confluence: 'sandbox', model: modelName });
      await expect(page.getByText('Practice Confluence (sandbox)', { exact: true })).toBeVisible();
      await expect(page.getByText(/demo model/)).toHaveCount(0);
    });

    test('B24 tools: discovery, reading with page text fenced, an edit on a card, and its outcome', async () => {
      const sandbox = new Sandbox(model.app);
      const before = await sandbox.page('5543210');
      model.play([
        { text: 'Let me look.', tool: 'discover_tools', args: { query: 'who is in a group' } },
        {
          tools: [
            { tool: 'list_group_members', args: { group: 'Contractors' } },
            { tool: 'read_page', args: { page: '5543210' } },
          ],
        },
        {
          text: 'I prepared a section.',
          tool: 'edit_page',
          args: {
            page: '5543210',
            base_version: before.version,
            edits: [{ op: 'append', markdown: '## From the model\n\nCall **Priya** first.' }],
          },
        },
        { text: 'Now it stands there.' },
      ]);
      await chat.ask('Who are the contractors? Add whom to call to page 5543210.');
      await expect(chat.card).toContainText('From the model');
      expect(model.fake.log).toHaveLength(3);
      expect((await sandbox.page('5543210')).version).toBe(before.version);
      await chat.apply();
      await expect(chat.answer).toContainText('Now it stands there.');

      const after = await sandbox.page('5543210');
      expect(after.version).toBe(before.version + 1);
      expect(after.storage.startsWith(before.storage)).toBe(true);
      expect(withoutIds(after.storage.slice(before.storage.length))).toBe(
        '<h2>From the model</h2><p>Call <strong>Priya</strong> first.</p>',
      );
      const [first, second, third, fourth] = model.fake.log;
      if (!first || !second || !third || !fourth) throw new Error('the model was asked less than four times');
      expect(model.fake.log).toHaveLength(4);
      expect(toolNames(first)).toContain('discover_tools');
      expect(toolNames(first)).not.toContain('list_group_members');
      expect(toolNames(second)).toContain('list_group_members');
      const [, members, read] = toolResults(third);
      expect(members).toContain('John Smith');
      const fence = /<<<confluence-data ([0-9a-f]+)\n([\s\S]*)\n\1 confluence-data>>>/.exec(read ?? '');
      expect(fence?.[2]).toContain(before.title);
      expect(read?.replace(fence?.[0] ?? '', '').trim()).toBe('');
      expect(toolResults(fourth).at(-1)).toContain('Applied and verified');
    });

    test('B24 a refused key is said plainly, with who can help; Retry asks the same question again', async () => {
      model.play([
        {
          status: 401,
          body: { error: { message: 'Incorrect API key: sk-stand-in', code: 'invalid_api_key' } },
        },
        { text: 'The key is good now.' },
      ]);
      await chat.ask(question);
      await expect(chat.answer).toContainText('The model service refused the key (401).');
      await expect(chat.answer).toContainText('OPENAI_API_KEY');
      await expect(chat.answer).not.toContainText('sk-stand-in');
      expect(model.fake.log).toHaveLength(1);
      await retry();
      await expect(chat.answer).toContainText('The key is good now.');
      await expectAskedOnce();
    });

    test('B24 a rate limit: the wait is shown and kept, then the message says how long, then Retry works', async () => {
      const busy = (seconds: number) => ({ status: 429, headers: { 'retry-after': `${seconds}` } });
      model.play([busy(5), busy(1), busy(1), { text: 'There is room again.' }]);
      await chat.send(question);
      await expect(chat.log.getByText('The model service is busy: waiting 5 s…')).toBeVisible();
      await expect(chat.answer).toContainText('The model service has too many requests at the moment (429).');
      await expect(chat.answer).toContainText('Wait 1 s, then press Retry.');
      expect(model.fake.log).toHaveLength(3);
      await retry();
      await expect(chat.answer).toContainText('There is room again.');
      await expectAskedOnce();
    });

    test('B24 a cut stream keeps what had come, says so, and Retry gives the whole answer', async ({
      page,
    }) => {
      model.play([{ text: 'Half an ans', cut: true }, { text: 'The whole answer.' }]);
      await chat.ask(question);
      await expect(chat.answer).toContainText('Half an ans');
      await expect(chat.answer).toContainText('The answer of the model service was cut off.');
      await page.reload();
      await expect(chat.answer).toContainText('Half an ans');
      await retry();
      await expect(chat.answer).toContainText('The whole answer.');
      await chat.settled();
      await expectAskedOnce();
    });

    test('B24 nobody listens at the address: said plainly; Retry works once somebody does', async () => {
      await model.down();
      await chat.ask(question);
      await expect(chat.answer).toContainText('The model service cannot be reached.');
      await expect(chat.answer).toContainText('OPENAI_BASE_URL');
      await model.up();
      model.play([{ text: 'Back again.' }]);
      await retry();
      await expect(chat.answer).toContainText('Back again.');
      await expectAskedOnce();
    });
  });
}
