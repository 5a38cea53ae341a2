import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { closeDatabase, database } from '#db';
import { env } from '#env';
import {
  acceptInvite,
  createFirstAdmin,
  createInvite,
  demoPeople,
  disablePerson,
  findOrCreateAtlassianUser,
  firstAdminToken,
  issueTicket,
  listSessions,
  revokeSession,
} from '#lib/auth';
import { authHandler, authOptions } from './next-auth.ts';
import { readSession, startSession } from './sessions.ts';
import { bindingOf, redeemTicket } from './tickets.ts';

const settings = env();
const password = 'correct horse battery';

beforeEach(async () => {
  const db = await database();
  await db.deleteFrom('users').execute();
  await db.deleteFrom('invites').execute();
  settings.publicUrl = 'http://localhost:3000';
  settings.confluence = 'sandbox';
});
afterAll(closeDatabase);

const outside = () => {
  settings.publicUrl = 'https://confab.example';
};

function authorize(provider: string, fields: Record<string, string>, headers: Record<string, string> = {}) {
  const found = authOptions().providers.find((candidate) => candidate.id === provider);
  if (found?.type !== 'credentials') throw new Error(`no provider ${provider}`);
  return found.authorize(fields, { headers, query: {}, body: {}, method: 'POST' });
}

async function sessionOf(token: Record<string, unknown>) {
  const { callbacks } = authOptions();
  return callbacks?.session?.({
    session: { expires: '' },
    token,
  } as unknown as Parameters<NonNullable<typeof callbacks.session>>[0]);
}

async function signedIn(userId: string) {
  return { sub: userId, sid: await startSession(userId, 'Test') };
}

test('the practice people exist on loopback only, once', async () => {
  const [first, again] = await Promise.all([demoPeople(), demoPeople()]);
  expect(first.map(({ name, role, demo }) => [name, role, demo])).toEqual([
    ['Ada Moreno', 'admin', true],
    ['Ben Okafor', 'member', true],
  ]);
  expect(again.map(({ id }) => id)).toEqual(first.map(({ id }) => id));
  expect(await authorize('demo', { person: 'ada' })).toMatchObject({ id: first[0]?.id });
  expect(await authorize('demo', { person: 'eve' })).toBeNull();
  const token = await signedIn(first[0]?.id ?? '');
  outside();
  expect(await demoPeople()).toEqual([]);
  expect(await authorize('demo', { person: 'ada' })).toBeNull();
  expect(await readSession(token.sid)).toBeNull();
});

test('the first admin needs the token from the console, once; a new start voids the old token', async () => {
  expect(await firstAdminToken()).toBeNull();
  await demoPeople();
  outside();
  const old = await firstAdminToken();
  const token = await firstAdminToken();
  const person = { name: 'Root', email: 'root@example.org', password };
  await expect(createFirstAdmin({ ...person, token: old ?? '' })).rejects.toMatchObject({
    code: 'forbidden',
  });
  const results = await Promise.allSettled([
    createFirstAdmin({ ...person, token: token ?? '' }),
    createFirstAdmin({ ...person, email: 'second@example.org', token: token ?? '' }),
  ]);
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await firstAdminToken()).toBeNull();
});

test('an invitation makes one person with its role, and nobody afterwards', async () => {
  outside();
  const admin = await createFirstAdmin({
    token: (await firstAdminToken()) ?? '',
    name: 'Root',
    email: 'root@example.org',
    password,
  });
  const invite = await createInvite(admin, { role: 'member', expires_in_days: 7 });
  const token = invite.link.replace('https://confab.example/invite/', '');
  const member = await acceptInvite({ token, name: 'Mia', email: 'mia@example.org', password });
  expect(member.role).toBe('member');
  await expect(acceptInvite({ token, name: 'X', email: 'x@example.org', password })).rejects.toMatchObject({
    code: 'forbidden',
  });
  await expect(createInvite(member, { role: 'admin', expires_in_days: 1 })).rejects.toMatchObject({
    code: 'forbidden',
  });
  expect(await authorize('password', { email: ' MIA@example.org', password })).toMatchObject({
    id: member.id,
  });
  const session = await signedIn(member.id);
  await disablePerson(admin, member.id);
  expect(await readSession(session.sid)).toBeNull();
  expect(await authorize('password', { email: 'mia@example.org', password })).toBeNull();
  const file = readFileSync(join(settings.dataDir, 'confab.sqlite-wal'), 'latin1');
  expect(file).toContain('mia@example.org');
  expect(file).not.toContain(token);
  expect(file).not.toContain(password);
});

test('ten wrong passwords lock the email for fifteen minutes, wherever they come from', async () => {
  await demoPeople();
  vi.useFakeTimers({ toFake: ['Date'] });
  try {
    for (let index = 0; index < 10; index += 1) {
      const from = { 'x-forwarded-for': `10.0.0.${index}` };
      expect(
        await authorize('password', { email: 'ada@halden.example', password: 'wrong' }, from),
      ).toBeNull();
    }
    const next = () =>
      authorize(
        'password',
        { email: 'Ada@halden.example', password: 'wrong' },
        { 'x-forwarded-for': '10.9.9.9' },
      );
    await expect(next()).rejects.toThrow('TooManyAttempts');
    vi.advanceTimersByTime(15 * 60 * 1000 + 1000);
    expect(await next()).toBeNull();
  } finally {
    vi.useRealTimers();
  }
});

test('a revoked session is out at once; others stay', async () => {
  const [ada, ben] = await demoPeople();
  const [one, two] = [await signedIn(ada?.id ?? ''), await signedIn(ada?.id ?? '')];
  expect(await sessionOf(one)).toMatchObject({ user: { name: 'Ada Moreno', role: 'admin' }, sid: one.sid });
  const listed = await listSessions(ada?.id ?? '', two.sid);
  expect(listed.map(({ id, current }) => [id, current]).toSorted()).toEqual(
    [
      [one.sid, false],
      [two.sid, true],
    ].toSorted(),
  );
  await expect(revokeSession(ben?.id ?? '', one.sid)).rejects.toMatchObject({ code: 'not_found' });
  await revokeSession(ada?.id ?? '', one.sid);
  await expect(sessionOf(one)).rejects.toThrow();
  expect(await readSession(two.sid)).not.toBeNull();
  await expect(sessionOf({ sub: ben?.id, sid: two.sid })).rejects.toThrow();
  await authOptions().events?.signOut?.({ token: two, session: undefined } as never);
  expect(await readSession(two.sid)).toBeNull();
});

test('a session slides with use and ends after thirty days without', async () => {
  const [ada] = await demoPeople();
  const { sid } = await signedIn(ada?.id ?? '');
  const day = 24 * 3600 * 1000;
  vi.useFakeTimers({ toFake: ['Date'] });
  try {
    vi.advanceTimersByTime(29 * day);
    expect(await readSession(sid)).not.toBeNull();
    vi.advanceTimersByTime(29 * day);
    expect(await readSession(sid)).not.toBeNull();
    vi.advanceTimersByTime(31 * day);
    expect(await readSession(sid)).toBeNull();
  } finally {
    vi.useRealTimers();
  }
});

test('a ticket signs in once, within two minutes', async () => {
  const [ada] = await demoPeople();
  const { ticket, cookie } = await issueTicket(ada?.id ?? '');
  const binding = bindingOf(cookie);
  const redeem = () => redeemTicket(ticket, binding);
  const used = await Promise.all([redeem(), redeem(), redeem()]);
  expect(used.filter((user) => user !== null)).toHaveLength(1);
  const late = await issueTicket(ada?.id ?? '');
  vi.useFakeTimers({ toFake: ['Date'] });
  try {
    vi.advanceTimersByTime(121_000);
    expect(await authorize('ticket', { ticket: late.ticket }, { cookie: late.cookie })).toBeNull();
  } finally {
    vi.useRealTimers();
  }
});

test('a ticket signs in only the browser that it was made for', async () => {
  const [ada] = await demoPeople();
  const { ticket, cookie } = await issueTicket(ada?.id ?? '');
  expect(cookie).toMatch(/; Path=\/api\/auth; HttpOnly; SameSite=Lax; Max-Age=120$/);
  const other = await issueTicket(ada?.id ?? '');
  expect(await authorize('ticket', { ticket })).toBeNull();
  expect(await authorize('ticket', { ticket }, { cookie: other.cookie })).toBeNull();
  expect(await authorize('ticket', { ticket }, { cookie: `a=b; ${cookie}` })).toMatchObject({ id: ada?.id });
});

test('signing in and out is refused to pages of other sites', async () => {
  const foreign: [string, string][] = [
    ['origin', 'http://evil.example'],
    ['origin', 'null'],
    ['sec-fetch-site', 'cross-site'],
  ];
  for (const header of foreign) {
    const request = new Request('http://localhost:3000/api/auth/callback/demo', {
      method: 'POST',
      headers: [header, ['content-type', 'application/x-www-form-urlencoded']],
      body: 'person=ada',
    });
    const context = { params: Promise.resolve({ nextauth: ['callback', 'demo'] }) };
    expect((await authHandler(request, context)).status).toBe(403);
  }
});

test('an Atlassian account opens only where it belongs', async () => {
  const [ada] = await demoPeople();
  const inSandbox = await findOrCreateAtlassianUser({
    accountId: 'acc-ada',
    name: 'Ada',
    email: 'ada@halden.example',
  });
  expect(inSandbox.id).toBe(ada?.id);
  settings.confluence = 'atlassian';
  const stranger = { accountId: 'acc-eve', name: 'Eve', email: 'eve@example.net', siteIds: ['site-9'] };
  await expect(findOrCreateAtlassianUser(stranger)).rejects.toThrow('no admin yet');
  const admin = await createFirstAdmin({
    token: (await firstAdminToken()) ?? '',
    name: 'Root',
    email: 'root@example.org',
    password,
  });
  await expect(findOrCreateAtlassianUser(stranger)).rejects.toMatchObject({ code: 'forbidden' });
  await expect(findOrCreateAtlassianUser({ ...stranger, email: 'Root@example.org' })).rejects.toThrow(
    'already a person',
  );
  await (await database())
    .insertInto('connections')
    .values({
      id: 'con_1',
      user_id: admin.id,
      mode: 'oauth',
      account_id: 'a',
      account_name: 'a',
      account_email: null,
      site_id: 'site-9',
      site_name: 'S',
      site_url: 'https://s.example',
      sites: '[]',
      scopes: '[]',
      secret: '',
      access_expires_at: null,
      status: 'active',
      created_at: 0,
      updated_at: 0,
    })
    .execute();
  expect(await findOrCreateAtlassianUser(stranger)).toMatchObject({ role: 'member', name: 'Eve' });
});
