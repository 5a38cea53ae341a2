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

const guidelines = '481960453';
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

describe('properties', () => {
  const at = (id: string, kind = 'page') => ({ id, content_type: kind });

  test('are listed with their values; an unknown key is said plainly; outside the limit nothing is there', async () => {
    const all = await read(ada, 'list_content_properties', at('ENG:API Guidelines'));
    expect(all.text).toContain('`doc-review` = {"status":"approved"');
    expect(all.data).toMatchObject({ has_more: false });
    const none = await read(ada, 'list_content_properties', { ...at(guidelines), key: 'nope' });
    expect(none.text).toContain('no property "nope" visible to you');
    expect((await read(ada, 'list_content_properties', at('ENG', 'space'))).text).toContain('space-steward');
    expect((await read(ada, 'list_content_properties', at('310500200', 'database'))).text).toContain('ERP');
    await expect(read(elsewhere, 'list_content_properties', at(guidelines))).rejects.toEqual(
      code('not_found'),
    );
    await expect(read(elsewhere, 'list_content_properties', at('310500200', 'database'))).rejects.toEqual(
      code('not_found'),
    );
  });

  test.each([
    ['page', guidelines],
    ['folder', folder],
    ['whiteboard', '310500110'],
    ['database', '310500200'],
    ['smart_link', '310500300'],
    ['comment', '546450039'],
    ['attachment', 'att838640711'],
    ['space', '1001'],
  ])('of a %s: made, changed, deleted, each taken back', async (kind, id) => {
    const given = { ids: [id], content_type: kind, key: 'test-key' };
    const create = await preview(ada, 'create_content_property', { ...given, value: { a: [1, null] } });
    expect(create.diff.fields).toMatchObject([{ before: null, after: expect.stringContaining('"a"') }]);
    expect(create.target.space?.id).toBe('1001');
    const made = await apply(ada, create);
    expect(made.verification.ok).toBe(true);
    const update = await preview(ada, 'update_content_property', { ...given, value: 'b' });
    const changed = await apply(ada, update);
    expect(changed.verification.ok).toBe(true);
    const back = await undo(ada, update, changed.outcome);
    expect(back.verification.ok).toBe(true);
    expect(
      (await read(ada, 'list_content_properties', { ...at(id, kind), key: 'test-key' })).data.items,
    ).toMatchObject([{ value: { a: [1, null] }, version: 3 }]);
    const removal = await preview(ada, 'delete_content_property', given);
    const removed = await apply(ada, removal);
    expect(removed.verification.ok).toBe(true);
    expect((await undo(ada, removal, removed.outcome)).verification.ok).toBe(true);
    const again = await preview(ada, 'delete_content_property', given);
    expect((await apply(ada, again)).verification.ok).toBe(true);
  });

  test('a colleague in between: the change is shown again; Ben without rights is refused', async () => {
    const given = { ids: [guidelines], content_type: 'page', key: 'owner-team' };
    const update = await preview(ada, 'update_content_property', { ...given, value: 'Fleet' });
    const path = `/wiki/api/v2/pages/${guidelines}/properties`;
    const found = await send('GET', `${path}?key=owner-team`);
    const [row] = found.body.results as { id: string; version: { number: number } }[];
    const next = { key: 'owner-team', value: 'Docs', version: { number: (row?.version.number ?? 0) + 1 } };
    expect((await send('PUT', `${path}/${row?.id}`, next)).status).toBe(200);
    // Trap: a stale version is a 409.
    expect((await send('PUT', `${path}/${row?.id}`, next)).status).toBe(409);
    const state = await write('update_content_property').rebase(ada, update);
    expect(state).toMatchObject({ kind: 'rebased', proposal: { diff: { fields: [{ before: '"Docs"' }] } } });
    await expect(
      preview(ben, 'create_content_property', {
        ids: ['1001'],
        content_type: 'space',
        key: 'k',
        value: 1,
      }).then((proposal) => apply(ben, proposal)),
    ).rejects.toEqual(code('not_found'));
  });

  test('one key on many items; what is there already is not proposed; a key that clashes is named', async () => {
    const given = { ids: [guidelines, '5543210'], content_type: 'page', key: 'team-of-two', value: 1 };
    const proposal = await preview(ada, 'create_content_property', given);
    expect(proposal.diff.fields).toHaveLength(2);
    const { outcome, verification } = await apply(ada, proposal);
    expect(verification.ok).toBe(true);
    await expect(preview(ada, 'create_content_property', given)).rejects.toThrow('already');
    await expect(preview(ada, 'create_content_property', { ...given, value: 2 })).rejects.toEqual(
      code('conflict'),
    );
    expect((await undo(ada, proposal, outcome)).verification.ok).toBe(true);
  });

  test('are found by key, value and path, and it is said how many pages were looked at', async () => {
    const key = 'doc-review';
    const all = await read(ada, 'find_content_by_property', { key, space: 'ENG' });
    expect((all.data.items as unknown[]).length).toBe(3);
    expect(all.data.completeness).toMatchObject({ complete: true });
    const due = await read(ada, 'find_content_by_property', {
      key,
      path: 'status',
      value: 'Due',
      space: 'ENG',
    });
    expect(due.text).toContain('Datadog logging guidelines');
    const few = await read(ada, 'find_content_by_property', { key, space: 'ENG', max_pages: 5 });
    expect(few.text).toContain('raise max_pages');
    expect(
      (await read(ada, 'find_content_by_property', { key: 'nothing', space: 'ONB' })).data.items,
    ).toEqual([]);
  });
});
