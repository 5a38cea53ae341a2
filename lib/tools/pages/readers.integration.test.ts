import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSandbox } from '../../sandbox/index.ts';
import type { Context } from '../operation.ts';
import {
  apply,
  contextFor,
  preview,
  startSite,
  type TestSite,
  undo,
  write,
} from '../sandbox-context.fixture.ts';

let site: TestSite;
let ada: Context;
beforeAll(async () => {
  site = await startSite(startSandbox);
  ada = await contextFor(site);
}, 60_000);
afterAll(() => site.stop());

async function make(title: string, parent?: string): Promise<string> {
  const more = parent === undefined ? {} : { parent };
  const proposal = await preview(ada, 'create_page', { space: 'ONB', title, body: 'Text.', ...more });
  return String((await apply(ada, proposal)).outcome.targetId);
}

async function makeLimited(title: string, parent?: string): Promise<string> {
  const id = await make(title, parent);
  const users = ['me'];
  await apply(ada, await preview(ada, 'set_restrictions', { id, mode: 'replace', operation: 'read', users }));
  return id;
}

const dropped = (title: string) =>
  expect.objectContaining({
    code: 'drops_restrictions',
    mustConfirm: true,
    message: expect.stringContaining(title),
  });

test('what is moved out from under a limited page opens to others: that is to be ticked, and undo is not', async () => {
  const closed = await makeLimited('For the board');
  const page = await make('Minutes', await make('Folder of minutes', closed));
  const proposal = await preview(ada, 'move_page', { pages: [page], target: 'ONB' });
  expect(proposal.warnings).toContainEqual(dropped('For the board'));
  const { outcome } = await apply(ada, proposal);
  const { inverse, verification } = await undo(ada, proposal, outcome);
  expect(verification.ok).toBe(true);
  expect(inverse.warnings).toContainEqual(expect.objectContaining({ code: 'adds_restrictions' }));
  expect(inverse.warnings.some((one) => one.mustConfirm)).toBe(false);
  const inside = await preview(ada, 'move_page', { pages: [page], target: closed });
  expect(inside.warnings).toEqual([]);
});

test('a copy tells of limits above the page and of pages below it', async () => {
  const closed = await makeLimited('Board only');
  const page = await make('Budget', closed);
  expect(
    (await preview(ada, 'copy_page', { page, destination: 'ONB', title: 'Budget copy' })).warnings,
  ).toContainEqual(dropped('Board only'));
  expect(
    (await preview(ada, 'copy_page', { page, destination: closed, title: 'Budget twin' })).warnings.map(
      ({ code }) => code,
    ),
  ).not.toContain('drops_restrictions');
  const root = await make('Open root');
  await makeLimited('Closed leaf', root);
  const tree = await preview(ada, 'copy_page_tree', {
    page: root,
    destination: page,
    title_prefix: 'Copy: ',
  });
  expect(tree.warnings).toContainEqual(dropped('Closed leaf'));
});

test('a destination that went to another space is a conflict', async () => {
  const [source, goal] = [await make('To be copied'), await make('Goes away')];
  const proposal = await preview(ada, 'copy_page', { page: source, destination: goal, title: 'Stays here' });
  await apply(ada, await preview(ada, 'move_page', { pages: [goal], target: 'ENG' }));
  expect((await write('copy_page').rebase(ada, proposal)).kind).toBe('conflict');
});
