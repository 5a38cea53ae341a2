import { expect, test } from 'vitest';
import { outline } from '../blocks/blocks.ts';
import { ContentError } from '../content-error.ts';
import { applyEdits } from '../edit/edit.ts';
import type { Edit } from '../edit/edit-fields.ts';
import { pageBody } from '../testing/page-body.ts';

const run = (storage: string, ...edits: Edit[]): string => applyEdits(storage, edits).storage;
const refused = (storage: string, edit: Edit): ContentError => {
  try {
    applyEdits(storage, [edit]);
  } catch (error) {
    if (error instanceof ContentError) return error;
    throw error;
  }
  throw new Error('accepted');
};

const task = (id: number, status: string, body: string): string =>
  `<ac:task><ac:task-id>${id}</ac:task-id><ac:task-status>${status}</ac:task-status><ac:task-body>${body}</ac:task-body></ac:task>`;
const nested = `<ac:task-list>${task(1, 'incomplete', `Ship <strong>it</strong><ac:task-list>${task(2, 'complete', 'Write notes')}${task(3, 'incomplete', 'Ship&nbsp;docs')}</ac:task-list>`)}</ac:task-list>`;
const page = `<h2>Now</h2>${nested}<h2>Later</h2><ac:task-list>${task(4, 'incomplete', 'Write notes')}</ac:task-list>`;

test('a task is ticked by its own words, at any depth; nothing but its status changes', () => {
  const tick = (target: Edit['target'], done = true): string =>
    run(page, { op: 'set_task', ...(target ? { target } : {}), done });
  expect(tick({ text: 'Ship it' })).toBe(
    page.replace('<ac:task-status>incomplete', '<ac:task-status>complete'),
  );
  expect(tick({ text: 'ship docs' })).toBe(
    page.replace(task(3, 'incomplete', 'Ship&nbsp;docs'), task(3, 'complete', 'Ship&nbsp;docs')),
  );
  expect(tick({ text: '- [ ] Ship **it**' })).toBe(tick({ text: 'Ship it' }));
  expect(tick({ heading: 'Later' })).toBe(
    page.replace(task(4, 'incomplete', 'Write notes'), task(4, 'complete', 'Write notes')),
  );
  expect(tick({ heading: 'Now', text: 'Write notes' }, false)).toBe(
    page.replace(task(2, 'complete', 'Write notes'), task(2, 'incomplete', 'Write notes')),
  );
  const list = outline(page).find(({ kind }) => kind === 'tasks')?.id ?? '';
  expect(tick({ block: list, text: 'notes' }, false)).toContain(task(2, 'incomplete', 'Write notes'));
});

test('a task that is as wanted is no change; several are refused with where they stand', () => {
  expect(
    applyEdits(page, [{ op: 'set_task', target: { heading: 'Now', text: 'Write notes' }, done: true }]),
  ).toMatchObject({
    storage: page,
    touched: [],
    warnings: [],
    idle: ['The task "Write notes" is done already.'],
  });
  const several = refused(page, { op: 'set_task', target: { text: 'Write notes' }, done: true });
  expect(several.code).toBe('ambiguous');
  expect(several.message).toMatch(
    /\[x\] "Write notes" in #tasks-\w+, under Now; \[ \] "Write notes" in #tasks-\w+, under Later/,
  );
  expect(refused(page, { op: 'set_task', target: { text: 'Nothing' }, done: true }).code).toBe('not_found');
  expect(
    run('<ac:task-list><ac:task><ac:task-body>x</ac:task-body></ac:task></ac:task-list>', {
      op: 'set_task',
      target: { text: 'x' },
      done: true,
    }),
  ).toContain('<ac:task><ac:task-status>complete</ac:task-status><ac:task-body>x');
});

test('a macro parameter: set, put in after the others, removed; only its bytes change', () => {
  const set = (edit: Partial<Edit>, storage = pageBody): string =>
    run(storage, { op: 'set_parameter', parameter: 'language', value: 'ts', ...edit });
  expect(set({ macro: 'code' })).toBe(pageBody.replace('>js</ac:parameter>', '>ts</ac:parameter>'));
  expect(set({ target: { text: 'client.js' }, value: 'a<b & "c"' })).toBe(
    pageBody.replace('>js</ac:parameter>', '>a&lt;b &amp; "c"</ac:parameter>'),
  );
  expect(set({ macro: 'code', parameter: 'collapse', value: 'true' })).toBe(
    pageBody.replace(
      'client.js</ac:parameter>',
      'client.js</ac:parameter><ac:parameter ac:name="collapse">true</ac:parameter>',
    ),
  );
  expect(set({ macro: 'code', parameter: 'title', value: null })).toBe(
    pageBody.replace('<ac:parameter ac:name="title">client.js</ac:parameter>', ''),
  );
  expect(set({ target: { heading: 'Errors' }, macro: 'jira', parameter: 'key', value: 'ENG-2' })).toBe(
    pageBody.replace('ENG-1', 'ENG-2'),
  );
  expect(set({ target: { text: 'ENG-1' }, parameter: 'key', value: 'ENG-2' })).toBe(
    pageBody.replace('ENG-1', 'ENG-2'),
  );
  expect(set({ target: { text: 'Deep text' }, parameter: 'title', value: 'Less' })).toBe(
    pageBody.replace('>More<', '>Less<'),
  );
  expect(set({ target: { text: 'Deep text' }, macro: 'info', parameter: 'title', value: 'N' })).toBe(
    pageBody.replace('>Note<', '>N<'),
  );
  const block = outline(pageBody).find(({ macro }) => macro === 'expand')?.id ?? '';
  expect(set({ target: { block }, parameter: 'title', value: 'Less' })).toBe(
    pageBody.replace('>More<', '>Less<'),
  );
  expect(
    set(
      { macro: 'children', parameter: 'depth', value: '2' },
      '<p>x</p><ac:structured-macro ac:name="children" />',
    ),
  ).toBe(
    '<p>x</p><ac:structured-macro ac:name="children"><ac:parameter ac:name="depth">2</ac:parameter></ac:structured-macro>',
  );
  expect(
    set(
      { macro: 'anchor', parameter: '', value: 'b' },
      '<p><ac:structured-macro ac:name="anchor"><ac:parameter ac:name="">a</ac:parameter></ac:structured-macro></p>',
    ),
  ).toContain('<ac:parameter ac:name="">b</ac:parameter>');
  expect(
    applyEdits(pageBody, [{ op: 'set_parameter', macro: 'code', parameter: 'language', value: 'js' }]).idle,
  ).toEqual(['The macro code has the parameter "language" as "js" already.']);
});

test('a parameter that refers to something is not overwritten by text', () => {
  const include =
    '<ac:structured-macro ac:name="include"><ac:parameter ac:name=""><ac:link><ri:page ri:content-title="Runbook" /></ac:link></ac:parameter></ac:structured-macro>';
  const refusal = refused(include, { op: 'set_parameter', macro: 'include', parameter: '', value: 'Other' });
  expect(refusal.code).toBe('not_possible');
  expect(refusal.message).toMatch(/refers to Runbook/);
  const link = '<ac:link><ri:page ri:content-title="Other" /></ac:link>';
  expect(run(include, { op: 'set_parameter', macro: 'include', parameter: '', storage: link })).toBe(
    include.replace('Runbook', 'Other'),
  );
  expect(
    refused(pageBody, { op: 'set_parameter', target: { heading: 'Errors' }, parameter: 'x', value: 'y' })
      .code,
  ).toBe('ambiguous');
  expect(
    refused(pageBody, { op: 'set_parameter', macro: 'toc', parameter: 'x', value: 'y' }).message,
  ).toMatch(/There are: info title=Note in #m-/);
});

const lozenge = (title: string, colour: string | null, spelling = 'colour'): string =>
  `<ac:structured-macro ac:name="status"><ac:parameter ac:name="title">${title}</ac:parameter>${colour === null ? '' : `<ac:parameter ac:name="${spelling}">${colour}</ac:parameter>`}</ac:structured-macro>`;
const board = `<h2>Board</h2><p>Overall ${lozenge('On track', 'Green')} for now</p><table><tbody><tr><th>What</th><th>State</th></tr><tr><td><p>Billing API</p></td><td><p>${lozenge('Open', null)}</p></td></tr><tr><td>Search</td><td>${lozenge('Open', 'Red', 'color')}</td></tr></tbody></table><ul><li>Docs ${lozenge('A', 'Blue')} ${lozenge('B', 'Blue')}</li></ul>`;

test('a status is named by its title, or by words in its line or row; the spelling of colour stays', () => {
  const set = (edit: Partial<Edit>): string => run(board, { op: 'set_status', ...edit });
  expect(set({ target: { text: 'On track' }, title: 'At risk', colour: 'yellow' })).toBe(
    board.replace(lozenge('On track', 'Green'), lozenge('At risk', 'Yellow')),
  );
  expect(set({ target: { text: 'Billing API' }, title: 'Done', colour: 'Green' })).toBe(
    board.replace(lozenge('Open', null), lozenge('Done', 'Green')),
  );
  expect(set({ target: { text: 'Search' }, colour: 'gray' })).toBe(
    board.replace('"color">Red', '"color">Grey'),
  );
  expect(set({ target: { text: 'Docs' }, status: 'b', title: 'C' })).toBe(board.replace('>B<', '>C<'));
  expect(set({ status: 'A', colour: 'Purple' })).toBe(
    board.replace(lozenge('A', 'Blue'), lozenge('A', 'Purple')),
  );
  expect(set({ target: { text: '{status:On track|green}' }, title: 'x' })).toContain('>x<');
  expect(
    applyEdits(board, [{ op: 'set_status', target: { text: 'Billing API' }, colour: 'Grey' }]),
  ).toMatchObject({ touched: [], idle: ['The status "Open" is Grey already.'] });
  const several = refused(board, { op: 'set_status', target: { text: 'Open' }, title: 'Done' });
  expect(several.code).toBe('ambiguous');
  expect(several.message).toMatch(
    /"Open" at "Billing API Open" in #table-\w+, under Board; "Open" at "Search Open"/,
  );
  expect(refused(board, { op: 'set_status', target: { text: 'Docs' }, title: 'Done' }).code).toBe(
    'ambiguous',
  );
  expect(refused(board, { op: 'set_status', target: { text: 'What' }, title: 'Done' }).code).toBe(
    'not_found',
  );
  expect(refused(board, { op: 'set_status', status: 'A', colour: 'pink' }).next).toMatch(
    /Grey, Red, Yellow, Green, Blue, Purple/,
  );
});

test('an edit has the fields of its op and no others', () => {
  expect(refused(page, { op: 'set_task', target: { text: 'x' } }).message).toBe(
    'An edit with op set_task needs done.',
  );
  const stranger = refused(page, { op: 'add_row', cells: ['x'], markdown: 'y' });
  expect(stranger.message).toBe('An edit with op add_row has no markdown.');
  expect(stranger.next).toBe('add_row takes cells, target?, before? or after?.');
  expect(refused(page, { op: 'append', markdown: 'x', storage: '<p>x</p>' }).message).toMatch(/not both/);
  expect(refused(page, { op: 'set_status', target: { text: 'x' } }).message).toMatch(/needs title or colour/);
});

const panel = (inner: string, kept = inner): string =>
  `<p>before</p><ac:adf-extension><ac:adf-node type="panel"><ac:adf-attribute key="panel-type">note</ac:adf-attribute><ac:adf-content>${inner}</ac:adf-content></ac:adf-node><ac:adf-fallback><div class="panel"><div class="panelContent">\n${kept}\n</div></div></ac:adf-fallback></ac:adf-extension><p>after</p>`;

test('what Confluence keeps twice is edited twice', () => {
  const inner = `<p>Ask <strong>Ann</strong> first</p><p>State ${lozenge('Open', 'Red')}</p><ac:task-list>${task(9, 'incomplete', 'Call')}</ac:task-list>`;
  const both = (old: string, next: string): string => panel(inner).replaceAll(old, next);
  expect(run(panel(inner), { op: 'replace_text', target: { text: 'Ann' }, with: 'Ben' })).toBe(
    both('Ann', 'Ben'),
  );
  expect(run(panel(inner), { op: 'set_status', target: { text: 'Open' }, colour: 'Blue' })).toBe(
    both('Red', 'Blue'),
  );
  expect(run(panel(inner), { op: 'set_task', target: { text: 'Call' }, done: true })).toBe(
    both('incomplete', 'complete'),
  );
  const block = outline(panel(inner)).find(({ kind }) => kind === 'extension')?.id ?? '';
  expect(run(panel(inner), { op: 'append', target: { block }, markdown: 'More' })).toBe(
    panel(`${inner}<p>More</p>`),
  );
  const ids = panel(inner.replaceAll('<p>', '<p local-id="a1">'), inner);
  const added = run(ids, { op: 'append', target: { block }, markdown: 'More' });
  expect(added).toBe(
    panel(`${inner.replaceAll('<p>', '<p local-id="a1">')}<p>More</p>`, `${inner}<p>More</p>`),
  );
  const other = panel('<p>Ask <strong>Ann</strong> first</p>', '<div>Ask <b>Ann</b>  first</div>');
  expect(run(other, { op: 'replace_text', target: { text: 'Ann' }, with: 'Ben & co' })).toBe(
    other.replaceAll('Ann', 'Ben &amp; co'),
  );
  const apart = panel('<p>Ask Ann</p>', '<p>Ask somebody</p>');
  expect(refused(apart, { op: 'replace_text', target: { text: 'Ann' }, with: 'Ben' }).code).toBe(
    'not_possible',
  );
  expect(run(apart, { op: 'delete', target: { block: outline(apart)[1]?.id ?? '' } })).toBe(
    '<p>before</p><p>after</p>',
  );
});
