import { expect, test } from 'vitest';
import { guides } from './guides.ts';
import type { Guide, Way } from './types.ts';

const address = 'https://confab.example.com/api/mcp';
const key = `cfb_${'k'.repeat(43)}`;
const secret = { key, urlWithKey: `${address}/k/${key}` };
const ways = (guide: Guide): Way[] => [guide.signIn, guide.withKey].filter((way) => typeof way !== 'string');
const textOf = (way: Way) => way.blocks.map(({ text }) => text).join('\n');
const find = (all: Guide[], value: string) => all.find((guide) => guide.value === value) as Guide;
const way = (given: Way | string): Way => {
  if (typeof given === 'string') throw new Error(given);
  return given;
};

test('every client has a way, with the address in what is copied', () => {
  const all = guides(address, secret);
  expect(all.map(({ value }) => value)).toEqual([
    'claude',
    'claude-desktop',
    'claude-code',
    'chatgpt',
    'cursor',
    'vscode',
    'mcp-remote',
    'openai-agents',
    'ai-sdk',
    'langchain',
    'curl',
  ]);
  for (const guide of all) {
    expect(ways(guide).length, guide.title).toBeGreaterThan(0);
    for (const one of ways(guide)) {
      expect(textOf(one), guide.title).toContain('https://confab.example.com/api/');
      expect(one.steps).not.toBe('');
    }
  }
  expect(all.filter(({ hosted }) => hosted).map(({ value }) => value)).toEqual(['claude', 'chatgpt']);
});

test('a key stands where a key is wanted and nowhere else; without one a placeholder', () => {
  for (const guide of guides(address, secret)) {
    if (typeof guide.signIn !== 'string') expect(JSON.stringify(guide.signIn)).not.toContain('cfb_');
    expect(textOf(way(guide.withKey)), guide.title).toContain(key);
  }
  for (const guide of guides(address, null)) {
    expect(JSON.stringify(guide)).not.toContain('cfb_');
    expect(textOf(way(guide.withKey)), guide.title).toContain('YOUR_KEY');
  }
});

test('a key that is refused in a URL is put into none', () => {
  const all = guides(address, { key, urlWithKey: null });
  expect(JSON.stringify(all)).not.toContain('/k/');
  expect(typeof find(all, 'claude').withKey).toBe('string');
  expect(typeof find(all, 'chatgpt').withKey).toBe('string');
});

test('files are JSON of the shape each client reads', () => {
  const all = guides(address, secret);
  const file = (value: string, of: 'signIn' | 'withKey') =>
    JSON.parse(way(find(all, value)[of]).blocks[0]?.text ?? '');
  expect(file('cursor', 'signIn')).toEqual({ mcpServers: { confab: { url: address } } });
  expect(file('cursor', 'withKey').mcpServers.confab.headers).toEqual({ Authorization: `Bearer ${key}` });
  expect(file('vscode', 'withKey')).toEqual({
    servers: { confab: { type: 'http', url: address, headers: { Authorization: `Bearer ${key}` } } },
  });
  const desktop = file('claude-desktop', 'withKey').mcpServers.confab;
  expect(desktop.args.at(-1)).toBe(`Authorization:$\{AUTH_HEADER}`);
  expect(desktop.env).toEqual({ AUTH_HEADER: `Bearer ${key}` });
});

test('the install links carry what the files say', () => {
  const all = guides(address, secret);
  const cursor = new URL(way(find(all, 'cursor').withKey).link?.href ?? '');
  expect(`${cursor.protocol}//${cursor.host}${cursor.pathname}`).toBe(
    'cursor://anysphere.cursor-deeplink/mcp/install',
  );
  expect(cursor.searchParams.get('name')).toBe('confab');
  expect(JSON.parse(Buffer.from(cursor.searchParams.get('config') ?? '', 'base64').toString())).toEqual({
    url: address,
    headers: { Authorization: `Bearer ${key}` },
  });
  const code = way(find(all, 'vscode').signIn).link?.href ?? '';
  expect(code.startsWith('vscode:mcp/install?')).toBe(true);
  expect(JSON.parse(decodeURIComponent(code.slice('vscode:mcp/install?'.length)))).toEqual({
    name: 'confab',
    type: 'http',
    url: address,
  });
});

test('plain http beyond this computer, and a surface in the address', () => {
  const inside = guides('http://confab.lan:3000/api/mcp', null);
  expect(textOf(way(find(inside, 'mcp-remote').signIn))).toContain('--allow-http');
  const here = guides('http://localhost:3000/api/mcp', null);
  expect(textOf(way(find(here, 'mcp-remote').signIn))).not.toContain('--allow-http');
  const surface = guides(`${address}?surface=all`, null);
  expect(textOf(way(find(surface, 'claude').withKey))).toBe(`${address}/k/YOUR_KEY?surface=all`);
  expect(textOf(way(find(surface, 'claude-code').signIn))).toContain(`"${address}?surface=all"`);
  expect(textOf(way(find(surface, 'curl').withKey))).toContain(
    'https://confab.example.com/api/operations/list_spaces',
  );
});
