import { expect, test } from 'vitest';
import { startTracker } from '../../e2e/fakes/tracker.ts';

process.env.CONFAB_TOOLKITS_INSIDE = '1';

const inside = ['10.1.2.3', '127.0.0.1', 'fd12::1'];
const open = ['8.8.8.8', '2606:4700:4700::1111'];

async function reach(toolkit: string, asked = toolkit) {
  const { reachOf } = await import('./reach.ts');
  return reachOf(new URL(toolkit), new URL(asked));
}

test.each([
  'https://10.1.2.3/mcp',
  'http://127.0.0.1:3000/mcp',
  'http://[::1]/mcp',
  'http://localhost:1/',
  'http://tracker/mcp',
  'http://tracker./mcp',
  'https://jira.local/',
  'https://jira.INTERNAL./',
])('%s stands inside by its form: it must resolve to inside addresses only', async (url) => {
  const { allows } = await reach(url);
  for (const address of inside) expect(allows(address, 'http:')).toBe(true);
  for (const address of open) expect(allows(address, 'https:')).toBe(false);
});

test.each(['https://mcp.example.com/', 'https://8.8.8.8/', 'https://local.example.com/'])(
  '%s stands outside, and never reaches inside, whatever DNS says',
  async (url) => {
    for (const asked of [
      url,
      'https://auth.example.com/token',
      'http://tracker/token',
      'http://localhost/',
    ]) {
      const { allows, protocols } = await reach(url, asked);
      for (const address of inside) expect(allows(address, 'https:')).toBe(false);
      for (const address of open) expect(allows(address, 'https:')).toBe(true);
      expect(protocols).toEqual(['https:']);
    }
  },
);

test('one inside may name a sign-in in the public internet, encrypted', async () => {
  const { allows } = await reach('http://tracker/mcp', 'https://login.example.com/token');
  expect(allows('8.8.8.8', 'https:')).toBe(true);
  expect(allows('8.8.8.8', 'http:')).toBe(false);
  expect(allows('169.254.169.254', 'http:')).toBe(false);
});

test('what an outside toolkit names inside is not asked', async () => {
  const { fetchFor } = await import('./reach.ts');
  const canary = await startTracker('none');
  try {
    const asked = fetchFor('https://mcp.example.com/mcp', 1000);
    await expect(asked(canary.url)).rejects.toThrow();
    await expect(asked(canary.url.replace('http:', 'https:'))).rejects.toThrow(/private network/);
    expect(canary.requests).toEqual([]);
    const own = fetchFor(canary.url, 5000);
    expect((await own(`${canary.origin}/nowhere`)).status).toBe(404);
  } finally {
    canary.close();
  }
});
