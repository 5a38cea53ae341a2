import { Chat, expect, test } from './fixtures.ts';
import { type ModelApp, questions, startModelApp } from './model.ts';
import { Sandbox } from './sandbox.ts';

test.describe('B07 an answer belongs to the server', () => {
  let model: ModelApp;
  let chat: Chat;
  let sandbox: Sandbox;

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

  test('B07 reload while the answer streams: it goes on, asked once, nothing missing or doubled', async ({
    page,
  }) => {
    model.play([{ text: 'One two three', hold: true, more: ' four five.' }]);
    await chat.send('Count to five.');
    await expect(chat.answer).toContainText('One two three');
    await expect(page).toHaveURL(/\/c\//);
    await page.reload();
    await expect(chat.answer).toContainText('One two three');
    await expect(page.getByRole('button', { name: 'Stop' })).toBeVisible();
    model.fake.release();
    await chat.settled();
    await expect(chat.answer.getByText('One two three four five.', { exact: true })).toBeVisible();
    await expect(chat.log.getByRole('article')).toHaveCount(1);
    expect(model.fake.log).toMatchObject([{ left: false }]);
  });

  test('B07 the answer is finished while nobody looks', async ({ page }) => {
    model.play([{ text: 'One two', hold: true, more: ' three.' }]);
    await chat.send('Count to three.');
    await expect(chat.answer).toContainText('One two');
    const address = page.url();
    await page.goto('about:blank');
    model.fake.release();
    await page.goto(address);
    await expect(chat.answer).toContainText('One two three.');
    await chat.settled();
    expect(model.fake.log).toMatchObject([{ left: false }]);
  });

  test('B07 Stop ends the work on the server and keeps the partial answer; the chat goes on', async ({
    page,
  }) => {
    model.play([{ text: 'So far so good', hold: true, more: ' and never said.' }, { text: 'Here again.' }]);
    await chat.send('Tell me a long story.');
    await expect(chat.answer).toContainText('So far so good');
    expect(model.fake.log).toMatchObject([{ left: false }]);
    await page.getByRole('button', { name: 'Stop' }).click();
    await expect(chat.answer).toContainText('You stopped this answer.');
    await chat.settled();
    await expect.poll(() => model.fake.log[0]?.left).toBe(true);
    model.fake.release();
    await page.reload();
    await expect(chat.answer).toContainText('So far so good');
    await expect(chat.answer).toContainText('You stopped this answer.');
    await expect(chat.answer).not.toContainText('never said');
    await chat.ask('Are you there?');
    await expect(chat.answer).toContainText('Here again.');
    expect(model.fake.log).toHaveLength(2);
  });

  test('B07 Stop while a card is open and a page is being read: reading ends, the card is settled', async ({
    page,
  }) => {
    const before = await sandbox.page('5543210');
    await sandbox.faults({ kind: 'slow', match: 'GET /wiki/api/v2/pages/987654321', delay_ms: 60_000 });
    model.play([
      {
        tools: [
          {
            tool: 'edit_page',
            args: { page: '5543210', edits: [{ op: 'append', markdown: 'Never written.' }] },
          },
          { tool: 'read_page', args: { page: '987654321' } },
        ],
      },
    ]);
    await chat.send('Write something and read something slow.');
    await expect(chat.card.getByRole('button', { name: 'Apply', exact: true })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Stop' })).toBeVisible();
    await page.getByRole('button', { name: 'Stop' }).click();
    await expect(chat.card.getByRole('status')).toContainText(/^Stopped/);
    await expect(chat.card.getByRole('button', { name: 'Apply', exact: true })).toHaveCount(0);
    await expect(chat.answer).toContainText('You stopped this answer.');
    await chat.settled();
    // An Apply that was on its way comes too late.
    const late = await page.evaluate(async (id) => {
      const { changes } = await (await fetch(`/api/chats/${id}`)).json();
      const answer = await fetch(`/api/changes/${changes[0].id}/decide`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ decision: 'apply', hash: changes[0].hash }),
      });
      return (await answer.json()).status;
    }, page.url().split('/').at(-1));
    expect(late).toBe('stopped');
    await page.reload();
    await expect(chat.card.getByRole('status')).toContainText(/^Stopped/);
    expect((await sandbox.page('5543210')).version).toBe(before.version);
    expect(model.fake.log).toHaveLength(1);
  });

  test('Enter that ends an input method composition does not send; the next Enter does', async ({ page }) => {
    model.play([{ text: 'はい。' }]);
    const box = page.getByRole('textbox', { name: 'Message' });
    await box.click();
    await page.evaluate(() => {
      const seen: unknown[] = [];
      Object.assign(window, { seenKeys: seen });
      document.addEventListener(
        'keydown',
        (event) => seen.push([event.key, event.keyCode, event.isComposing]),
        true,
      );
    });
    const seenKeys = () => page.evaluate(() => (window as unknown as { seenKeys: unknown[] }).seenKeys);
    const keys = await page.context().newCDPSession(page);
    const enter = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 229 };
    await keys.send('Input.imeSetComposition', { text: 'こんにちは', selectionStart: 5, selectionEnd: 5 });
    await keys.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...enter });
    await keys.send('Input.insertText', { text: 'こんにちは' });
    await keys.send('Input.dispatchKeyEvent', { type: 'keyUp', ...enter });
    await expect(box).toHaveValue('こんにちは');
    // As Safari reports it: the composition is over, the key still belongs to it.
    await keys.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...enter });
    expect(await seenKeys()).toEqual([
      ['Enter', 229, true],
      ['Enter', 229, false],
    ]);
    await expect(box).toHaveValue('こんにちは');
    await box.press('Shift+Enter');
    await box.pressSequentially('ADA');
    await expect(box).toHaveValue('こんにちは\nADA');
    expect(model.fake.log).toEqual([]);
    await box.press('Enter');
    await expect(chat.answer).toContainText('はい。');
    expect(model.fake.log.map(questions)).toEqual([['こんにちは\nADA']]);
  });
});
