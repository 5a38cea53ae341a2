import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSandbox } from '../../sandbox/index.ts';
import { type Context, noLimits } from '../index.ts';
import {
  apply,
  contextFor,
  preview,
  read,
  sendAs,
  startSite,
  type TestSite,
  undo,
  write,
} from '../sandbox-context.fixture.ts';

let site: TestSite;
let ada: Context;
let ben: Context;
/** Ada, limited to the space HR. */
let elsewhere: Context;

const folder = '310500100';

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

describe('folders, whiteboards, databases and Smart Links', () => {
  test.each([
    ['create_folder', 'folder', {}],
    ['create_whiteboard', 'whiteboard', { template: 'Kanban Board', locale: 'de-de', private: true }],
    ['create_database', 'database', { private: true }],
    ['create_smart_link', 'smart_link', { url: 'https://grafana.halden.example/d/1' }],
  ])('%s: in a folder, verified, taken back', async (name, type, more) => {
    const proposal = await preview(ada, name, {
      space: 'Engineering',
      title: 'New one',
      parent: folder,
      ...more,
    });
    expect(proposal.target).toMatchObject({ title: 'New one', space: { key: 'ENG' } });
    expect(proposal.diff.fields).toContainEqual({ label: 'Under', before: null, after: 'Retrospectives' });
    const { outcome, verification } = await apply(ada, proposal);
    expect(verification).toMatchObject({ ok: true });
    const children = await read(ada, 'list_children', { id: folder, content_type: 'folder' });
    expect(children.text).toContain('New one');
    // After a crash the made thing is found, and only by the change that made it.
    expect(await write(name).settle(ada, proposal)).toMatchObject({
      kind: 'applied',
      outcome: { targetId: outcome.targetId },
    });
    const second = await preview(ada, name, { space: 'ENG', title: 'New one', parent: folder, ...more });
    expect(second.warnings.map((one) => one.code)).toContain('same_title');
    expect(await write(name).settle(ada, second)).toEqual({ kind: 'not_applied' });
    if ('private' in more)
      await expect(
        read(ben, 'list_content_properties', { id: outcome.targetId, content_type: type }),
      ).rejects.toEqual(code('not_found'));
    expect((await undo(ada, proposal, outcome)).verification.ok).toBe(true);
    expect((await read(ada, 'list_children', { id: folder, content_type: 'folder' })).text).not.toContain(
      'New one',
    );
  });

  test('without a parent they go under the homepage; wrong places, templates and links are refused', async () => {
    const proposal = await preview(ada, 'create_folder', { space: 'ENG', title: 'Top folder' });
    const { verification } = await apply(ada, proposal);
    expect(verification.ok).toBe(true);
    const given = { space: 'ENG', title: 'X' };
    await expect(preview(ada, 'create_folder', { ...given, parent: '375706667' })).rejects.toEqual(
      code('invalid_input'),
    );
    await expect(preview(ada, 'create_whiteboard', { ...given, template: 'zzz' })).rejects.toEqual(
      code('invalid_input'),
    );
    await expect(preview(ada, 'create_smart_link', { ...given, url: 'javascript:alert(1)' })).rejects.toEqual(
      code('invalid_input'),
    );
    await expect(preview(elsewhere, 'create_folder', given)).rejects.toEqual(code('not_found'));
    await expect(preview(ben, 'create_folder', { space: 'HR', title: 'X' })).rejects.toEqual(
      code('not_found'),
    );
  });

  test('trap: a folder made on a live site carries epoch milliseconds and null places, and is read all the same', async () => {
    const raw = (await send('GET', `/wiki/api/v2/folders/${folder}`)).body;
    expect(typeof raw.createdAt).toBe('number');
    const top = (await send('POST', '/wiki/api/v2/folders', { spaceId: '1001', title: 'At the top' }, 'ada'))
      .body;
    expect(top).toMatchObject({ parentId: null, parentType: null, position: null });
    const found = await read(ada, 'list_content_properties', { id: String(top.id), content_type: 'folder' });
    expect(found.text).toContain('has no properties');
  });

  test('a folder shows what is in it, and search finds it by type', async () => {
    const children = await read(ada, 'list_children', { id: folder, content_type: 'folder' });
    expect(children.text).toContain('Retro: gripper firmware 4.2');
    expect(children.text).toContain('whiteboard');
    const search = await read(ada, 'search_content', { query: 'Retrospectives', types: ['folder'] });
    expect(search.text).toContain('Retrospectives');
  });
});
