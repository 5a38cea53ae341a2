import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { database, insertUser } from '#db';
import { env } from '#env';
import { createConfluence } from '#lib/confluence';
import { openFile } from '#lib/files';
import { startSandbox } from '../../sandbox/index.ts';
import { connect, robotics } from '../../sandbox/test-site.ts';
import { type Context, type Limits, noLimits } from '../index.ts';
import {
  apply,
  contextFor,
  operation,
  preview,
  read,
  startSite,
  type TestSite,
  undo,
  write,
} from '../sandbox-context.fixture.ts';

let site: TestSite;
beforeAll(async () => {
  site = await startSite(startSandbox);
}, 60_000);
afterAll(() => site.stop());
afterEach(() => {
  env().adminKey = false;
});

const only = (...spaces: string[]): Limits => ({ ...noLimits, spaces });

/** Ada over OAuth, as an app sees her site. */
async function overOAuth(scope: string): Promise<Context> {
  const ctx = await contextFor(site);
  const { url } = site.sandbox;
  const { access_token: token } = await connect(url, { scope: `${scope} offline_access`, sites: [robotics] });
  const confluence = createConfluence({
    apiUrl: url,
    site: ctx.connection.site,
    credentials: async () => ({ header: `Bearer ${token}`, scopes: scope.split(' ') }),
  });
  return { ...ctx, connection: { ...ctx.connection, mode: 'oauth', scopes: scope.split(' ') }, confluence };
}

async function control(body: object): Promise<void> {
  await fetch(`${site.sandbox.url}/_sandbox/limits`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

describe('classification', () => {
  const levelOf = async (id: string, content_type = 'page') =>
    (await read(await contextFor(site), 'get_classification_level', { id, content_type })).data.level as {
      name: string;
    } | null;

  test('levels, and what is classified how', async () => {
    const ctx = await contextFor(site);
    const { data, text } = await read(ctx, 'list_classification_levels', {});
    expect((data.items as { name: string }[]).map(({ name }) => name)).toEqual([
      'Public',
      'Internal',
      'Confidential',
      'Secret',
    ]);
    expect(text).toContain('draft');
    expect(await levelOf('Security findings 2026')).toMatchObject({ name: 'Confidential' });
    expect(await levelOf('HR', 'space_default')).toMatchObject({ name: 'Internal' });
    expect(await levelOf('ENG', 'space_default')).toBeNull();
    const none = await read(ctx, 'get_classification_level', { id: '5543210', content_type: 'page' });
    expect(none.text).toContain('has no classification level');
    await expect(
      read(await contextFor(site, 'ada', only('1002')), 'get_classification_level', {
        id: '5543210',
        content_type: 'page',
      }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });

  test('set, verified, settled, undone; twice is nothing to do', async () => {
    const ctx = await contextFor(site);
    const asked = { ids: ['5543210'], content_type: 'page', level: 'confidential' };
    const proposal = await preview(ctx, 'set_classification_level', asked);
    expect(proposal.title).toBe('Classify the page "Deploying the Billing Engine" as Confidential');
    expect(proposal.diff.fields).toEqual([{ label: 'Classification', before: null, after: 'Confidential' }]);
    expect(proposal.target.space).toMatchObject({ key: 'ENG' });
    const { outcome, verification } = await apply(ctx, proposal);
    expect(verification.ok).toBe(true);
    expect(await levelOf('5543210')).toMatchObject({ name: 'Confidential' });
    expect(await write('set_classification_level').settle(ctx, proposal)).toMatchObject({ kind: 'applied' });
    const again = await write('set_classification_level').preview(
      ctx,
      operation('set_classification_level').input.parse(asked),
    );
    expect(again).toMatchObject({ noChange: true });
    expect((await undo(ctx, proposal, outcome)).verification.ok).toBe(true);
    expect(await levelOf('5543210')).toBeNull();
  });

  test('several at once; a space default; and a page falls back to it', async () => {
    const ctx = await contextFor(site);
    const space = await preview(ctx, 'set_classification_level', {
      ids: ['Platform Engineering'],
      content_type: 'space_default',
      level: 'Internal',
    });
    const made = await apply(ctx, space);
    expect(made.verification.ok).toBe(true);
    expect(await levelOf('987654321')).toMatchObject({ name: 'Internal' });
    const own = await preview(ctx, 'set_classification_level', {
      ids: ['987654321'],
      content_type: 'page',
      level: 'Public',
    });
    expect(own.warnings.map(({ code }) => code)).toEqual(['policy', 'less_protected']);
    const { outcome } = await apply(ctx, own);
    expect((await undo(ctx, own, outcome)).verification.ok).toBe(true);
    expect(await levelOf('987654321')).toMatchObject({ name: 'Internal' });
    expect((await undo(ctx, space, made.outcome)).verification.ok).toBe(true);
    expect(await levelOf('987654321')).toBeNull();
    const mixed = await preview(ctx, 'set_classification_level', {
      ids: ['API Guidelines', '5543210'],
      content_type: 'page',
      level: 'Confidential',
    });
    expect(mixed).toMatchObject({ undo: { possible: false }, diff: { fields: [{}, {}] } });
  });

  test.each(['whiteboard', 'database'])('a %s, by id and by link', async (kind) => {
    const ctx = await contextFor(site);
    const made = await ctx.confluence.sendRequest<{ id: string; _links: { webui: string } }>({
      url: `/wiki/api/v2/${kind}s`,
      method: 'POST',
      body: { spaceId: '1001', title: `Ideas on a ${kind}` },
    });
    const proposal = await preview(ctx, 'set_classification_level', {
      ids: [made.id],
      content_type: kind,
      level: 'Internal',
    });
    expect(proposal.title).toBe(`Classify the ${kind} "Ideas on a ${kind}" as Internal`);
    const { outcome, verification } = await apply(ctx, proposal);
    expect(verification.ok).toBe(true);
    expect(await levelOf(ctx.confluence.webUrl(made._links.webui), kind)).toMatchObject({ name: 'Internal' });
    expect((await undo(ctx, proposal, outcome)).verification.ok).toBe(true);
    expect(await levelOf(made.id, kind)).toBeNull();
    await expect(
      preview(await contextFor(site, 'ada', only('1002')), 'set_classification_level', {
        ids: [made.id],
        content_type: kind,
        level: 'Internal',
      }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });

  test('a colleague meanwhile; Ben; an unknown level; a plan without it', async () => {
    const ctx = await contextFor(site);
    const asked = { ids: ['Observability'], content_type: 'page', level: 'Internal' };
    const proposal = await preview(ctx, 'set_classification_level', asked);
    await apply(ctx, await preview(ctx, 'set_classification_level', { ...asked, level: 'Public' }));
    const moved = await write('set_classification_level').rebase(ctx, proposal);
    expect(moved).toMatchObject({ kind: 'rebased', proposal: { diff: { fields: [{ before: 'Public' }] } } });
    await apply(ctx, await preview(ctx, 'set_classification_level', asked));
    expect((await write('set_classification_level').rebase(ctx, proposal)).kind).toBe('conflict');
    const ben = await contextFor(site, 'ben');
    await expect(
      preview(ben, 'set_classification_level', { ...asked, ids: ['Salary bands 2026'] }),
    ).rejects.toMatchObject({ code: 'not_found' });
    const mine = await preview(ben, 'set_classification_level', {
      ids: ['ENG'],
      content_type: 'space_default',
      level: 'Public',
    });
    await expect(apply(ben, mine)).rejects.toMatchObject({ code: 'not_found' });
    await expect(
      preview(ctx, 'set_classification_level', { ...asked, level: 'Secret' }),
    ).rejects.toMatchObject({ code: 'not_found', next: expect.stringContaining('Confidential') });
    await control({ plan: 'standard' });
    try {
      for (const [name, o] of [
        ['list_classification_levels', {}],
        ['get_classification_level', { id: '5543210', content_type: 'page' }],
      ] as const)
        await expect(read(ctx, name, o)).rejects.toMatchObject({ code: 'not_possible' });
    } finally {
      await control({ plan: 'premium' });
    }
  });
});

describe('the admin key', () => {
  test('is refused by the operator unless switched on, and over OAuth always', async () => {
    const ctx = await contextFor(site);
    await expect(preview(ctx, 'set_admin_key', { enabled: true })).rejects.toMatchObject({
      code: 'forbidden',
      actor: 'operator',
      next: expect.stringContaining('CONFAB_ADMIN_KEY=1'),
    });
    env().adminKey = true;
    const app = await overOAuth('read:page:confluence');
    for (const job of [preview(app, 'set_admin_key', { enabled: true }), read(app, 'get_admin_key', {})])
      await expect(job).rejects.toMatchObject({
        code: 'not_possible',
        next: expect.stringContaining('API token'),
      });
    const ben = await contextFor(site, 'ben');
    const proposal = await preview(ben, 'set_admin_key', { enabled: true });
    await expect(apply(ben, proposal)).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('opens a restricted page to its holder until it is switched off, and the log says so', async () => {
    env().adminKey = true;
    const ctx = await contextFor(site);
    const ben = await contextFor(site, 'ben');
    const made = await apply(
      ben,
      await preview(ben, 'create_page', { space: 'ENG', title: 'Ben alone', body: 'His.' }),
    );
    const id = String(made.outcome.targetId);
    const me = ben.connection.account.id;
    await ben.confluence.sendRequest({
      url: `/wiki/rest/api/content/${id}/restriction`,
      method: 'PUT',
      body: [{ operation: 'read', restrictions: { user: [{ type: 'known', accountId: me }] } }],
    });
    await expect(read(ctx, 'read_page', { page: id })).rejects.toMatchObject({ code: 'not_found' });
    const proposal = await preview(ctx, 'set_admin_key', { enabled: true, minutes: 5 });
    expect(proposal.warnings).toMatchObject([{ code: 'bypasses_restrictions', mustConfirm: true }]);
    const { outcome, verification } = await apply(ctx, proposal);
    expect(verification.ok).toBe(true);
    expect((await read(ctx, 'get_admin_key', {})).data.enabled).toBe(true);
    expect((await read(ctx, 'read_page', { page: id })).data.title).toBe('Ben alone');
    expect((await undo(ctx, proposal, outcome)).verification.ok).toBe(true);
    await expect(read(ctx, 'read_page', { page: id })).rejects.toMatchObject({ code: 'not_found' });
    expect((await read(ctx, 'list_audit_records', { query: 'admin key' })).text).toMatch(
      /Admin key disabled[\s\S]*Admin key enabled/,
    );
    expect(
      await write('set_admin_key').preview(ctx, operation('set_admin_key').input.parse({ enabled: false })),
    ).toMatchObject({ noChange: true });
  });
});

describe('data policies', () => {
  const scope = 'read:configuration:confluence read:space:confluence';

  test('are told to apps; an API token is refused before anything is sent', async () => {
    const app = await overOAuth(scope);
    const clear = await read(app, 'get_data_policies', {});
    expect(clear.data.any_blocked).toBe(false);
    await control({ blocked_spaces: ['IT'] });
    const { data, text } = await read(app, 'get_data_policies', { limit: 100 });
    const blocked = (data.items as { key: string; blocked: boolean }[]).filter((one) => one.blocked);
    expect(blocked).toMatchObject([{ key: 'IT' }]);
    expect(text).toContain('blocks some content');
    const one = await read(app, 'get_data_policies', { space: 'ENG' });
    expect(one.data.items).toMatchObject([{ key: 'ENG', blocked: false }]);
    const limited = await read({ ...app, limits: only('1001') }, 'get_data_policies', {});
    expect(limited.data).toMatchObject({ any_blocked: null, items: [{ id: '1001' }] });
    await control({ blocked_spaces: [] });
    await expect(read(await contextFor(site), 'get_data_policies', {})).rejects.toMatchObject({
      code: 'not_possible',
      message: expect.stringContaining('apps only'),
    });
  });
});

describe('audit records', () => {
  test('for administrators: by time and text, page by page', async () => {
    const ctx = await contextFor(site);
    const first = await read(ctx, 'list_audit_records', { last: '90d', query: 'permission', limit: 1 });
    expect(first.data).toMatchObject({ items: [{ category: 'Permissions' }], has_more: true, cursor: '1' });
    const next = await read(ctx, 'list_audit_records', {
      last: '90d',
      query: 'permission',
      limit: 1,
      cursor: first.data.cursor,
    });
    expect(next.data.items).not.toEqual(first.data.items);
    const old = await read(ctx, 'list_audit_records', { from: '300d', to: '100d' });
    for (const { at } of old.data.items as { at: string }[])
      expect(Date.now() - Date.parse(at)).toBeGreaterThan(99 * 86_400_000);
    expect((old.data.items as unknown[]).length).toBeGreaterThan(2);
    const none = await read(ctx, 'list_audit_records', { query: 'no such thing' });
    expect(none.text).toContain('none that match');
    await expect(read(ctx, 'list_audit_records', { last: '7d', from: '2026-01-01' })).rejects.toMatchObject({
      code: 'invalid_input',
    });
  });

  test('refused plainly to others, and to an access that is limited to spaces', async () => {
    await expect(read(await contextFor(site, 'ben'), 'list_audit_records', {})).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('administrators only'),
    });
    await expect(
      read(await contextFor(site, 'ada', only('1001')), 'list_audit_records', {}),
    ).rejects.toMatchObject({ code: 'forbidden' });
  });

  test.each([
    ['csv', 'Date'],
    ['zip', 'PK'],
  ])('exported as %s, whole', async (format, begins) => {
    const user = { id: `usr_audit_${format}`, name: 'Ada Moreno' };
    await insertUser(await database(), {
      ...user,
      email: `${user.id}@halden.example`,
      role: 'member',
      password_hash: null,
      atlassian_account_id: null,
      demo_key: null,
      created_at: 1,
      disabled_at: null,
    });
    const ctx = { ...(await contextFor(site)), user };
    const { data, text } = await read(ctx, 'list_audit_records', { export: format, last: '1y' });
    const file = data.file as { url: string; bytes: number };
    expect(text).toContain(file.url);
    const { bytes } = await openFile(user.id, file.url.split('/').at(-1) ?? '');
    expect(bytes.byteLength).toBe(file.bytes);
    expect(bytes.toString('latin1').startsWith(begins)).toBe(true);
  });
});
