import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startTracker, type Tracker } from '../../e2e/fakes/tracker.ts';
import { type Stage, setStage } from '../../scripts/stage.ts';

process.env.CONFAB_TOOLKITS_INSIDE = '1';

let stage: Stage;
let tracker: Tracker;
let toolkits: typeof import('./index.ts');
let id: string;

const signal = AbortSignal.timeout(60_000);

function toolkit() {
  const found = toolkits.toolkitBySlug('tracker');
  if (found === null) throw new Error('no toolkit');
  return found;
}

/** Does what a browser would: opens the consent page, presses a button, and gives where it is sent back to. */
async function consent(as: 'ada' | 'ben' | null, user = stage.ada): Promise<URLSearchParams> {
  const page = new URL(
    await toolkits.beginToolkitAuthorization({ userId: user.id, toolkit: toolkit(), returnTo: '/c/1' }),
  );
  expect(page.searchParams.get('code_challenge_method')).toBe('S256');
  expect(page.searchParams.get('resource')).toBe(tracker.url);
  page.searchParams.set(as === null ? 'declined' : 'as', as ?? '1');
  const answer = await fetch(page, { redirect: 'manual' });
  return new URL(answer.headers.get('location') ?? '').searchParams;
}

async function connect(): Promise<void> {
  await toolkits.completeToolkitAuthorization({ userId: stage.ada.id, query: await consent('ada') });
}

const read = () =>
  toolkits.readWithTool('tracker__search_issues', { query: 'x' }, { user: stage.ada, signal });

beforeAll(async () => {
  stage = await setStage();
  toolkits = await import('./index.ts');
  tracker = await startTracker('oauth');
  id = await toolkits.addToolkit(
    stage.ada,
    { name: 'Tracker', url: tracker.url, auth: 'oauth', header_name: 'Authorization' },
    [],
  );
  await connect();
  await toolkits.checkToolkit(stage.ada, id, signal);
  const [tool] =
    (await toolkits.toolkitViews())[0]?.tools.filter(({ name }) => name === 'search_issues') ?? [];
  if (tool === undefined) throw new Error('no tool');
  await toolkits.decideTool(stage.ada, id, {
    name: tool.name,
    fingerprint: tool.fingerprint,
    seen: null,
    decision: 'read',
  });
});
afterAll(async () => {
  tracker.close();
  await stage.close();
});
beforeEach(() => {
  tracker.reset();
  tracker.oauth.seen.length = 0;
});

test('a person signs in, and acts as who they are there; nobody else’s access is used', async () => {
  await connect();
  expect((await read()).text).toContain('asked by ada');
  expect(tracker.oauth.seen[0]?.body).toMatchObject({
    grant_type: 'authorization_code',
    resource: tracker.url,
  });
  const [own] = await toolkits.ownToolkitViews(stage.ada.id);
  expect(own?.standing).toBe('connected');
  expect((await toolkits.ownToolkitViews(stage.ben.id))[0]?.standing).toBe('not_connected');
  await expect(
    toolkits.readWithTool('tracker__search_issues', { query: 'x' }, { user: stage.ben, signal }),
  ).rejects.toMatchObject({ code: 'needs_connection' });
});

test('what is kept is sealed and opens for its person only', async () => {
  await connect();
  const { database, toolkitCredential, replaceToolkitCredential } = await import('#db');
  const row = await toolkitCredential(await database(), id, stage.ada.id);
  if (row === null) throw new Error('nothing kept');
  expect(row.secret).toMatch(/^v1\./);
  await replaceToolkitCredential(await database(), { ...row, id: 'tkc_stolen', user_id: stage.ben.id });
  await expect(
    toolkits.readWithTool('tracker__search_issues', { query: 'x' }, { user: stage.ben, signal }),
  ).rejects.toMatchObject({ code: 'internal' });
  await toolkits.disconnectToolkit(stage.ben.id, 'tracker');
});

test('an answer is taken once, from the one who set out, and from the server that was asked', async () => {
  const query = await consent('ada');
  const complete = (given: URLSearchParams, user = stage.ada) =>
    toolkits.completeToolkitAuthorization({ userId: user.id, query: given });
  await expect(complete(query, stage.ben)).rejects.toMatchObject({ code: 'conflict' });
  // Used up by the one it did not belong to.
  await expect(complete(query)).rejects.toMatchObject({ code: 'conflict' });
  const mixed = await consent('ada');
  mixed.set('iss', 'https://elsewhere.example');
  await expect(complete(mixed)).rejects.toMatchObject({ code: 'conflict' });
  const silent = await consent('ada');
  silent.delete('iss');
  await expect(complete(silent)).rejects.toMatchObject({ code: 'conflict' });
  expect(await complete(await consent(null))).toMatchObject({ declined: true, returnTo: '/c/1' });
  await expect(complete(new URLSearchParams({ state: 'made up', code: 'x' }))).rejects.toMatchObject({
    code: 'conflict',
  });
});

test('an access that is over is renewed once for all who ask, and ended when that is refused', async () => {
  await connect();
  tracker.oauth.expire(false);
  const answers = await Promise.all([read(), read(), read()]);
  expect(answers.every(({ text }) => text.includes('asked by ada'))).toBe(true);
  const refreshes = tracker.oauth.seen.filter(({ body }) => body.grant_type === 'refresh_token');
  expect(refreshes).toHaveLength(1);
  tracker.oauth.expire(true);
  await expect(read()).rejects.toMatchObject({ code: 'reconnect', data: { toolkit: { slug: 'tracker' } } });
  expect((await toolkits.ownToolkitViews(stage.ada.id))[0]?.standing).toBe('expired');
});

test('an access that is about to end is renewed before it is used', async () => {
  tracker.oauth.live(5);
  await connect();
  tracker.oauth.live(3600);
  tracker.oauth.seen.length = 0;
  await read();
  await read();
  expect(tracker.oauth.seen.map(({ body }) => body.grant_type)).toEqual(['refresh_token']);
});

test('a client registered by hand belongs to the sign-in server that was there first', async () => {
  const by = await toolkits.addToolkit(
    stage.ada,
    {
      name: 'By hand',
      url: tracker.url,
      auth: 'oauth',
      header_name: 'Authorization',
      client_id: 'ours',
      client_secret: 'hush',
    },
    [],
  );
  const found = toolkits.toolkitBySlug('by_hand');
  if (found === null) throw new Error('not added');
  const begin = () =>
    toolkits.beginToolkitAuthorization({ userId: stage.ada.id, toolkit: found, returnTo: '/' });
  const thief = await startTracker('oauth');
  try {
    expect(new URL(await begin()).origin).toBe(tracker.origin);
    const { allToolkits, database } = await import('#db');
    const kept = (await allToolkits(await database())).find((row) => row.id === by)?.client ?? '';
    const { open } = await import('./vault.ts');
    expect(open(['toolkit_client', by], kept)).toMatchObject({
      client_id: 'ours',
      client_secret: 'hush',
      issuer: tracker.origin,
    });
    // Begun while the sign-in was where it belongs, it ends there too.
    const begun = new URL(await begin()).searchParams.get('state') ?? '';
    tracker.oauth.moveTo(thief.origin);
    await expect(begin()).rejects.toMatchObject({
      code: 'toolkit_rejected',
      message: expect.stringContaining('another sign-in server'),
      next: expect.stringContaining('admin'),
    });
    const query = new URLSearchParams({ state: begun, code: 'x', iss: tracker.origin });
    await expect(
      toolkits.completeToolkitAuthorization({ userId: stage.ada.id, query }),
    ).rejects.toMatchObject({ code: 'toolkit_rejected' });
    expect(thief.oauth.seen).toEqual([]);
    expect(thief.requests.map(({ path }) => path)).not.toContain('/token');
    tracker.oauth.moveTo(null);
    expect(new URL(await begin()).origin).toBe(tracker.origin);
  } finally {
    tracker.oauth.moveTo(null);
    thief.close();
    await toolkits.removeToolkit(stage.ada, by);
  }
});

test('a person sees and takes back their access to a toolkit that is switched off', async () => {
  await connect();
  await toolkits.switchToolkit(stage.ada, id, false);
  try {
    expect(await toolkits.ownToolkitViews(stage.ada.id)).toMatchObject([
      { slug: 'tracker', standing: 'switched_off', tools: [] },
    ]);
    expect(await toolkits.ownToolkitViews(stage.ben.id)).toEqual([]);
    await expect(toolkits.disconnectToolkit(stage.ben.id, 'tracker')).rejects.toMatchObject({
      code: 'not_found',
    });
    await toolkits.disconnectToolkit(stage.ada.id, 'tracker');
    expect(await toolkits.ownToolkitViews(stage.ada.id)).toEqual([]);
  } finally {
    await toolkits.switchToolkit(stage.ada, id, true);
  }
  expect((await toolkits.ownToolkitViews(stage.ada.id))[0]?.standing).toBe('not_connected');
});
