import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSandbox } from '../../sandbox/index.ts';
import { type Limits, noLimits } from '../index.ts';
import { contextFor, read, startSite, type TestSite } from '../sandbox-context.fixture.ts';

let site: TestSite;
beforeAll(async () => {
  site = await startSite(startSandbox);
}, 60_000);
afterAll(() => site.stop());

const only = (...spaces: string[]): Limits => ({ ...noLimits, spaces });
const basic = (who: string) => `Basic ${btoa(`${who}@halden.example:sandbox-token-${who}`)}`;

async function ask(path: string, o: { method?: string; body?: unknown; who?: string } = {}) {
  const answer = await fetch(`${site.sandbox.url}${path}`, {
    method: o.method ?? 'GET',
    headers: { authorization: basic(o.who ?? 'ada'), 'content-type': 'application/json' },
    ...(o.body === undefined ? {} : { body: JSON.stringify(o.body) }),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Record<string, unknown>;
}

async function control(body: object): Promise<void> {
  await ask('/_sandbox/limits', { method: 'POST', body });
}

type Item = Record<string, unknown> & { id: string; title: string; views: number };
const items = (data: Record<string, unknown>): Item[] => data.items as Item[];

describe('views', () => {
  test('A21: the most viewed pages this month, ranked, with numbers and the method said plainly', async () => {
    const { data, text } = await read(await contextFor(site), 'list_most_viewed_pages', {
      since: 'this month',
    });
    const found = items(data);
    expect(found.length).toBe(20);
    expect(found.map(({ rank }) => rank)).toEqual(found.map((_, at) => at + 1));
    expect(found.map(({ views }) => views)).toEqual(
      found.map(({ views }) => views).toSorted((a, b) => b - a),
    );
    for (const one of found) expect(Number(one.viewers)).toBeLessThanOrEqual(one.views);
    const month = `${new Date().toISOString().slice(0, 8)}01`;
    expect(text).toContain(`Views since ${month} of`);
    expect(text).toContain('Atlassian has no ranking endpoint');
    expect(text).toMatch(/1\. \[.+\]\(http.+\) · \d+ views by \d+ people/);
  });

  test('within a space limit and a cap, and how many were measured is said', async () => {
    const ctx = await contextFor(site, 'ada', only('1001'));
    const { data, text } = await read(ctx, 'list_most_viewed_pages', { since: '30d', max_pages: 10 });
    const found = items(data);
    expect(found.length).toBeGreaterThan(3);
    const spaces = new Set(found.map((one) => (one.space as { id: string }).id));
    expect([...spaces]).toEqual(['1001']);
    expect(data.completeness).toMatchObject({ looked: 10, complete: false });
    expect(text).toContain('the 10 most recently changed pages');
  });

  test('Ben does not see what is restricted', async () => {
    const asked = { since: '1y', space: 'HR' };
    expect(
      items((await read(await contextFor(site), 'list_most_viewed_pages', asked)).data).length,
    ).toBeGreaterThan(0);
    await expect(read(await contextFor(site, 'ben'), 'list_most_viewed_pages', asked)).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('a trend is the difference of two totals, and a page opened in a browser counts', async () => {
    const ctx = await contextFor(site);
    const before = await read(ctx, 'get_content_views', {
      ids: ['987654321', '5543210'],
      periods: ['90d', '60d', '30d'],
    });
    const [first] = items(before.data) as (Item & { periods: { views: number }[] })[];
    const sum = first?.periods.reduce((all, one) => all + one.views, 0);
    expect(sum).toBe(first?.views);
    expect(before.text).toContain('in the same time before');
    const login = await fetch(`${site.sandbox.url}/login`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ person: 'ben', query: '/wiki' }),
    });
    const cookie = (login.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    const page = await fetch(`${site.sandbox.url}/wiki/pages/viewpage.action?pageId=987654321`, {
      headers: { cookie },
    });
    expect(page.status).toBe(200);
    const after = await read(ctx, 'get_content_views', { ids: ['987654321'], from: 'today' });
    const today = await ask(
      `/wiki/rest/api/analytics/content/987654321/views?fromDate=${new Date().toISOString()}`,
    );
    expect(items(after.data)[0]).toMatchObject({ views: today.count });
    expect(items(after.data)[0]?.views).toBeGreaterThanOrEqual(1);
  });

  test('by label; neither ids nor label is an error; a label nobody uses is said plainly', async () => {
    const ctx = await contextFor(site);
    const { data } = await read(ctx, 'get_content_views', { label: 'runbook', from: '30d' });
    expect(items(data).length).toBeGreaterThan(1);
    await expect(read(ctx, 'get_content_views', {})).rejects.toMatchObject({ code: 'invalid_input' });
    expect((await read(ctx, 'get_content_views', { label: 'nobody-uses-it' })).text).toContain(
      'No page with that label is visible to you.',
    );
  });

  test('a plan without analytics is a refusal, never an empty list', async () => {
    await control({ plan: 'standard' });
    try {
      const ctx = await contextFor(site);
      const refused = { code: 'forbidden', next: expect.stringContaining('Premium') };
      await expect(
        read(ctx, 'list_most_viewed_pages', { since: '30d', space: 'ENG', max_pages: 5 }),
      ).rejects.toMatchObject(refused);
      await expect(read(ctx, 'get_content_views', { ids: ['987654321'] })).rejects.toMatchObject(refused);
      const report = await read(ctx, 'get_space_report', { spaces: ['ONB'], kind: 'engagement' });
      const facts = (items(report.data)[0]?.facts ?? []) as { name: string; value: number | null }[];
      expect(facts.find(({ name }) => name === 'views')?.value).toBeNull();
      expect(facts.find(({ name }) => name === 'likes, of all time')?.value).not.toBeNull();
    } finally {
      await control({ plan: 'premium' });
    }
  });

  test('stops at once when cancelled', async () => {
    const ctx = { ...(await contextFor(site)), signal: AbortSignal.abort() };
    await expect(read(ctx, 'list_most_viewed_pages', { since: '30d' })).rejects.toThrow();
  });
});

describe('likes', () => {
  test('count and people of a page, a post and a comment', async () => {
    const ctx = await contextFor(site);
    const popular = items((await read(ctx, 'list_most_viewed_pages', { since: '90d' })).data);
    const all = await Promise.all(popular.map((one) => read(ctx, 'get_likes', { id: one.id, users: true })));
    const liked = all.filter(({ data }) => Number(data.count) > 0);
    expect(liked.length).toBeGreaterThan(3);
    for (const { data } of liked) {
      const users = data.users as { name: string | null }[];
      expect(users.length).toBe(data.count);
      expect(users.every(({ name }) => name !== null)).toBe(true);
    }
    const comments = (await read(ctx, 'list_comments', { id: 'API Guidelines' })).data.items as {
      id: string;
      kind: string;
      url: string;
    }[];
    const [first] = comments;
    if (first === undefined) throw new Error('no comment');
    const byKind = await read(ctx, 'get_likes', { id: first.id, content_type: `${first.kind}_comment` });
    expect(byKind.data).toMatchObject({ type: `${first.kind}_comment`, users: null });
    expect((await read(ctx, 'get_likes', { id: first.url })).data).toMatchObject({ id: first.id });
    await expect(
      read(ctx, 'get_likes', { id: '999999999', content_type: 'inline_comment' }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });

  test('a page of another space, or one that Ben may not see, is not found', async () => {
    await expect(
      read(await contextFor(site, 'ada', only('1002')), 'get_likes', { id: '987654321' }),
    ).rejects.toMatchObject({ code: 'not_found' });
    await expect(
      read(await contextFor(site, 'ben'), 'get_likes', { id: 'Salary bands 2026' }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('activity', () => {
  test('weekly buckets add up to the totals of the spaces', async () => {
    const { data, text } = await read(await contextFor(site), 'get_space_activity', {
      spaces: ['Engineering', 'MKT'],
      from: '8w',
    });
    const spaces = items(data) as unknown as {
      key: string;
      created: number;
      edited: number;
      commented: number;
    }[];
    expect(spaces.map(({ key }) => key).toSorted()).toEqual(['ENG', 'MKT']);
    const buckets = data.buckets as { created: number; edited: number; commented: number }[];
    for (const kind of ['created', 'edited', 'commented'] as const) {
      const total = buckets.reduce((sum, one) => sum + one[kind], 0);
      expect(total).toBe(spaces.reduce((sum, one) => sum + one[kind], 0));
    }
    expect(buckets.reduce((sum, one) => sum + one.edited, 0)).toBeGreaterThan(5);
    expect(data.exact).toBe(true);
    expect(text).toContain('exact');
  });

  test('inactive spaces, without those that Ben or a limited access cannot see', async () => {
    const idle = async (ctx: Awaited<ReturnType<typeof contextFor>>) =>
      (
        (await read(ctx, 'get_space_activity', { inactive_for: '2m' })).data.items as {
          key: string;
          last_activity: string | null;
        }[]
      ).map(({ key }) => key);
    const ada = await idle(await contextFor(site));
    expect(ada).not.toContain('ENG');
    expect((await idle(await contextFor(site, 'ada', only('1001')))).length).toBe(0);
    const ben = await read(await contextFor(site, 'ben'), 'get_space_activity', { from: '30d' });
    expect((items(ben.data) as unknown as { key: string }[]).map(({ key }) => key)).not.toContain('HR');
  });

  test('contributors: every version is counted, pairs and comments too', async () => {
    const ctx = await contextFor(site);
    const { data, text } = await read(ctx, 'get_contributor_stats', { space: 'ENG', from: '60d' });
    const people = data.items as {
      name: string;
      edits: number;
      comments: number | null;
      pages_edited: number;
    }[];
    expect(people.length).toBeGreaterThan(3);
    expect(people.some(({ comments }) => (comments ?? 0) > 0)).toBe(true);
    for (const one of people) expect(one.pages_edited).toBeLessThanOrEqual(one.edits);
    expect(data.edits).toBe(people.reduce((sum, one) => sum + one.edits, 0));
    expect(text).toContain('Every saved version');
    const team = await read(ctx, 'get_contributor_stats', {
      space: 'ENG',
      from: '60d',
      group: 'Contractors',
    });
    const named = (team.data.items as { name: string }[]).map(({ name }) => name);
    expect(
      named.every((name) => ['John Smith', 'Zoe Martin', 'Nadia Rahman', 'Tomás Herrera'].includes(name)),
    ).toBe(true);
    const nobody = await read(ctx, 'get_contributor_stats', { label: 'nobody-uses-it' });
    expect(nobody.data.items).toEqual([]);
    expect(nobody.text).toContain('No page there is visible to you.');
  });
});

describe('reports', () => {
  test.each(['health', 'monthly', 'engagement'] as const)('%s of a space', async (kind) => {
    const { data, text } = await read(await contextFor(site), 'get_space_report', {
      spaces: ['Engineering', 'Onboarding'],
      kind,
      period: 'last month',
    });
    const reports = items(data) as unknown as {
      key: string;
      facts: { name: string; value: number | null; note: string | null }[];
    }[];
    expect(reports.map(({ key }) => key)).toEqual(['ENG', 'ONB']);
    for (const { facts } of reports)
      for (const fact of facts) expect(fact.value, `${fact.name}: ${fact.note}`).not.toBeNull();
    expect(text).toContain('Engineering');
  });

  test('stale pages: oldest first, with ages, owners and labels; views only when asked for', async () => {
    const ctx = await contextFor(site);
    const { data, text } = await read(ctx, 'find_stale_pages', { space: 'Archive', not_edited_for: '12m' });
    const found = items(data) as unknown as { days_since_edit: number; views: number | null }[];
    expect(found.length).toBeGreaterThanOrEqual(10);
    expect(found.every((one) => one.days_since_edit >= 364 && one.views === null)).toBe(true);
    const ages = found.map((one) => one.days_since_edit);
    expect(ages).toEqual(ages.toSorted((a, b) => b - a));
    expect((data.by_owner as unknown[]).length).toBeGreaterThan(0);
    expect((data.by_label as unknown[]).length).toBeGreaterThan(0);
    expect(text).toContain('By age of the last edit');
    const unread = await read(ctx, 'find_stale_pages', { space: 'Archive', not_viewed_for: '6m' });
    expect(Number(unread.data.total)).toBeGreaterThanOrEqual(12);
    expect((items(unread.data) as unknown as { views: number }[]).every(({ views }) => views === 0)).toBe(
      true,
    );
    const none = await read(ctx, 'find_stale_pages', { space: 'ENG', not_edited_for: '20y' });
    expect(none.data).toMatchObject({ total: 0, items: [] });
    expect(none.text).toContain('No page there is visible to you.');
  });

  test('reviews of the demo: one overdue, one due soon, and who they wait for', async () => {
    const { data, text } = await read(await contextFor(site), 'get_review_report', { space: 'PROD' });
    expect(items(data).slice(0, 2)).toMatchObject([
      { title: 'Q3 Billing Engine PRD', review: 'overdue', reviewers: ['Ben Okafor', 'Priya Raman'] },
      { title: 'Fast Charging PRD', review: 'due_soon', reviewers: ['Ada Moreno'] },
    ]);
    expect(text).toContain('- Ben Okafor: 1 waiting, 1 overdue');
  });

  test('reviews: the record and the state of a page, overdue first', async () => {
    const ctx = await contextFor(site);
    const pages = items((await read(ctx, 'list_most_viewed_pages', { since: '1y', space: 'ENG' })).data);
    const [late, done, odd] = pages.slice(0, 3).map(({ id }) => id);
    const me = ctx.connection.account.id;
    const record = (due: string) => ({
      reviewers: [me],
      due,
      message: 'Please look.',
      requestedBy: me,
      requestedAt: new Date().toISOString(),
    });
    const put = (id: string | undefined, value: unknown) =>
      ask(`/wiki/api/v2/pages/${id}/properties`, { method: 'POST', body: { key: 'confab-review', value } });
    await put(late, record('2026-01-05'));
    await put(done, record('2026-01-05'));
    await put(odd, { reviewers: 'all' });
    await ask(`/wiki/rest/api/content/${late}/state?status=current`, { method: 'PUT', body: { id: 2 } });
    await ask(`/wiki/rest/api/content/${done}/state?status=current`, { method: 'PUT', body: { id: 3 } });
    const { data, text } = await read(ctx, 'get_review_report', { space: 'ENG' });
    expect(items(data)[0]).toMatchObject({ id: late, review: 'overdue', state: 'Ready for review' });
    expect(items(data).find(({ id }) => id === done)).toMatchObject({
      review: 'reviewed',
      state: 'Verified',
    });
    expect(data).toMatchObject({ overdue: 1, unreadable: 1, by_reviewer: [{ pending: 1, overdue: 1 }] });
    expect(text).toContain('Confluence has no approvals of its own');
    const filtered = await read(ctx, 'get_review_report', { space: 'ENG', state: 'verified' });
    expect(items(filtered.data).every(({ state }) => state === 'Verified')).toBe(true);
  });
});
