import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSandbox } from '../../sandbox/index.ts';
import { type Context, noLimits } from '../index.ts';
import {
  apply,
  colleagueEdits,
  contextFor,
  preview,
  read,
  sendAs,
  startSite,
  storageOf,
  type TestSite,
  undo,
  write,
} from '../sandbox-context.fixture.ts';

let site: TestSite;
let ada: Context;
let ben: Context;
/** Ada, limited to the space HR. */
let elsewhere: Context;

const guidelines = '481960453';

beforeAll(async () => {
  site = await startSite(startSandbox);
  ada = await contextFor(site);
  ben = await contextFor(site, 'ben');
  elsewhere = await contextFor(site, 'ada', { ...noLimits, spaces: ['1008'] });
});
afterAll(() => site.stop());

const code = (wanted: string) => expect.objectContaining({ code: wanted });

/** Sends a request of its own, as a colleague. */
const send = (method: string, path: string, body?: unknown, who: 'ada' | 'ben' = 'ben') =>
  sendAs(site, who, method, path, body);

describe('tasks', () => {
  test('are listed by assignee, status, space, page and due day', async () => {
    const open = await read(ada, 'list_tasks', { space: 'MKT', status: 'incomplete', limit: 50 });
    expect(open.text).toContain('- [ ] ');
    expect(open.text).not.toContain('[x]');
    const all = await read(ada, 'list_tasks', { limit: 250 });
    const items = all.data.items as {
      id: string;
      due: string | null;
      assignee_id: string | null;
      space_id: string;
    }[];
    expect(items.length).toBeGreaterThan(60);
    const dated = items.filter((one) => one.due !== null).map((one) => String(one.due));
    const before = await read(ada, 'list_tasks', { due_before: dated.toSorted().at(-1) ?? '', limit: 250 });
    expect((before.data.items as unknown[]).length).toBeLessThan(dated.length);
    const mine = await read(ada, 'list_tasks', { assignee: 'me' });
    for (const one of mine.data.items as { assignee_id: string }[])
      expect(one.assignee_id).toBe(ada.connection.account.id);
    expect((await read(ada, 'list_tasks', { due_before: '1999-01-01' })).text).toBe(
      '0 tasks due before 1999-01-01 visible to you.',
    );
    // Ben does not see HR; a limit keeps to its spaces.
    expect(
      ((await read(ben, 'list_tasks', { limit: 250 })).data.items as { space_id: string }[]).some(
        (one) => one.space_id === '1008',
      ),
    ).toBe(false);
    for (const one of (await read(elsewhere, 'list_tasks', { limit: 250 })).data.items as {
      space_id: string;
    }[])
      expect(one.space_id).toBe('1008');
  });

  test('are ticked and opened again, without a new version of the page', async () => {
    const found = await read(ada, 'list_tasks', {
      pages: ['ENG:Retro: gripper firmware 4.2'],
      status: 'incomplete',
    });
    const ids = (found.data.items as { id: string; page: { id: string } }[]).map((one) => one.id);
    const page = (found.data.items as { page: { id: string } }[])[0]?.page.id ?? '';
    const before = await storageOf(ada, page);
    const proposal = await preview(ada, 'set_task_status', { task_ids: ids, status: 'complete' });
    expect(proposal.target.space?.key).toBe('ENG');
    const { outcome, verification } = await apply(ada, proposal);
    expect(verification.ok).toBe(true);
    expect(await storageOf(ada, page)).toBe(before.replaceAll('>incomplete<', '>complete<'));
    await expect(preview(ada, 'set_task_status', { task_ids: ids, status: 'complete' })).rejects.toThrow(
      'already',
    );
    expect((await undo(ada, proposal, outcome)).verification.ok).toBe(true);
    expect(await storageOf(ada, page)).toBe(before);
    const stale = await preview(ada, 'set_task_status', { task_ids: ids.slice(0, 1), status: 'complete' });
    await send('PUT', `/wiki/api/v2/tasks/${ids[0]}`, { status: 'complete' });
    expect((await write('set_task_status').rebase(ada, stale)).kind).toBe('conflict');
    await expect(
      preview(elsewhere, 'set_task_status', { task_ids: ids, status: 'complete' }),
    ).rejects.toEqual(code('not_found'));
  });

  test('are added to a page: every other byte stays; asked twice, nothing; undone, as before', async () => {
    const id = '5543210';
    const before = await storageOf(ada, id);
    const given = {
      page: id,
      text: 'Check **all** gateways',
      assignee: 'Ben Okafor',
      due: '2027-01-31',
      base_version: 3,
    };
    const proposal = await preview(ada, 'create_task', given);
    expect(proposal.diff.fields).toMatchObject([
      { label: 'Assignee', after: 'Ben Okafor' },
      { label: 'Due' },
    ]);
    const { outcome, verification } = await apply(ada, proposal);
    expect(verification).toMatchObject({ ok: true, version: 4 });
    const after = await storageOf(ada, id);
    const task = after.slice(after.lastIndexOf('<ac:task-list'));
    expect(task).toContain(
      `<ri:user ri:account-id="${ben.connection.account.id}" /></ac:link> Check <strong>all</strong> gateways <time datetime="2027-01-31" />`,
    );
    expect(after.replace(task, '')).toBe(before.replace(/\s+$/, ''));
    await expect(preview(ada, 'create_task', { ...given, base_version: 4 })).rejects.toThrow('already');
    expect((await read(ada, 'list_tasks', { pages: [id], assignee: 'Ben Okafor' })).text).toContain(
      'Check **all** gateways',
    );
    // A second one goes into the same list, under the next number.
    const second = await preview(ada, 'create_task', { page: id, text: 'Tell support', base_version: 4 });
    const more = await apply(ada, second);
    expect(more.verification.ok).toBe(true);
    expect(await storageOf(ada, id)).toMatch(
      /<ac:task-id>2<\/ac:task-id>.*Tell support<\/span><\/ac:task-body>\s*<\/ac:task>\s*<\/ac:task-list>/s,
    );
    expect((await undo(ada, second, more.outcome)).verification.ok).toBe(true);
    expect((await undo(ada, proposal, outcome)).verification.ok).toBe(true);
    expect(await storageOf(ada, id)).toBe(before);
  });

  test('a page that moved on: the task is worked in anew; a bad day and a missing section are refused', async () => {
    const id = guidelines;
    const version = Number((await read(ada, 'read_page', { page: id })).data.version);
    const proposal = await preview(ada, 'create_task', {
      page: id,
      text: 'Ring Jane',
      base_version: version,
    });
    await colleagueEdits(site, id, `${await storageOf(ada, id)}<p>New end</p>`);
    const state = await write('create_task').rebase(ada, proposal);
    expect(state.kind).toBe('rebased');
    await expect(
      preview(ada, 'create_task', { page: id, text: 'x', due: 'someday', base_version: version }),
    ).rejects.toEqual(code('invalid_input'));
    await expect(
      preview(ada, 'create_task', { page: id, text: 'x', section: 'No such part', base_version: version }),
    ).rejects.toThrow();
    await expect(
      preview(elsewhere, 'create_task', { page: id, text: 'x', base_version: version }),
    ).rejects.toEqual(code('not_found'));
  });
});
