import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSandbox } from '../../sandbox/index.ts';
import type { Context } from '../operation.ts';
import { titleOfEdits } from '../page-write/index.ts';
import {
  apply,
  colleagueEdits,
  contextFor,
  operation,
  preview,
  startSite,
  storageOf,
  type TestSite,
  undo,
  write,
} from '../sandbox-context.fixture.ts';

const status = (title: string, colour: string): string =>
  `<ac:structured-macro ac:name="status" ac:schema-version="1"><ac:parameter ac:name="title">${title}</ac:parameter><ac:parameter ac:name="colour">${colour}</ac:parameter></ac:structured-macro>`;
const panel = `<ac:adf-extension><ac:adf-node type="panel"><ac:adf-attribute key="panel-type">note</ac:adf-attribute><ac:adf-content><p>Ask Priya before Friday</p></ac:adf-content></ac:adf-node><ac:adf-fallback><div class="panel"><div class="panelContent"><p>Ask Priya before Friday</p></div></div></ac:adf-fallback></ac:adf-extension>`;
const body = [
  '<h2>Services</h2>',
  '<table data-layout="default"><colgroup><col style="width: 300.0px;" /><col style="width: 200.0px;" /><col style="width: 100.0px;" /></colgroup><tbody>',
  '<tr><th><p>Service</p></th><th><p>Owner</p></th><th><p>State</p></th></tr>',
  `<tr><td rowspan="2"><p>Billing</p></td><td><p>Ada</p></td><td><p>${status('OPEN', 'Red')}</p></td></tr>`,
  `<tr><td><p>Ben</p></td><td><p>${status('DONE', 'Green')}</p></td></tr>`,
  `<tr><td><p>Search</p></td><td><p><ac:inline-comment-marker ac:ref="3f7a4d0e-2222-4444-8888-0f0f0f0f0f0f">nobody</ac:inline-comment-marker></p></td><td><p>${status('OPEN', 'Red')}</p></td></tr>`,
  '</tbody></table>',
  '<h2>To do</h2>',
  '<ac:task-list><ac:task><ac:task-id>1</ac:task-id><ac:task-status>incomplete</ac:task-status><ac:task-body>Order cables</ac:task-body></ac:task>',
  '<ac:task><ac:task-id>2</ac:task-id><ac:task-status>complete</ac:task-status><ac:task-body>Book a room</ac:task-body></ac:task></ac:task-list>',
  '<ac:structured-macro ac:name="toc" ac:schema-version="1"><ac:parameter ac:name="maxLevel">2</ac:parameter></ac:structured-macro>',
  panel,
].join('');

let site: TestSite;
let ada: Context;
let page: string;
beforeAll(async () => {
  site = await startSite(startSandbox);
  ada = await contextFor(site);
  const made = await preview(ada, 'create_page', {
    space: 'ONB',
    title: 'Fine edits',
    body,
    body_format: 'storage',
  });
  page = String((await apply(ada, made)).outcome.targetId);
}, 60_000);
afterAll(() => site.stop());

type Given = Record<string, unknown>;
const cases: [string, Given, string, RegExp][] = [
  [
    'add_row',
    {
      op: 'add_row',
      target: { heading: 'Services' },
      cells: { Service: 'Mail', Owner: '@[Ben Okafor]', State: '{status:NEW|blue}' },
    },
    'Add the row "Mail" to a table of "Fine edits"',
    /<p[^>]*>Mail<\/p><\/td><td[^>]*><p[^>]*><ac:link><ri:user ri:account-id="[^"]+" ?\/><\/ac:link>/,
  ],
  [
    'add_row within a merged cell',
    { op: 'add_row', target: { heading: 'Services' }, after: 'Ada', cells: { Owner: 'Cy' } },
    'Add the row "Cy" to a table of "Fine edits"',
    /rowspan="3"/,
  ],
  [
    'set_cell',
    { op: 'set_cell', target: { heading: 'Services' }, row: 'Ben', column: 'Owner', markdown: '**Di** & co' },
    'Set "Owner" in the row "Ben" in "Fine edits"',
    /<strong>Di<\/strong> &amp; co/,
  ],
  [
    'delete_row',
    { op: 'delete_row', row: 'Ben' },
    'Delete the row "Ben" from a table of "Fine edits"',
    /<td(?: ac:local-id="[^"]*")?><p[^>]*>Billing/,
  ],
  [
    'add_column',
    { op: 'add_column', column: 'Since', cells: ['2019', '', '2024'], after: 'Owner' },
    'Add the column "Since" to a table of "Fine edits"',
    /Since<\/p><\/th>/,
  ],
  [
    'delete_column',
    { op: 'delete_column', column: 'State' },
    'Delete the column "State" from a table of "Fine edits"',
    /Owner<\/p><\/th><\/tr>/,
  ],
  [
    'set_task',
    { op: 'set_task', target: { text: 'Order cables' }, done: true },
    'Tick the task "Order cables" in "Fine edits"',
    />complete<\/ac:task-status>\s*<ac:task-body>(?:<span[^>]*>)?Order/,
  ],
  [
    'set_parameter',
    { op: 'set_parameter', macro: 'toc', parameter: 'style', value: 'square' },
    'Set "style" of the macro toc to "square" in "Fine edits"',
    /<ac:parameter ac:name="style">square</,
  ],
  [
    'set_status',
    { op: 'set_status', target: { text: 'Search' }, title: 'DOING', colour: 'Yellow' },
    'Set the status at "Search" to "DOING", yellow in "Fine edits"',
    />DOING<\/ac:parameter><ac:parameter ac:name="colour">Yellow/,
  ],
  [
    'replace_text in a panel that is kept twice',
    { op: 'replace_text', target: { text: 'before Friday' }, with: 'before Monday' },
    'Replace the text "before Friday" in "Fine edits"',
    /before Monday[\s\S]*before Monday/,
  ],
];

describe('each edit is previewed, applied, verified and undone', () => {
  test.each(cases)('%s', async (_name, edit, title, saved) => {
    const before = await storageOf(ada, page);
    const proposal = await preview(ada, 'edit_page', { page, edits: [edit] });
    expect(proposal.title).toBe(title);
    const { outcome, verification } = await apply(ada, proposal);
    expect(verification).toMatchObject({ ok: true });
    expect(await storageOf(ada, page)).toMatch(saved);
    const undone = await undo(ada, proposal, outcome);
    expect(undone.verification).toMatchObject({ ok: true });
    expect(await storageOf(ada, page)).toBe(before);
  });
});

test('what stands there already is no change, with the reason', async () => {
  const idle = async (edit: Given): Promise<string> => {
    const answer = await write('edit_page').preview(
      ada,
      operation('edit_page').input.parse({ page, edits: [edit] }),
    );
    return 'noChange' in answer ? answer.text : 'proposed';
  };
  expect(await idle({ op: 'set_task', target: 'Book a room', done: true })).toMatch(
    /would change nothing on "Fine edits" \(version \d+\)\. The task "Book a room" is done already\. No change was proposed\./,
  );
  expect(await idle({ op: 'set_cell', row: 'Ben', column: 2, markdown: 'Ben' })).toMatch(
    /The cell holds that already/,
  );
  expect(await idle({ op: 'set_parameter', macro: 'toc', parameter: 'maxLevel', value: '2' })).toMatch(
    /"maxLevel" as "2" already/,
  );
  expect(await idle({ op: 'set_status', status: 'DONE', colour: 'green' })).toMatch(/is Green already/);
});

test('a field of another op, an unknown field and an ambiguous target are refused with what to give', async () => {
  const refused = (edit: Given) => preview(ada, 'edit_page', { page, edits: [edit] });
  await expect(
    refused({ op: 'set_task', target: 'Order cables', done: true, markdown: 'x' }),
  ).rejects.toMatchObject({
    code: 'invalid_input',
    message: 'An edit with op set_task has no markdown.',
    next: 'set_task takes target, done.',
  });
  await expect(refused({ op: 'append', content: 'x' })).rejects.toThrow(/content/);
  await expect(refused({ op: 'set_status', target: { text: 'OPEN' }, title: 'x' })).rejects.toMatchObject({
    code: 'ambiguous',
    data: { candidates: [expect.stringContaining('in #table-'), expect.stringContaining('Search')] },
  });
  await expect(refused({ op: 'set_cell', row: 2, column: 'Service', markdown: 'x' })).rejects.toMatchObject({
    code: 'not_possible',
    message: expect.stringContaining('merged cell "Billing"'),
  });
});

test('losses are named and need a yes; a ticked task or a new cell needs none', async () => {
  const warned = async (edit: Given) => (await preview(ada, 'edit_page', { page, edits: [edit] })).warnings;
  expect(await warned({ op: 'delete_row', row: 'Search' })).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        code: 'drops_comment',
        mustConfirm: true,
        message: expect.stringContaining('"nobody"'),
      }),
      expect.objectContaining({
        code: 'drops_macro',
        mustConfirm: true,
        message: expect.stringContaining('status "OPEN"'),
      }),
    ]),
  );
  expect(await warned({ op: 'set_task', target: 'Order cables', done: true })).toEqual([]);
  expect(await warned({ op: 'replace_text', target: 'nobody', with: 'Ada' })).toEqual([]);
});

test("a colleague's row in between stays when a cell of another row is set", async () => {
  const before = await storageOf(ada, page);
  const proposal = await preview(ada, 'edit_page', {
    page,
    edits: [{ op: 'set_task', target: 'Order cables', done: true }],
  });
  await colleagueEdits(
    site,
    page,
    before.replace('Ask Priya', 'Ask Priya or Jo').replace('Ask Priya before', 'Ask Priya or Jo before'),
  );
  const state = await write('edit_page').rebase(ada, proposal);
  expect(state.kind).toBe('rebased');
  if (state.kind !== 'rebased') return;
  const { verification } = await apply(ada, state.proposal);
  expect(verification.ok).toBe(true);
  const after = await storageOf(ada, page);
  expect(after).toContain('Ask Priya or Jo');
  expect(after).toMatch(/>complete<\/ac:task-status>\s*<ac:task-body>(?:<span[^>]*>)?Order/);
});

test('titles say what several or unusual edits do', () => {
  expect(
    titleOfEdits([{ op: 'set_parameter', target: { text: 'More' }, parameter: 'title', value: null }], 'P'),
  ).toBe('Remove "title" of a macro "More" in "P"');
  expect(titleOfEdits([{ op: 'delete_row', row: -1 }], 'P')).toBe('Delete the last row from a table of "P"');
  expect(titleOfEdits([{ op: 'set_cell', row: 0, column: 2, markdown: 'x' }], 'P')).toBe(
    'Set column 2 in the header row in "P"',
  );
  expect(titleOfEdits([{ op: 'replace_text', target: 'a', with: 'b', occurrences: 3 }], 'P')).toBe(
    'Replace the text "a" (3 times) in "P"',
  );
  expect(titleOfEdits([{ op: 'set_status', status: 'OPEN', colour: 'Red' }], 'P')).toBe(
    'Set the status "OPEN" to red in "P"',
  );
});
