import { expect, test } from 'vitest';
import { startTest } from '../test-site.ts';

async function browser(as: 'ada' | 'ben') {
  const { url } = await startTest();
  const signIn = await fetch(`${url}/login`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ person: as, query: '/wiki' }),
  });
  const cookie = (signIn.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  return async (path: string) => {
    const answer = await fetch(`${url}${path}`, { headers: { cookie }, redirect: 'manual' });
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  };
}

test('spaces, a page, a blog post and search are pages to read', async () => {
  const open = await browser('ada');
  expect((await open('/wiki')).text).toContain('Engineering');
  const page = (await open('/wiki/spaces/ENG/pages/100200/API+Guidelines')).text;
  for (const text of [
    '<h1>API Guidelines</h1>',
    'By Ada Moreno',
    'Version 2',
    'standards',
    '<mark>Ten a second</mark>',
    'Mind the webhook',
    'limits.txt',
    'Why ten?',
    'Sandbox',
  ])
    expect(page).toContain(text);
  expect((await open('/wiki/spaces/ENG')).text).toContain('Welcome to engineering');
  expect((await open('/wiki/spaces/ENG/blog/2026/01/01/100900/Week+12')).text).toContain(
    'News about the webhook',
  );
  expect((await open('/wiki/search?text=datadog+logging')).text).toContain('Datadog logging guidelines');
  expect((await open('/labs/wiki')).text).toContain('Lab');
});

test('people see on pages what they may see through the API', async () => {
  const open = await browser('ben');
  expect((await open('/wiki')).text).not.toContain('People');
  expect((await open('/wiki/spaces/ENG/pages/100300')).status).toBe(404);
  expect((await open('/wiki/search?text=salaries')).text).toContain('Nothing found');
  expect((await open('/labs/wiki')).status).toBe(403);
});

test('who is not signed in is asked who they are, and comes back', async () => {
  const { url } = await startTest();
  const answer = await fetch(`${url}/wiki/spaces/ENG/pages/100200`, { redirect: 'manual' });
  expect(answer.headers.get('location')).toBe('/login?continue=%2Fwiki%2Fspaces%2FENG%2Fpages%2F100200');
  const outside = await fetch(`${url}/login`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ person: 'ada', query: '//evil.example/wiki' }),
  });
  expect(outside.headers.get('location')).toBe('/wiki');
});

test('files that could run something are downloaded, not shown', async () => {
  const open = await browser('ada');
  const svg = await open('/wiki/download/attachments/100200/evil.svg');
  expect(svg.headers.get('content-disposition')).toMatch(/^attachment/);
  expect(
    (await open('/wiki/download/attachments/100200/limits.txt')).headers.get('content-disposition'),
  ).toMatch(/^inline/);
});
