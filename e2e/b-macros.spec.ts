import { Chat, expect, test } from './fixtures.ts';
import { type ModelApp, startModelApp } from './model.ts';
import { Sandbox } from './sandbox.ts';

const macro = (name: string, inner: string): string =>
  `<ac:structured-macro ac:name="${name}" ac:schema-version="1">${inner}</ac:structured-macro>`;
const parameter = (name: string, value: string): string =>
  `<ac:parameter ac:name="${name}">${value}</ac:parameter>`;
const rich = (inner: string): string => `<ac:rich-text-body>${inner}</ac:rich-text-body>`;
const status = (title: string, colour: string): string =>
  macro('status', parameter('title', title) + parameter('colour', colour));

/** A page of the kind other tools break: macros in macros, a merged cell, tasks, a layout, a comment on words. */
const body = [
  macro('toc', parameter('maxLevel', '3')),
  `<h2>Retry policy ${status('Draft', 'Yellow')}</h2>`,
  `<p>Clients wait <ac:inline-comment-marker ac:ref="0a1b2c3d-0000-4000-8000-000000000001">ten seconds</ac:inline-comment-marker> &ldquo;at least&rdquo; and ask <ac:link><ri:page ri:content-title="Runbook" /></ac:link>.</p>`,
  `<table data-layout="wide"><colgroup><col style="width: 226.0px;" /><col style="width: 226.0px;" /></colgroup><tbody><tr><th><p>Header</p></th><th><p>Meaning</p></th></tr><tr><td data-highlight-colour="#fff0b3"><p>Retry-After</p></td><td><p>seconds</p></td></tr><tr><td colspan="2"><p>Both are optional ${status('Agreed', 'Green')}</p></td></tr></tbody></table>`,
  macro(
    'panel',
    parameter('bgColor', '#deebff') +
      rich(
        `<p>Watch the queue.</p>${macro('expand', parameter('title', 'Why') + rich(`<p>It fills.</p>${macro('code', `${parameter('language', 'js')}<ac:plain-text-body><![CDATA[if (a < b) retry("]]]]><![CDATA[>");]]></ac:plain-text-body>`)}`))}`,
      ),
  ),
  macro('jira', parameter('key', 'PLAT-7')),
  `<ac:task-list><ac:task><ac:task-id>1</ac:task-id><ac:task-status>incomplete</ac:task-status><ac:task-body>Tell support <time datetime="2026-12-01" /></ac:task-body></ac:task><ac:task><ac:task-id>2</ac:task-id><ac:task-status>complete</ac:task-status><ac:task-body>Measure</ac:task-body></ac:task></ac:task-list>`,
  `<ac:image ac:width="600" ac:alt="The queue"><ri:attachment ri:filename="queue.png" /><ac:caption><p>The queue on Monday</p></ac:caption></ac:image>`,
].join('');

const edits = [
  { op: 'set_cell', row: 'Retry-After', column: 'Meaning', markdown: 'milliseconds' },
  { op: 'set_task', target: { text: 'Tell support' }, done: true },
  { op: 'set_status', status: 'Draft', title: 'Final', colour: 'Green' },
  { op: 'set_parameter', macro: 'jira', parameter: 'key', value: 'PLAT-8' },
  { op: 'replace_text', target: { text: 'Watch the queue.' }, with: 'Watch both queues.' },
];

/** The same changes made by hand: nothing else may differ. */
const byHand = (storage: string): string =>
  [
    ['>seconds<', '>milliseconds<'],
    ['<ac:task-status>incomplete<', '<ac:task-status>complete<'],
    ['>Draft<', '>Final<'],
    ['>Yellow<', '>Green<'],
    ['>PLAT-7<', '>PLAT-8<'],
    ['Watch the queue.', 'Watch both queues.'],
  ].reduce((text, [from = '', to = '']) => {
    expect(text.split(from), `${from} stands there once`).toHaveLength(2);
    return text.replace(from, () => to);
  }, storage);

test.describe('B03 a write to a page full of macros', () => {
  let model: ModelApp;

  test.beforeAll(async () => {
    test.setTimeout(120_000);
    model = await startModelApp('chat');
  });
  test.afterAll(async () => model.end());

  test('B03 cell, task, status, parameter and words change; every other byte stays, and Undo brings the page back', async ({
    page,
  }) => {
    const sandbox = new Sandbox(model.app);
    await sandbox.reset();
    const found = await sandbox.pageByTitle('1001', 'API Guidelines');
    if (found === null) throw new Error('the demo site has no API Guidelines');
    await sandbox.edit(found.id, body);
    const before = await sandbox.page(found.id);
    const chat = new Chat(page, model.app);
    await chat.signIn();
    model.play([
      { tool: 'edit_page', args: { page: found.id, base_version: before.version, edits } },
      { text: 'It stands there now.' },
    ]);
    await chat.ask('Bring the retry policy up to date.');

    // The card: each kind of change in words, in the rendered view and in the source.
    await expect(chat.card).toContainText('5 edits');
    for (const words of ['milliseconds', 'Final', 'PLAT-8', 'both queues'])
      await expect(chat.card).toContainText(words);
    await chat.card.getByRole('tab', { name: 'Source' }).click();
    await expect(chat.card).toContainText('<ac:task-status>complete</ac:task-status>');
    expect((await sandbox.page(found.id)).storage).toBe(before.storage);

    await chat.apply();
    const after = await sandbox.page(found.id);
    expect(after.version).toBe(before.version + 1);
    expect(after.storage).toBe(byHand(before.storage));
    await expect(chat.card.getByRole('status')).toContainText(
      /\d+ blocks kept, 5 changed as approved, 0 lost/,
    );
    const link = await chat.card.getByRole('link', { name: 'API Guidelines' }).first().getAttribute('href');
    const tab = await page.context().newPage();
    await tab.goto(link ?? '');
    await tab.getByRole('button', { name: 'Continue as Ada Moreno' }).click();
    await expect(tab.getByRole('main')).toContainText('milliseconds');
    await expect(tab.getByRole('main')).toContainText('Watch both queues.');
    await tab.close();

    await chat.card.getByRole('button', { name: 'Undo' }).click();
    await expect(chat.card.getByRole('status')).toContainText(/^Undone/);
    expect((await sandbox.page(found.id)).storage).toBe(before.storage);
  });
});
