import { expect, test } from 'vitest';
import { buildDemo } from './index.ts';
import type { DemoPage } from './types.ts';
import { comments, contents, current, demo, everything, pageOf, pages, spaces, templates } from './walk.ts';

test('is large enough that search has to work', () => {
  expect(spaces.filter((space) => space.type !== 'personal').length).toBeGreaterThanOrEqual(10);
  expect(pages.filter((one) => one.page.status !== 'draft').length).toBeGreaterThanOrEqual(150);
  expect(contents.filter((one) => one.post).length).toBeGreaterThanOrEqual(20);
  expect(comments.length).toBeGreaterThanOrEqual(60);
  expect(comments.filter((one) => one.inline).length).toBeGreaterThanOrEqual(8);
  expect(comments.filter((one) => one.resolved).length).toBeGreaterThanOrEqual(8);
  expect(comments.filter((one) => (one.replies ?? []).length > 0).length).toBeGreaterThanOrEqual(15);
  expect(contents.flatMap((one) => one.page.attachments ?? []).length).toBeGreaterThanOrEqual(40);
  expect(contents.filter((one) => one.page.versions.length >= 3).length).toBeGreaterThanOrEqual(8);
  expect(contents.filter((one) => (one.page.labels ?? []).includes('policy')).length).toBeGreaterThanOrEqual(
    12,
  );
  expect(
    contents.filter((one) => (one.page.labels ?? []).includes('client-doc')).length,
  ).toBeGreaterThanOrEqual(40);
  const depth = (page: DemoPage): number => 1 + Math.max(0, ...(page.children ?? []).map(depth));
  expect(Math.max(...spaces.map((space) => depth(space.homepage)))).toBeGreaterThanOrEqual(4);
});

test('gives the same site every time', () => {
  expect(JSON.stringify(buildDemo())).toBe(JSON.stringify(demo));
});

test('every id is used once', () => {
  const ids = [
    ...spaces.map((space) => space.id),
    ...contents.flatMap(({ page }) => [
      page.id,
      ...(page.attachments ?? []).map((file) => file.id),
      ...(page.comments ?? []).flatMap((one) => [one.id, ...(one.replies ?? []).map((reply) => reply.id)]),
    ]),
    ...templates.map((template) => template.id),
    ...demo.sites.flatMap(({ things }) => [
      ...(things?.nodes ?? []).flatMap(({ node }) => [node.id, ...(node.nodes ?? []).map((one) => one.id)]),
      ...(things?.customContent ?? []).map((one) => one.id),
      ...(things?.blueprints ?? []).map((one) => one.id),
    ]),
    ...demo.people.map((person) => person.accountId),
  ];
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});

test('titles are unique in a space and versions are in order', () => {
  for (const space of spaces) {
    const titles = pages.filter((one) => one.space === space).map((one) => one.page.title.toLowerCase());
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
  }
  for (const { page } of contents) {
    const ages = page.versions.map((version) => version.at);
    expect(ages, page.title).toEqual([...ages].sort((one, other) => other - one));
    expect(page.versions.length).toBeGreaterThan(0);
  }
});

test('the pages that stories name are there, and the ones they create are not', () => {
  const handbook = pages.find((one) => one.page.id === '987654321')?.page;
  for (const name of 'toc info note warning tip panel expand code status details excerpt jira children'.split(
    ' ',
  ))
    expect(current(handbook as DemoPage)).toContain(`ac:name="${name}"`);
  const guide = pages.find((one) => one.page.id === '5543210');
  expect(guide?.space.key).toBe('ENG');
  expect(guide?.page.versions).toHaveLength(3);
  expect(current(guide?.page as DemoPage)).not.toContain('Rollback Procedures');
  expect(spaces.find((space) => space.key === 'ENG')?.id).toBe('1001');
  expect(spaces.find((space) => space.key === 'ONB')?.id).toBe('2005');
  expect(current(pageOf('PROD', 'Q3 Billing Engine PRD'))).not.toMatch(/stripe|webhook/i);
  expect(pageOf('PROD', 'Q3 Planning').labels).not.toContain('urgent');
  expect(pageOf('ENG', 'Datadog logging guidelines').versions[0]?.author).toBe('priya');
  for (const title of ['Auth V2 Architecture', 'Q4 Launch Plan', 'Local Environment Setup 2026'])
    expect(contents.some((one) => one.page.title.toLowerCase() === title.toLowerCase())).toBe(false);
  const contractors = demo.sites[0]?.groups.find((group) => group.name === 'Contractors');
  expect(contractors?.members).toContain('john');
});

test('the API guidelines of a month ago had a section on limits that is gone, and nothing else of it is', () => {
  const { versions } = pageOf('ENG', 'API Guidelines');
  const then = versions.findLast((version) => version.at >= 30)?.storage ?? '';
  const now = versions.at(-1)?.storage ?? '';
  const [before, after] = then.split(/<h2 local-id="[^"]+">Rate limits<\/h2>/);
  expect(after).toBeDefined();
  expect(now).not.toContain('Rate limits');
  expect(now).toContain(before?.slice(-2500));
  expect(now).toContain(after?.slice(after.indexOf('<h2'), after.indexOf('<h2') + 1500));
});

test('inline comments stand at a marker of their page', () => {
  const lost = contents.flatMap(({ page }) =>
    (page.comments ?? [])
      .filter(
        (one) => one.inline && !current(page).includes(`ac:ref="${one.inline.ref}">${one.inline.text}<`),
      )
      .map((one) => `${page.title}: ${one.inline?.text}`),
  );
  // One comment is left dangling on purpose: somebody rewrote the sentence it was on.
  expect(lost).toEqual(['Rack survey 2025: a height of 2.1 m']);
});

test('mentions, authors, restrictions and members are people of the directory', () => {
  const accounts = new Set(demo.people.map((person) => person.accountId));
  const keys = new Set(demo.people.map((person) => person.key));
  for (const [, account] of everything.matchAll(/ri:account-id="([^"]+)"/g))
    expect(accounts).toContain(account);
  for (const site of demo.sites)
    for (const group of site.groups)
      for (const member of group.members) expect(site.people).toContain(member);
  for (const { page } of contents)
    for (const version of page.versions) expect(keys).toContain(version.author);
  expect(demo.people.filter((person) => person.canSignIn).map((person) => person.key)).toEqual([
    'ada',
    'ben',
  ]);
});

test('links and pictures are broken exactly where they are meant to be', () => {
  const gone = contents
    .filter(({ page }) => (page.status ?? 'current') === 'current')
    .flatMap(({ space, page }) => {
      const site = demo.sites.find((one) => one.spaces.includes(space));
      const target = (key: string, title: string) =>
        contents.some(
          (one) => site?.spaces.includes(one.space) && one.space.key === key && one.page.title === title,
        );
      const links = [...current(page).matchAll(/<ri:page ([^>]*)\/>/g)].map(([, attributes = '']) => {
        const title = /ri:content-title="([^"]*)"/.exec(attributes)?.[1] ?? '';
        const key = /ri:space-key="([^"]*)"/.exec(attributes)?.[1] ?? space.key;
        return target(key, title.replaceAll('&amp;', '&')) ? '' : `page ${title}`;
      });
      const files = [...current(page).matchAll(/<ri:attachment ri:filename="([^"]*)"[^>]*\/>/g)].map(
        ([, name = '']) =>
          (page.attachments ?? []).some((one) => one.filename === name) ? '' : `file ${name}`,
      );
      return [...links, ...files].filter(Boolean).map((what) => `${space.key}/${page.title}: ${what}`);
    });
  expect([...new Set(gone)].sort()).toEqual([
    'ENG/Conveyor interface: page Conveyor Controller Manual',
    'ENG/Firmware release checklist: page Firmware release board 2025',
    'ENG/Gripper calibration: file calibration-sheet.xlsx',
    'ENG/Gripper calibration: file gripper-angles.png',
    'ENG/Rack survey 2025: file rack-survey.pdf',
    'ENG/Wi-Fi survey method: page Antenna catalogue',
    'IT/Macro sampler for the migration test: file hall-tour.mp4',
    'IT/Macro sampler for the migration test: file laptops.xlsx',
  ]);
});

test('there is material for the other stories', () => {
  const size = Buffer.byteLength(current(pageOf('ENG', 'Robot fault code reference')));
  expect(size).toBeGreaterThan(190_000);
  expect(size).toBeLessThan(260_000);
  expect(current(pageOf('ENG', 'Placeholder for the guild charter'))).toBe('');
  const old = contents.filter(({ page }) => /href="https:\/\/docs\.halden-old\.example/.test(current(page)));
  expect(old.length).toBeGreaterThanOrEqual(8);
  const stale = pages.filter(
    ({ space, page }) => space.key === 'ARC' && !(page.views ?? []).some((view) => view.at < 183),
  );
  expect(stale.length).toBeGreaterThanOrEqual(12);
  const drafts = pages
    .filter(({ page }) => page.status === 'draft')
    .map(({ page }) => page.versions[0]?.author);
  expect(drafts).toEqual(expect.arrayContaining(['ada', 'ben']));
  const hr = spaces.find((space) => space.key === 'HR');
  expect(hr?.visibleTo).toEqual({ people: ['ada'], groups: ['HR'] });
  expect(demo.sites[0]?.groups.find((group) => group.name === 'HR')?.members).not.toContain('ben');
  expect(everything).toContain(']]]]><![CDATA[>');
});
