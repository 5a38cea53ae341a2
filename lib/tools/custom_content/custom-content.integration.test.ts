import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSandbox } from '../../sandbox/index.ts';
import { type Context, noLimits } from '../index.ts';
import {
  apply,
  bare,
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

describe('custom content', () => {
  const type = 'ac:com.halden.risk-register:risk';

  test('is listed by type on the site, in a space, on a page; not outside the limit', async () => {
    const all = await read(ada, 'list_custom_content', { type });
    expect((all.data.items as unknown[]).length).toBe(3);
    const eng = await read(ada, 'list_custom_content', { type, container_type: 'space', id: 'ENG' });
    expect(eng.text).toContain('Map server has one owner');
    const page = await read(ada, 'list_custom_content', { type, container_type: 'page', id: 'Q3 Planning' });
    expect(page.text).toContain('Billing engine is late');
    expect((await read(elsewhere, 'list_custom_content', { type })).data.items).toEqual([]);
    expect((await read(ada, 'list_custom_content', { type: 'ac:none:none' })).data.items).toEqual([]);
  });

  test.each([
    ['storage', '<p>It may rain</p>', '<p>It will rain</p>'],
    ['raw', '{"p":1}', '{"p":2}'],
  ])('is made and changed as %s; both are taken back', async (format, first, second) => {
    const created = await preview(ada, 'create_custom_content', {
      type,
      title: `Risk ${format}`,
      body: first,
      body_format: format,
      container: 'ENG',
    });
    const made = await apply(ada, created);
    expect(made.verification.ok).toBe(true);
    const id = made.outcome.targetId ?? '';
    const updated = await preview(ada, 'update_custom_content', {
      id,
      base_version: 1,
      body: second,
      body_format: format,
    });
    const update = await apply(ada, updated);
    expect(update).toMatchObject({ verification: { ok: true }, outcome: { version: 2 } });
    expect((await undo(ada, updated, update.outcome)).verification.ok).toBe(true);
    expect((await undo(ada, created, made.outcome)).verification.ok).toBe(true);
    expect(
      (await read(ada, 'list_custom_content', { type, container_type: 'space', id: 'ENG' })).text,
    ).not.toContain(`Risk ${format}`);
  });

  test('what others wrote since is kept or shown as a conflict; an unknown type is refused by Confluence', async () => {
    const created = await preview(ada, 'create_custom_content', {
      type,
      title: 'Merge me',
      body: '<p>One</p><p>Two</p>',
      container: 'ENG',
    });
    const { outcome } = await apply(ada, created);
    const id = outcome.targetId ?? '';
    const ours = await preview(ada, 'update_custom_content', {
      id,
      base_version: 1,
      body: '<p>One!</p><p>Two</p>',
    });
    const theirs = (value: string, number: number) =>
      send('PUT', `/wiki/api/v2/custom-content/${id}`, {
        id,
        type,
        status: 'current',
        title: 'Merge me',
        body: { representation: 'storage', value },
        version: { number },
      });
    expect((await theirs('<p>One</p><p>Two?</p>', 2)).status).toBe(200);
    expect((await theirs('<p>x</p>', 2)).status).toBe(409);
    const state = await write('update_custom_content').rebase(ada, ours);
    expect(state.kind === 'rebased' && bare(JSON.stringify(state.proposal.request))).toContain(
      '<p>One!</p><p>Two?</p>',
    );
    await theirs('<p>Mine</p><p>Two?</p>', 3);
    expect((await write('update_custom_content').rebase(ada, ours)).kind).toBe('conflict');
    const unknown = await preview(ada, 'create_custom_content', {
      type: 'ac:x:y',
      title: 'T',
      body: '',
      container: 'ENG',
    });
    await expect(apply(ada, unknown)).rejects.toEqual(code('atlassian_rejected'));
    await expect(
      preview(elsewhere, 'update_custom_content', { id, base_version: 3, title: 'x' }),
    ).rejects.toEqual(code('not_found'));
    await expect(
      preview(ben, 'create_custom_content', { type, title: 'T', body: '', container: 'HR' }),
    ).rejects.toEqual(code('not_found'));
  });
});
