import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from '../fixtures.ts';
import { type Key, makeKey } from '../mcp-client.ts';

const inspector = join(
  import.meta.dirname,
  'node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js',
);

type Ran = { code: number; out: string; told: string };

/** The command line of the MCP Inspector, without a browser and without a sign-in of its own. */
function inspect(key: Key, url: string, ...more: string[]): Promise<Ran> {
  const args = ['--cli', url, '--transport', 'http', '--header', `Authorization: Bearer ${key.key}`];
  return new Promise((done) => {
    execFile(
      process.execPath,
      [inspector, ...args, '--stored-auth-only', '--format', 'json', ...more],
      // It keeps what it is told under HOME.
      {
        encoding: 'utf8',
        maxBuffer: 16 * 1024 * 1024,
        env: { PATH: process.env.PATH, HOME: test.info().outputPath('home') },
      },
      (error, out, told) => done({ code: error === null ? 0 : Number(error.code), out, told }),
    );
  });
}

const resultOf = ({ out }: Ran): Record<string, unknown> => JSON.parse(out).result;
const namesIn = (list: unknown): string[] => (list as { name: string }[]).map(({ name }) => name);

for (const era of ['legacy', 'modern'] as const) {
  test(`the Inspector, ${era} protocol: tools, resources, prompts; its strict check finds nothing`, async ({
    ada: _,
    app,
    sandbox,
  }) => {
    const key = makeKey(app);
    const before = await sandbox.page('5543210');
    const ask = (...more: string[]) => inspect(key, key.url, '--protocol-era', era, ...more);

    const listed = await ask('--method', 'tools/list', '--strict');
    expect(listed).toMatchObject({ code: 0, told: '' });
    expect(namesIn(resultOf(listed).tools)).toContain('read_page');

    const args = JSON.stringify({ page: before.id });
    const read = await ask('--method', 'tools/call', '--tool-name', 'read_page', '--tool-args-json', args);
    expect(read.code).toBe(0);
    expect(JSON.stringify(resultOf(read).content)).toContain(before.title);

    const resources = resultOf(await ask('--method', 'resources/list')).resources as { uri: string }[];
    expect(resources.map(({ uri }) => uri)).toContain('confab://guide/writes');
    const templates = resultOf(await ask('--method', 'resources/templates/list')).resourceTemplates;
    expect(namesIn(templates)).toEqual(['page', 'space']);
    const guide = resultOf(await ask('--method', 'resources/read', '--uri', 'confab://guide/writes'));
    expect(JSON.stringify(guide)).toContain('approval_url');

    expect(namesIn(resultOf(await ask('--method', 'prompts/list')).prompts)).toContain('summarize_page');
    const prompt = await ask(
      '--method',
      'prompts/get',
      '--prompt-name',
      'summarize_page',
      '--prompt-args',
      `page=${before.id}`,
    );
    expect(JSON.stringify(resultOf(prompt).messages)).toContain(before.id);
  });
}

test('the Inspector: no surface has a schema it calls an error; a wrong key is told so', async ({
  ada: _,
  app,
}) => {
  const key = makeKey(app, '--tiers', 'read,write,destructive');
  for (const surface of ['all', 'entities']) {
    const listed = await inspect(key, `${key.url}?surface=${surface}`, '--method', 'tools/list', '--strict');
    expect(listed.code, listed.told.slice(0, 2000)).toBe(0);
    expect(listed.told).not.toMatch(/^Error:/m);
    // A content property takes any JSON; every other input says what it is.
    const anything = [
      ...listed.told.matchAll(/Path: (inputSchema\S*)\s+Issue: Schema carries no validation keyword/g),
    ];
    expect(anything.filter(([, path]) => !path?.startsWith('inputSchema.properties.value'))).toEqual([]);
    expect(namesIn(resultOf(listed).tools).length).toBeGreaterThan(10);
  }
  const refused = await inspect({ ...key, key: 'cfb_wrong' }, key.url, '--method', 'tools/list');
  expect(refused.code).toBe(3);
  expect(refused.told).toContain('auth_required');
});
