import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeDatabase } from '#db';
import { demoPeople, listGrants, revokeGrant, type User } from '#lib/auth';
import {
  authorizeUrl,
  Browser,
  call,
  consent,
  Memory,
  pkce,
  register,
  startApp,
  type TestApp,
  tokenCall,
  tokensFor,
} from './oauth.fixture.ts';

let app: TestApp;
let origin: string;
let ada: User;

beforeAll(async () => {
  app = await startApp();
  origin = app.origin;
  [ada] = (await demoPeople()) as [User, User];
});
afterAll(async () => {
  app.server.closeAllConnections();
  app.server.close();
  await closeDatabase();
});

test('a client with nothing but the address: discovers, registers, is consented, lists and reads', async () => {
  const memory = new Memory();
  const first = new StreamableHTTPClientTransport(new URL(`${origin}/api/mcp`), { authProvider: memory });
  await expect(new Client({ name: 'c', version: '1' }).connect(first)).rejects.toThrow(/Unauthorized/);
  const asked = memory.opened;
  expect(asked?.searchParams.get('resource')).toBe(`${origin}/api/mcp`);
  expect(asked?.searchParams.get('code_challenge_method')).toBe('S256');
  const back = await consent(new Browser(), String(asked), ada, { spaces: ['ENG'] });
  expect(back.origin).toBe('http://127.0.0.1:43210');
  expect(back.searchParams.get('iss')).toBe(origin);
  await first.finishAuth(back.searchParams.get('code') ?? '');

  const client = new Client({ name: 'c', version: '1' });
  await client.connect(
    new StreamableHTTPClientTransport(new URL(`${origin}/api/mcp`), { authProvider: memory }),
  );
  const { tools } = await client.listTools();
  const names = tools.map(({ name }) => name);
  expect(names).toContain('read_page');
  expect(names).not.toContain('edit_page');
  expect(names).not.toContain('execute_write');
  const answer = await client.callTool({ name: 'read_page', arguments: { page: '42' } });
  expect(answer.isError).not.toBe(true);
  // The person declined writing: no second question, the tool is as unknown as any.
  await expect(client.callTool({ name: 'edit_page', arguments: {} })).rejects.toThrow(/Unknown tool/);
  await client.close();

  const [grant] = await listGrants(ada.id);
  expect(grant).toMatchObject({ name: 'Test client', config: { methods: ['read'], spaces: ['ENG'] } });
  expect(grant?.calls).toBeGreaterThan(0);
  const token = memory.kept?.access_token ?? '';
  expect((await call(origin, token)).status).toBe(200);
  await revokeGrant(ada.id, grant?.id ?? '');
  const after = await call(origin, token);
  expect(after.status).toBe(401);
  expect(after.challenge).toContain('error="invalid_token"');
  const refreshed = await tokenCall(origin, {
    grant_type: 'refresh_token',
    client_id: memory.client?.client_id ?? '',
    refresh_token: memory.kept?.refresh_token ?? '',
  });
  expect(refreshed).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
});

test('metadata: what clients need to begin, at both addresses, without what is switched off', async () => {
  const { challenge } = await call(origin, null);
  expect(challenge).toMatch(
    `resource_metadata="${origin}/.well-known/oauth-protected-resource/api/mcp", scope="confluence:read confluence:write"`,
  );
  for (const path of ['', '/api/mcp']) {
    const answer = await fetch(`${origin}/.well-known/oauth-protected-resource${path}`);
    expect(await answer.json()).toMatchObject({
      resource: `${origin}/api/mcp`,
      authorization_servers: [origin],
      bearer_methods_supported: ['header'],
    });
  }
  expect((await fetch(`${origin}/.well-known/oauth-protected-resource/other`)).status).toBe(404);
  for (const name of ['oauth-authorization-server', 'openid-configuration']) {
    const metadata = await (await fetch(`${origin}/.well-known/${name}`)).json();
    expect(metadata).toMatchObject({
      issuer: origin,
      authorization_endpoint: `${origin}/oauth/authorize`,
      token_endpoint: `${origin}/oauth/token`,
      registration_endpoint: `${origin}/oauth/register`,
      revocation_endpoint: `${origin}/oauth/revoke`,
      code_challenge_methods_supported: ['S256'],
      response_types_supported: ['code'],
      grant_types_supported: ['authorization_code', 'refresh_token'],
      authorization_response_iss_parameter_supported: true,
      client_id_metadata_document_supported: true,
    });
    expect(metadata.userinfo_endpoint ?? metadata.introspection_endpoint).toBeUndefined();
  }
});

test('nothing in the database opens anything: tokens, codes and client secrets are hashed or sealed', async () => {
  const { exchange, code } = await tokensFor(origin, ada);
  const { body } = await exchange();
  const secret = await register(origin, { token_endpoint_auth_method: 'client_secret_post' });
  expect(secret.body.client_secret).toBeTypeOf('string');
  const folder = process.env.DATA_DIR ?? '';
  const files = readdirSync(folder).filter((name) => name.startsWith('confab.sqlite'));
  const bytes = Buffer.concat(files.map((name) => readFileSync(join(folder, name)))).toString('latin1');
  expect(bytes).toContain('RefreshToken');
  for (const value of [code, body.access_token, body.refresh_token, String(secret.body.client_secret)]) {
    expect(value).toMatch(/^[\w-]{43,}$/);
    expect(bytes.includes(value as string)).toBe(false);
  }
});

test('a token lacks a scope the client never asked for: 403 with the scope; asked for and declined: hidden', async () => {
  const { exchange } = await tokensFor(origin, ada, { tiers: ['read'] }, { scope: 'confluence:read' });
  const { body } = await exchange();
  const refused = await call(origin, body.access_token ?? '', 'tools/call', {
    name: 'edit_page',
    arguments: {},
  });
  expect(refused.status).toBe(403);
  expect(refused.challenge).toContain('error="insufficient_scope"');
  expect(refused.challenge).toContain('scope="confluence:read confluence:write"');
  expect((await call(origin, body.access_token ?? '')).status).toBe(200);

  const declined = await (await tokensFor(origin, ada, { tiers: ['read'] })).exchange();
  const hidden = await call(origin, declined.body.access_token ?? '', 'tools/call', {
    name: 'edit_page',
    arguments: {},
  });
  const unknown = await call(origin, declined.body.access_token ?? '', 'tools/call', {
    name: 'no_such_tool',
    arguments: {},
  });
  expect(hidden.status).toBe(unknown.status);
  expect(hidden.text.replace('edit_page', 'no_such_tool')).toBe(unknown.text);
});

test('a write under a grant is proposed as under a key, and trusted only where the person chose that', async () => {
  for (const [writes, decided] of [
    ['approve', 0],
    ['trust', 1],
  ] as const) {
    const { body } = await (await tokensFor(origin, ada, { tiers: ['read', 'write'], writes })).exchange();
    const before = app.state.decided.length;
    const answer = await call(origin, body.access_token ?? '', 'tools/call', {
      name: 'create_page',
      arguments: { space: 'ENG', title: 'Plan' },
    });
    expect(answer.text).toContain('chg_1');
    expect(app.state.decided.length - before).toBe(decided);
  }
});

test('what names no scope of ours is asked about with the usual ones', async () => {
  for (const scope of [null, 'openid profile offline_access']) {
    const { exchange } = await tokensFor(origin, ada, { tiers: ['read', 'write'] }, { scope });
    expect((await exchange()).body.scope).toContain('confluence:read confluence:write');
  }
});

test('declined: the client learns it and nothing is kept', async () => {
  const before = (await listGrants(ada.id)).length;
  const { body } = await register(origin);
  const url = authorizeUrl(origin, {
    client_id: String(body.client_id),
    code_challenge: pkce().challenge,
  });
  const back = await consent(new Browser(), url, ada, 'deny');
  expect(back.searchParams.get('error')).toBe('access_denied');
  expect(back.searchParams.get('state')).toBe('st4te');
  expect(back.searchParams.get('code')).toBeNull();
  expect(await listGrants(ada.id)).toHaveLength(before);
});

test('revoking a grant ends what runs under it, at once', async () => {
  const { exchange } = await tokensFor(origin, ada);
  const token = (await exchange()).body.access_token ?? '';
  const before = app.asked.length;
  const running = call(origin, token, 'tools/call', {
    name: 'execute_read',
    arguments: { operation: 'slow_read' },
  });
  await expect.poll(() => app.asked.length).toBe(before + 1);
  const [grant] = await listGrants(ada.id);
  await revokeGrant(ada.id, grant?.id ?? '');
  expect((await running).text).toContain('it was revoked or has expired');
});
