import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type EnvSource, readEnv } from './env.ts';

const read = (source: EnvSource) => readEnv(source, null);

test('with nothing set: sandbox, demo model, port 3000', () => {
  const env = read({});
  expect(env).toMatchObject({
    port: 3000,
    publicUrl: 'http://localhost:3000',
    confluence: 'sandbox',
    model: { kind: 'demo' },
    sandbox: { port: 3001, publicUrl: 'http://localhost:3001' },
    atlassian: { authUrl: 'http://localhost:3001', apiUrl: 'http://localhost:3001' },
  });
});

test('the sandbox and the addresses follow PORT', () => {
  expect(read({ PORT: '4000' })).toMatchObject({
    publicUrl: 'http://localhost:4000',
    sandbox: { port: 4001 },
  });
});

test('the admin key is off unless it is switched on', () => {
  expect(read({}).adminKey).toBe(false);
  expect(read({ CONFAB_ADMIN_KEY: '1' }).adminKey).toBe(true);
});

test('an Atlassian app switches to Atlassian', () => {
  expect(read({ ATLASSIAN_CLIENT_ID: 'a', ATLASSIAN_CLIENT_SECRET: 'b' })).toMatchObject({
    confluence: 'atlassian',
    atlassian: { clientId: 'a', authUrl: 'https://auth.atlassian.com', apiUrl: 'https://api.atlassian.com' },
  });
});

test('the wire format follows the base URL', () => {
  const key = { OPENAI_API_KEY: 'k' };
  expect(read(key).model).toMatchObject({ api: 'responses', baseUrl: null });
  expect(read({ ...key, OPENAI_BASE_URL: 'http://127.0.0.1:1234/v1/' }).model).toMatchObject({
    api: 'chat',
    baseUrl: 'http://127.0.0.1:1234/v1',
  });
});

test('keys may do everything unless the operator says less', () => {
  expect(read({}).keyCeiling).toEqual({
    tiers: ['read', 'write', 'destructive'],
    tags: null,
    spaces: null,
    writes: 'trust',
    maxDays: null,
    headerOnly: false,
  });
  const less = read({
    CONFAB_KEY_TIERS: 'write, read',
    CONFAB_KEY_TAGS: 'pages search pages',
    CONFAB_KEY_SPACES: 'ENG,~ada,1001',
    CONFAB_KEY_WRITES: 'approve',
    CONFAB_KEY_MAX_DAYS: '30',
    CONFAB_KEY_HEADER_ONLY: '1',
  });
  expect(less.keyCeiling).toEqual({
    tiers: ['read', 'write'],
    tags: ['pages', 'search'],
    spaces: ['ENG', '~ada', '1001'],
    writes: 'approve',
    maxDays: 30,
    headerOnly: true,
  });
});

const wrong: [string, EnvSource][] = [
  ['CONFAB_KEY_TIERS', { CONFAB_KEY_TIERS: 'read, delete' }],
  ['CONFAB_KEY_TIERS', { CONFAB_KEY_TIERS: ',' }],
  ['CONFAB_KEY_TAGS', { CONFAB_KEY_TAGS: 'page' }],
  ['CONFAB_KEY_SPACES', { CONFAB_KEY_SPACES: 'space = ENG' }],
  ['CONFAB_KEY_WRITES', { CONFAB_KEY_WRITES: 'ask' }],
  ['CONFAB_KEY_MAX_DAYS', { CONFAB_KEY_MAX_DAYS: '0' }],
  ['CONFAB_KEY_MAX_DAYS', { CONFAB_KEY_MAX_DAYS: '30d' }],
  ['CONFAB_KEY_HEADER_ONLY', { CONFAB_KEY_HEADER_ONLY: 'yes' }],
  ['PORT', { PORT: 'http' }],
  ['PORT', { PORT: '70000' }],
  ['PUBLIC_URL', { PUBLIC_URL: 'confab.example.com' }],
  ['PUBLIC_URL', { PUBLIC_URL: 'ftp://x' }],
  ['CONFAB_SECRET', { CONFAB_SECRET: 'short' }],
  ['OPENAI_API', { OPENAI_API_KEY: 'k', OPENAI_API: 'grpc' }],
  ['OPENAI_BASE_URL', { OPENAI_BASE_URL: 'http://x' }],
  ['DATABASE_URL', { DATABASE_URL: 'postgres://x' }],
  ['CONFAB_CONFLUENCE', { CONFAB_CONFLUENCE: 'server' }],
  ['CONFAB_CONFLUENCE', { CONFAB_CONFLUENCE: 'atlassian' }],
  ['ATLASSIAN_CLIENT_SECRET', { ATLASSIAN_CLIENT_ID: 'a' }],
  ['CONFAB_SANDBOX_CONNECTED', { CONFAB_SANDBOX_CONNECTED: 'yes' }],
  ['CONFAB_ADMIN_KEY', { CONFAB_ADMIN_KEY: 'on' }],
  ['CONFAB_KEY_CALLS_PER_MINUTE', { CONFAB_KEY_CALLS_PER_MINUTE: '0' }],
];

test.each(wrong)('a wrong %s stops the start with one line that names it', (name, source) => {
  const message = () => read(source);
  expect(message).toThrow(name);
  try {
    message();
  } catch (error) {
    expect((error as Error).message).not.toContain('\n');
  }
});

test('.env.local wins over .env, the process over both', () => {
  const folder = mkdtempSync(join(tmpdir(), 'confab-env-'));
  writeFileSync(join(folder, '.env'), 'PORT=4100\nHOST=0.0.0.0\n');
  writeFileSync(join(folder, '.env.local'), 'PORT=4200\n');
  expect(readEnv({}, folder)).toMatchObject({ port: 4200, host: '0.0.0.0' });
  expect(readEnv({ PORT: '4300' }, folder).port).toBe(4300);
});
