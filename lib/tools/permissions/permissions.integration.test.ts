import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createConfluence } from '#lib/confluence';
import { startSandbox } from '../../sandbox/index.ts';
import { type Context, noLimits } from '../index.ts';
import {
  apply,
  contextFor,
  operation,
  plan,
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

const ada = () => contextFor(site);
const ben = () => contextFor(site, 'ben');
const engOnly = () => contextFor(site, 'ada', { ...noLimits, spaces: ['1001'] });
const tried = (ctx: Context, name: string, input: Record<string, unknown>) =>
  write(name).preview(ctx, operation(name).input.parse(input));
const seen = async (ctx: Context, page: string): Promise<boolean> =>
  read(ctx, 'read_page', { page, format: 'outline' }).then(
    () => true,
    () => false,
  );
const guidelines = 'ENG:API Guidelines';

describe('restrictions', () => {
  test('set, effect at once, below too, undo', async () => {
    const proposal = await preview(await ada(), 'set_restrictions', {
      id: guidelines,
      mode: 'replace',
      operation: 'read',
      users: ['me', 'Priya Raman'],
      groups: ['Product'],
    });
    expect(proposal.diff.fields).toEqual([
      {
        label: 'May view',
        before: 'everyone who sees the space',
        after: 'Ada Moreno, Priya Raman, group Product',
      },
    ]);
    expect(proposal.warnings.map((one) => one.code)).toContain('reaches_below');
    expect(await seen(await ben(), guidelines)).toBe(true);
    const { outcome, verification } = await apply(await ada(), proposal);
    expect(verification).toMatchObject({ ok: true });
    expect(await seen(await ben(), guidelines)).toBe(false);
    expect((await read(await ada(), 'get_restrictions', { id: guidelines })).data).toMatchObject({
      read: [{ name: 'Ada Moreno' }, { name: 'Priya Raman' }, { type: 'group', name: 'Product' }],
      update: [],
    });
    expect(await write('set_restrictions').settle(await ada(), proposal)).toMatchObject({ kind: 'applied' });
    const { verification: undone } = await undo(await ada(), proposal, outcome);
    expect(undone.ok).toBe(true);
    expect(await seen(await ben(), guidelines)).toBe(true);
  });

  test('add, remove and clear; lists that differ come back as they were', async () => {
    const one = await preview(await ada(), 'set_restrictions', {
      id: guidelines,
      mode: 'replace',
      users: ['me'],
    });
    const first = await apply(await ada(), one);
    const more = await preview(await ada(), 'set_restrictions', {
      id: guidelines,
      mode: 'add',
      operation: 'read',
      groups: ['Engineering'],
    });
    await apply(await ada(), more);
    const cleared = await preview(await ada(), 'set_restrictions', { id: guidelines, mode: 'clear' });
    expect(cleared.title).toMatch(/^Open "API Guidelines"/);
    const done = await apply(await ada(), cleared);
    const restored = await undo(await ada(), cleared, done.outcome);
    expect(restored.verification.ok).toBe(true);
    expect((await read(await ada(), 'get_restrictions', { id: guidelines })).data).toMatchObject({
      read: [{ name: 'Ada Moreno' }, { name: 'Engineering' }],
      update: [{ name: 'Ada Moreno' }],
    });
    const taken = await preview(await ada(), 'set_restrictions', {
      id: guidelines,
      mode: 'remove',
      groups: ['Engineering'],
    });
    await apply(await ada(), taken);
    expect(
      (
        await preview(await ada(), 'set_restrictions', { id: guidelines, mode: 'remove', users: ['me'] })
      ).warnings.find((warning) => warning.code === 'opens_page'),
    ).toMatchObject({ mustConfirm: true });
    // A colleague has changed the list meanwhile: what is taken back first is shown again.
    expect((await write('set_restrictions').rebase(await ada(), one)).kind).toBe('conflict');
    await undo(await ada(), one, first.outcome);
    expect(await seen(await ben(), guidelines)).toBe(true);
    expect(await tried(await ada(), 'set_restrictions', { id: guidelines, mode: 'clear' })).toMatchObject({
      noChange: true,
    });
  });

  test('nobody locks themselves out; who may not edit is refused by Confluence', async () => {
    await expect(
      preview(await ada(), 'set_restrictions', { id: guidelines, mode: 'replace', users: ['Ben Okafor'] }),
    ).rejects.toMatchObject({ code: 'not_possible', message: expect.stringContaining('lock you out') });
    await expect(
      preview(await ada(), 'set_restrictions', { id: guidelines, mode: 'add', users: ['Ben Okafor'] }),
    ).rejects.toMatchObject({ code: 'invalid_input' });
    const byBen = await preview(await ben(), 'set_restrictions', {
      id: 'CLI:Client Docs Home',
      mode: 'replace',
      operation: 'update',
      users: ['me'],
    });
    await expect(apply(await ben(), byBen)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(
      preview(await engOnly(), 'set_restrictions', { id: 'HR:HR Home', mode: 'clear' }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });

  test('get_restrictions names the page above that limits a page', async () => {
    const above = await preview(await ada(), 'set_restrictions', {
      id: guidelines,
      mode: 'replace',
      operation: 'read',
      groups: ['Product'],
    });
    const { outcome } = await apply(await ada(), above);
    const children = await read(await ada(), 'list_children', { id: guidelines });
    const child = (children.data.items as { id: string }[])[0];
    if (child !== undefined)
      expect(
        (await read(await ada(), 'get_restrictions', { id: child.id, inherited: true })).data,
      ).toMatchObject({
        read: [],
        inherited: [{ title: 'API Guidelines', read: [{ name: 'Product' }] }],
      });
    await undo(await ada(), above, outcome);
  });
});

describe('check_permission', () => {
  test('for me, for a person, for a group, for a space', async () => {
    const mine = await read(await ada(), 'check_permission', { id: guidelines, operation: 'update' });
    expect(mine.data).toMatchObject({ allowed: true, content_type: 'page' });
    const john = await read(await ada(), 'check_permission', { id: guidelines, user: 'John Smith' });
    expect(john.data.operations).toEqual([
      { operation: 'read', target: 'page', allowed: true },
      { operation: 'update', target: 'page', allowed: true },
      { operation: 'delete', target: 'page', allowed: true },
    ]);
    const group = await read(await ada(), 'check_permission', {
      id: 'HR:HR Home',
      group: 'Marketing',
      operation: 'read',
    });
    expect(group.data).toMatchObject({ allowed: false, subject: { type: 'group', name: 'Marketing' } });
    const space = await read(await ben(), 'check_permission', { id: 'CLI', content_type: 'space' });
    expect(space.text).toContain('You may: view ');
    expect(
      (await read(await ada(), 'check_permission', { id: 'CLI', content_type: 'space', operation: 'create' }))
        .data,
    ).toMatchObject({ allowed: true });
  });

  test('others are for admins; a space of others and "create" cannot be checked; limits hold', async () => {
    await expect(
      read(await ben(), 'check_permission', { id: guidelines, user: 'John Smith' }),
    ).rejects.toMatchObject({ code: 'forbidden' });
    await expect(
      read(await ada(), 'check_permission', { id: 'CLI', content_type: 'space', user: 'John Smith' }),
    ).rejects.toMatchObject({ code: 'not_possible' });
    await expect(
      read(await ada(), 'check_permission', { id: guidelines, user: 'John Smith', operation: 'create' }),
    ).rejects.toMatchObject({ code: 'not_possible' });
    await expect(read(await engOnly(), 'check_permission', { id: 'HR:HR Home' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('space access', () => {
  test('list, with roles and members', async () => {
    const list = await read(await ada(), 'list_space_permissions', {
      space: 'HR',
      roles: true,
      members: true,
    });
    expect(list.data).toMatchObject({ mode: 'roles' });
    const items = list.data.items as { name: string; may: string; members?: { name: string }[] }[];
    expect(items.map((one) => `${one.name}: ${one.may}`)).toEqual(
      expect.arrayContaining(['Ada Moreno: Admin', 'Jane Doe: Admin', 'HR: Collaborator']),
    );
    expect(items.find((one) => one.name === 'HR')?.members?.map((one) => one.name)).toEqual(
      expect.arrayContaining(['Jane Doe', 'Grace Adeyemi', 'Janet Doherty']),
    );
    expect(list.text).toContain('- Viewer · id ');
    const first = await read(await ada(), 'list_space_permissions', { space: 'HR', limit: 1 });
    expect(first.data).toMatchObject({ has_more: true, cursor: '1' });
    await expect(read(await ben(), 'list_space_permissions', { space: 'HR' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('give a role, effect at once, change it, undo to the role before, remove', async () => {
    expect(await seen(await ben(), 'HR:HR Home')).toBe(false);
    const proposal = await preview(await ada(), 'add_space_permission', {
      space: 'HR',
      user: 'Ben Okafor',
      role: 'read-only',
    });
    expect(proposal.title).toBe('Give Ben Okafor the role Viewer in the space "HR"');
    const given = await apply(await ada(), proposal);
    expect(given.verification.ok).toBe(true);
    expect(await seen(await ben(), 'HR:HR Home')).toBe(true);
    expect(
      (await read(await ben(), 'check_permission', { id: 'HR:HR Home', operation: 'update' })).data.allowed,
    ).toBe(false);
    const raised = await preview(await ada(), 'add_space_permission', {
      space: 'HR',
      user: 'Ben Okafor',
      role: 'Collaborator',
    });
    const up = await apply(await ada(), raised);
    await undo(await ada(), raised, up.outcome);
    expect(
      (await read(await ben(), 'check_permission', { id: 'HR:HR Home', operation: 'update' })).data.allowed,
    ).toBe(false);
    expect(
      await tried(await ada(), 'add_space_permission', { space: 'HR', user: 'Ben Okafor', role: 'Viewer' }),
    ).toMatchObject({ noChange: true });
    const gone = await preview(await ada(), 'remove_space_permission', { space: 'HR', user: 'Ben Okafor' });
    const removed = await apply(await ada(), gone);
    expect(await seen(await ben(), 'HR:HR Home')).toBe(false);
    await undo(await ada(), gone, removed.outcome);
    expect(await seen(await ben(), 'HR:HR Home')).toBe(true);
    await undo(await ada(), proposal, given.outcome);
    expect(await seen(await ben(), 'HR:HR Home')).toBe(false);
    expect(
      await tried(await ada(), 'remove_space_permission', { space: 'HR', user: 'Ben Okafor' }),
    ).toMatchObject({ noChange: true, text: expect.stringContaining('may come from a group') });
  });

  test('the last admin stays; unknown roles are named; others than admins are refused', async () => {
    const made = await preview(await ada(), 'create_space', { name: 'Lonely', private: true });
    await apply(await ada(), made);
    for (const input of [{ space: 'LONELY', user: 'me' }])
      await expect(preview(await ada(), 'remove_space_permission', input)).rejects.toMatchObject({
        code: 'not_possible',
        message: expect.stringContaining('last admin'),
      });
    await expect(
      preview(await ada(), 'add_space_permission', { space: 'LONELY', user: 'me', role: 'Viewer' }),
    ).rejects.toMatchObject({ code: 'not_possible' });
    await expect(
      preview(await ada(), 'add_space_permission', { space: 'ENG', user: 'Jane Doe', role: 'King' }),
    ).rejects.toMatchObject({ code: 'not_found', message: expect.stringContaining('Viewer') });
    await expect(
      preview(await ada(), 'add_space_permission', {
        space: 'ENG',
        user: 'Jane Doe',
        permission: 'read space',
      }),
    ).rejects.toMatchObject({ code: 'invalid_input' });
    await expect(
      preview(await ben(), 'add_space_permission', { space: 'ENG', user: 'Jane Doe', role: 'Viewer' }),
    ).rejects.toMatchObject({ code: 'forbidden' });
    await expect(
      preview(await engOnly(), 'add_space_permission', { space: 'HR', user: 'Jane Doe', role: 'Viewer' }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });
});

/** Halden Labs has no space roles. */
async function labs(): Promise<Context> {
  const ctx = await contextFor(site);
  const url = `${site.sandbox.url}/labs`;
  const home = { id: 'c1a7e0de-5f3b-4c55-9a44-0a1de2b0c002', name: 'Halden Labs', url };
  const header = `Basic ${btoa('ada@halden.example:sandbox-token-ada')}`;
  return {
    ...ctx,
    connection: { ...ctx.connection, site: home },
    confluence: createConfluence({
      apiUrl: url,
      site: home,
      via: 'site',
      credentials: async () => ({ header, scopes: null }),
    }),
  };
}

describe('a site without roles', () => {
  test('single permissions are given and taken back; what apps may not do is said before a card', async () => {
    const spaces = (await read(await labs(), 'list_spaces', { type: 'global' })).data.items as {
      key: string;
    }[];
    const key = String(spaces[0]?.key);
    expect((await read(await labs(), 'list_space_permissions', { space: key })).data.mode).toBe('classic');
    const audit = await read(await labs(), 'audit_space_access', { spaces: ['LAB'], pages: false });
    expect((audit.data.spaces as unknown[])[0]).toMatchObject({ anonymous: true, everyone: false });
    const input = { space: key, group: 'Researchers', permission: 'administer space' };
    await expect(preview(await labs(), 'add_space_permission', input)).rejects.toMatchObject({
      code: 'invalid_input',
    });
    const reading = await preview(await labs(), 'add_space_permission', {
      space: key,
      group: 'Researchers',
      role: 'viewer',
    });
    const first = await apply(await labs(), reading);
    expect(first.verification.ok).toBe(true);
    const more = await preview(await labs(), 'add_space_permission', input);
    const second = await apply(await labs(), more);
    await undo(await labs(), more, second.outcome);
    await undo(await labs(), reading, first.outcome);
    const app = await labs();
    await expect(
      preview({ ...app, connection: { ...app.connection, mode: 'oauth' } }, 'add_space_permission', input),
    ).rejects.toMatchObject({ code: 'not_possible', next: expect.stringContaining('API token') });
  });
});

describe('audit_space_access', () => {
  test('A27: people, groups expanded, anonymous, guests, limited pages, and what the API cannot tell', async () => {
    const audit = await read(await ada(), 'audit_space_access', { spaces: ['the HR space'] });
    const found = (audit.data.spaces as Record<string, unknown>[])[0];
    expect(found).toMatchObject({
      space: { key: 'HR' },
      everyone: false,
      anonymous: false,
      guests: [],
      completeness: { complete: true },
    });
    const names = ((found?.people ?? []) as { name: string }[]).map((one) => one.name);
    expect(names).toEqual(
      expect.arrayContaining(['Ada Moreno', 'Jane Doe', 'Grace Adeyemi', 'Janet Doherty']),
    );
    expect(names).not.toContain('Ben Okafor');
    expect(found?.pages).toEqual(
      expect.arrayContaining([expect.objectContaining({ id: expect.any(String) })]),
    );
    expect(audit.text).toContain('Who really opened');
    expect(audit.text).toContain('Anonymous visitors: no');
    await expect(read(await ben(), 'audit_space_access', { spaces: ['HR'] })).rejects.toMatchObject({
      code: 'not_found',
      message: expect.stringContaining('you cannot audit it'),
    });
    await expect(read(await engOnly(), 'audit_space_access', { spaces: ['HR'] })).rejects.toMatchObject({
      code: 'not_found',
    });
    const open = await read(await ada(), 'audit_space_access', {
      spaces: ['CLI'],
      members: false,
      pages: false,
    });
    expect((open.data.spaces as unknown[])[0]).toMatchObject({ everyone: true, guests: null });
  });
});

describe('remove_user_access', () => {
  test('lists groups, spaces and restrictions, writes nothing; limits hold', async () => {
    const given = await preview(await ada(), 'add_space_permission', {
      space: 'HR',
      user: 'John Smith',
      role: 'Viewer',
    });
    await apply(await ada(), given);
    const limited = await preview(await ada(), 'set_restrictions', {
      id: 'HR:HR Home',
      mode: 'replace',
      operation: 'read',
      users: ['me', 'John Smith'],
    });
    await apply(await ada(), limited);
    const list = await plan(await ada(), 'remove_user_access', {
      user: 'John Smith',
      spaces: ['HR'],
      restrictions: true,
      transfer_pages_to: 'Ada Moreno',
    });
    expect(list.items.map((item) => item.operation)).toEqual([
      'set_restrictions',
      'remove_space_permission',
      'remove_user_from_group',
      'remove_user_from_group',
    ]);
    expect(list.text).toContain('admin.atlassian.com');
    expect(list.data).toMatchObject({ written: false, completeness: { complete: true } });
    const groups = await read(await ada(), 'list_user_groups', { user: 'John Smith' });
    expect((groups.data.items as { name: string }[]).map((one) => one.name)).toEqual([
      'Contractors',
      'confluence-users',
    ]);
    for (const item of list.items)
      expect(await preview(await ada(), item.operation, item.input)).toBeTruthy();
    await expect(plan(await engOnly(), 'remove_user_access', { user: 'John Smith' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    const everywhere = await plan(await ada(), 'remove_user_access', { user: 'Zoe Martin', groups: false });
    expect(everywhere.items).toEqual([]);
  });
});

describe('watchers', () => {
  test('list, watch, undo; for others as admin; labels', async () => {
    const space = await read(await ada(), 'list_watchers', { of: 'space', id: 'HR' });
    expect((space.data.items as { name: string }[]).map((one) => one.name)).toEqual(['Jane Doe']);
    expect(space.data.watching).toBe(false);
    for (const input of [
      { of: 'page', id: guidelines },
      { of: 'space', id: 'ENG' },
      { of: 'label', id: 'policy' },
    ]) {
      const now = (await read(await ben(), 'list_watchers', { ...input, me: true })).data.watching;
      expect(now).toBe(false);
      const proposal = await preview(await ben(), 'add_watcher', input);
      const { outcome, verification } = await apply(await ben(), proposal);
      expect(verification.ok).toBe(true);
      expect((await read(await ben(), 'list_watchers', input)).data.watching).toBe(true);
      expect(await tried(await ben(), 'add_watcher', input)).toMatchObject({ noChange: true });
      await undo(await ben(), proposal, outcome);
      expect(await tried(await ben(), 'remove_watcher', input)).toMatchObject({ noChange: true });
    }
    const forJohn = await preview(await ada(), 'add_watcher', {
      of: 'page',
      id: guidelines,
      user: 'John Smith',
    });
    expect(forJohn.title).toBe('Watch the page "API Guidelines" for John Smith');
    await apply(await ada(), forJohn);
    const watchers = await read(await ada(), 'list_watchers', { of: 'page', id: guidelines });
    expect((watchers.data.items as { name: string }[]).map((one) => one.name)).toContain('John Smith');
    await expect(
      preview(await ben(), 'add_watcher', { of: 'page', id: guidelines, user: 'Jane Doe' }),
    ).rejects.toMatchObject({ code: 'forbidden' });
    await expect(
      preview(await engOnly(), 'add_watcher', { of: 'label', id: 'policy' }),
    ).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(preview(await engOnly(), 'add_watcher', { of: 'space', id: 'HR' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('anonymous visitors', async () => {
    expect((await read(await ada(), 'get_anonymous_user', {})).data).toMatchObject({
      type: 'anonymous',
      display_name: 'Anonymous',
    });
  });
});
