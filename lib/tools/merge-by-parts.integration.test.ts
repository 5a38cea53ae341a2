import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startSandbox } from '../sandbox/index.ts';
import type { Context } from './operation.ts';
import {
  apply,
  colleagueEdits,
  contextFor,
  mustSendAs,
  preview,
  startSite,
  storageOf,
  type TestSite,
  undo,
  write,
} from './sandbox-context.fixture.ts';

let site: TestSite;
let ada: Context;
beforeAll(async () => {
  site = await startSite(startSandbox);
}, 60_000);
beforeEach(async () => {
  ada = await contextFor(site);
});
afterAll(() => site.stop());

const BODY = `<h2>Limits</h2><table><tbody><tr><th><p>Name</p></th><th><p>Value</p></th></tr><tr><td><p>Burst</p></td><td><p>twenty</p></td></tr><tr><td><p>Window</p></td><td><p>sixty</p></td></tr></tbody></table><h2>To do</h2><ac:task-list><ac:task><ac:task-id>1</ac:task-id><ac:task-status>incomplete</ac:task-status><ac:task-body>Write docs</ac:task-body></ac:task><ac:task><ac:task-id>2</ac:task-id><ac:task-status>incomplete</ac:task-status><ac:task-body>Tell support</ac:task-body></ac:task></ac:task-list><p>First sentence here. Second sentence here.</p>`;

/** A page with a table, tasks and text; its body as Confluence saved it. */
async function make(title: string): Promise<{ page: string; saved: string }> {
  const proposal = await preview(ada, 'create_page', {
    space: 'ONB',
    title,
    body: BODY,
    body_format: 'storage',
  });
  const page = String((await apply(ada, proposal)).outcome.targetId);
  return { page, saved: await storageOf(ada, page) };
}

const change = (page: string, text: string, by: string, more: Record<string, unknown> = {}) =>
  preview(ada, 'edit_page', { page, edits: [{ op: 'replace_text', target: { text }, with: by }], ...more });

/** What a colleague makes of the page as it is now. */
async function colleague(page: string, from: string, to: string): Promise<void> {
  const now = await storageOf(ada, page);
  expect(now).toContain(from);
  await colleagueEdits(site, page, now.replace(from, to));
}

const places: [string, string, string, string, string][] = [
  ['another row', 'twenty', 'thirty', 'sixty', 'ninety'],
  ['another task', 'Write docs', 'Write the docs', 'Tell support', 'Tell all of support'],
  [
    'another sentence',
    'First sentence here.',
    'First words here.',
    'Second sentence here.',
    'Second words here.',
  ],
];

test.each(places)(
  'an edit on a stale version is merged with a colleague edit of %s, and undone alone',
  async (name, mine, ours, yours, theirs) => {
    const { page, saved } = await make(`Stale: ${name}`);
    await colleague(page, yours, theirs);
    const proposal = await change(page, mine, ours, { base_version: 1 });
    expect(proposal.warnings.map(({ code }) => code)).toContain('moved_on');
    const { outcome, verification } = await apply(ada, proposal);
    expect(verification.ok).toBe(true);
    expect(await storageOf(ada, page)).toBe(saved.replace(mine, ours).replace(yours, theirs));
    await undo(ada, proposal, outcome);
    expect(await storageOf(ada, page)).toBe(saved.replace(yours, theirs));
  },
);

test.each(places)(
  'a proposal is rebased onto a colleague edit of %s; its undo keeps a later one',
  async (name, mine, ours, yours, theirs) => {
    const { page, saved } = await make(`Rebased: ${name}`);
    const proposal = await change(page, mine, ours);
    await colleague(page, yours, theirs);
    const state = await write('edit_page').rebase(ada, proposal);
    if (state.kind !== 'rebased') throw new Error(JSON.stringify(state));
    expect(state.proposal.diff.body?.counts).toMatchObject({ changed: 1, added: 0, removed: 0 });
    const { outcome, verification } = await apply(ada, JSON.parse(JSON.stringify(state.proposal)));
    expect(verification.ok).toBe(true);
    await colleague(page, theirs, 'Written later.');
    await undo(ada, state.proposal, outcome);
    expect(await storageOf(ada, page)).toBe(saved.replace(yours, 'Written later.'));
  },
);

test('one ticks a task, the other rewords it: both are kept, and the tick can be undone', async () => {
  const { page, saved } = await make('Tick and reword');
  const reworded = await change(page, 'Write docs', 'Write the docs');
  await colleague(page, '<ac:task-status>incomplete', '<ac:task-status>complete');
  const state = await write('edit_page').rebase(ada, reworded);
  if (state.kind !== 'rebased') throw new Error(JSON.stringify(state));
  const { outcome } = await apply(ada, JSON.parse(JSON.stringify(state.proposal)));
  const ticked = saved.replace('<ac:task-status>incomplete', '<ac:task-status>complete');
  expect(await storageOf(ada, page)).toBe(ticked.replace('Write docs', 'Write the docs'));
  await undo(ada, state.proposal, outcome);
  expect(await storageOf(ada, page)).toBe(ticked);
});

test('the same cell: a conflict that shows both versions of the cell and nothing else', async () => {
  const { page } = await make('Same cell');
  const proposal = await change(page, 'twenty', 'thirty');
  await colleague(page, 'twenty', 'fifty');
  const where = 'Limits > table > row "Burst" > column "Value"';
  const state = await write('edit_page').rebase(ada, proposal);
  if (state.kind !== 'conflict') throw new Error(state.kind);
  expect(state.message).toContain(where);
  for (const side of [state.yours, state.theirs]) {
    expect(side?.entries).toHaveLength(1);
    expect(side?.entries[0]).toMatchObject({ op: 'change', path: where.split(' > ') });
    expect(JSON.stringify(side)).not.toContain('support');
  }
  await expect(change(page, 'twenty', 'forty', { base_version: 1 })).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining(`${where}: there now "fifty", yours "forty".`),
  });
  const mine = await change(page, 'fifty', 'sixteen');
  const { outcome } = await apply(ada, mine);
  await colleague(page, 'sixteen', 'seventeen');
  expect(await write('edit_page').inverse(ada, mine, outcome)).toMatchObject({
    impossible: expect.stringContaining(where),
  });
});

test('while nobody else edited, an undo sends the earlier body byte for byte', async () => {
  const { page, saved } = await make('Byte for byte');
  const proposal = await change(page, 'twenty', 'thirty');
  const { outcome } = await apply(ada, proposal);
  const { inverse } = await undo(ada, proposal, outcome);
  expect((inverse.request as { put: { body: { value: string } } }).put.body.value).toBe(saved);
  expect(await storageOf(ada, page)).toBe(saved);
});

test('custom content: the undo keeps what a colleague wrote in another row since', async () => {
  const type = 'ac:com.halden.risk-register:risk';
  const made = await apply(
    ada,
    await preview(ada, 'create_custom_content', {
      type,
      title: 'Risk of rows',
      body: BODY,
      body_format: 'storage',
      container: 'ENG',
    }),
  );
  const id = String(made.outcome.targetId);
  const bodyNow = async () => {
    const item = await mustSendAs(
      site,
      'ada',
      'GET',
      `/wiki/api/v2/custom-content/${id}?body-format=storage`,
    );
    const { storage } = item.body as { storage: { value: string } };
    return { value: storage.value, version: (item.version as { number: number }).number };
  };
  const first = await bodyNow();
  const proposal = await preview(ada, 'update_custom_content', {
    id,
    base_version: first.version,
    body: first.value.replace('twenty', 'thirty'),
    body_format: 'storage',
  });
  const { outcome } = await apply(ada, proposal);
  const second = await bodyNow();
  await mustSendAs(site, 'ada', 'PUT', `/wiki/api/v2/custom-content/${id}`, {
    id,
    type,
    status: 'current',
    title: 'Risk of rows',
    body: { representation: 'storage', value: second.value.replace('sixty', 'ninety') },
    version: { number: second.version + 1 },
  });
  await undo(ada, proposal, outcome);
  expect((await bodyNow()).value).toBe(first.value.replace('sixty', 'ninety'));
});
