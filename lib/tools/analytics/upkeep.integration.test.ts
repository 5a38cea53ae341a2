import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { createConfluence } from '#lib/confluence';
import { startSandbox } from '../../sandbox/index.ts';
import { type Context, noLimits } from '../operation.ts';
import {
  apply,
  colleagueEdits,
  contextFor,
  preview,
  read,
  startSite,
  type TestSite,
} from '../sandbox-context.fixture.ts';

let site: TestSite;
beforeAll(async () => {
  site = await startSite(startSandbox);
}, 60_000);
afterAll(() => site.stop());

const everything = { max_pages: 1000 };
type Finding = {
  page: { title: string };
  target: string;
  reason: string;
  block: string | null;
  snippet: string;
};
const findings = (data: Record<string, unknown>) => data.findings as Finding[];
const told = (data: Record<string, unknown>) =>
  findings(data).map((one) => `${one.page.title}: ${one.target} ${one.reason}`);

async function idOf(ctx: Context, title: string): Promise<string> {
  return String((await read(ctx, 'read_page', { page: title, format: 'outline' })).data.id);
}

describe('A25: broken links', () => {
  test('of Engineering, each with page, target, reason, block', async () => {
    const result = await read(await contextFor(site), 'find_broken_links', { space: 'ENG' });
    expect(told(result.data).toSorted()).toEqual([
      'Conveyor interface: Conveyor Controller Manual not_visible',
      'Firmware release checklist: Branches and releases#Version-numbers anchor_missing',
      'Firmware release checklist: Firmware release board 2025 not_visible',
      'Gripper calibration: calibration-sheet.xlsx file_missing',
      'Rack survey 2025: /wiki/spaces/ENG/pages/999000222/Survey+budget not_visible',
      'Rack survey 2025: ARC:Scratch page trashed',
      'Rack survey 2025: ARC:Withdrawn press release archived',
      'Rack survey 2025: Battery care#Storage-in-winter anchor_missing',
      'Rack survey 2025: content 999000111 not_visible',
      'Wi-Fi survey method: HW:Antenna catalogue space_not_visible',
    ]);
    expect(findings(result.data).every((one) => one.block !== null && one.snippet !== '')).toBe(true);
    expect(result.text).toContain('Not visible to you is not the same as gone');
    expect(result.text).toMatch(/All \d+ pages visible to you were looked at\./);
    expect(result.data.unchecked).toMatchObject([{ why: expect.stringContaining('external: true') }]);
    expect(result.untrusted).toBe(true);
  });

  test('links of every form, case, rename, gone people; nothing is said of private addresses', async () => {
    const ctx = await contextFor(site);
    const target = await idOf(ctx, 'Battery care');
    const proposal = await preview(ctx, 'create_page', {
      space: 'ENG',
      title: 'Links of every form',
      body_format: 'storage',
      body: [
        '<h2>Own heading</h2>',
        '<p><ac:link><ri:page ri:content-title="BATTERY CARE" /></ac:link></p>',
        `<p><a href="/wiki/pages/viewpage.action?pageId=${target}">old address</a> <a href="${site.sandbox.url}/wiki/spaces/ENG/pages/${target}/x#Nothing-there">anchor</a></p>`,
        '<p><a href="/wiki/display/ENG/Battery+care">display</a> <a href="/wiki/display/ENG/Gone+page">display</a> <a href="/wiki/spaces/NOPE/overview">space</a></p>',
        `<p><a href="/wiki/download/attachments/${target}/battery-curve.png">file</a> <a href="/wiki/download/attachments/${target}/none.png">file</a></p>`,
        '<p><a href="#Own-heading">up</a> <a href="#No-heading">up</a> <a href="mailto:x@y.example">mail</a> <a href="">empty</a></p>',
        '<p><ac:link><ri:user ri:account-id="712020:00000000-0000-4000-a000-000000000000" /></ac:link></p>',
        '<p><a href="http://169.254.169.254/latest/meta-data/">cloud</a> <a href="http://localhost:1/">here</a> <a href="http://[::1]/">six</a></p>',
      ].join(''),
    });
    await apply(ctx, proposal);
    const result = await read(ctx, 'find_broken_links', { space: 'ENG', external: true, max_pages: 500 });
    expect(told(result.data).filter((line) => line.startsWith('Links of every form'))).toEqual([
      `Links of every form: ${site.sandbox.url}/wiki/spaces/ENG/pages/${target}/x#Nothing-there anchor_missing`,
      'Links of every form: /wiki/display/ENG/Gone+page not_visible',
      'Links of every form: /wiki/spaces/NOPE/overview space_not_visible',
      `Links of every form: /wiki/download/attachments/${target}/none.png file_missing`,
      'Links of every form: #No-heading anchor_missing',
      'Links of every form:  bad_address',
      'Links of every form: person 712020:00000000-0000-4000-a000-000000000000 person_unknown',
    ]);
    expect(JSON.stringify(result.data.unchecked)).toContain('private network');
  });

  test('Ben is told what he does not see as not visible; a limited key hears nothing of other spaces', async () => {
    const ada = await contextFor(site);
    const home = await idOf(ada, 'Reading list');
    await colleagueEdits(
      site,
      home,
      '<p><ac:link><ri:page ri:space-key="HR" ri:content-title="Hiring plan" /></ac:link><ac:link><ri:page ri:space-key="PROD" ri:content-title="Q3 Planning" /></ac:link></p>',
      'ada',
    );
    const of = async (ctx: Context) =>
      told((await read(ctx, 'find_broken_links', { space: 'ENG', max_pages: 500 })).data).filter((one) =>
        one.startsWith('Reading list'),
      );
    expect(await of(ada)).toEqual([]);
    expect(await of(await contextFor(site, 'ben'))).toEqual([
      'Reading list: HR:Hiring plan space_not_visible',
    ]);
    const limited = await contextFor(site, 'ben', { ...noLimits, spaces: ['1001'] });
    expect(await of(limited)).toEqual([]);
    const { data, text } = await read(limited, 'find_broken_links', { space: 'ENG', max_pages: 500 });
    expect(told(data).join()).not.toMatch(/HR:|PROD:|ARC:/);
    expect(text).toContain('outside the spaces this access covers');
  });

  test('nothing broken is said plainly', async () => {
    const { text, data } = await read(await contextFor(site), 'find_broken_links', { space: 'HR' });
    expect(text).toMatch(/^No broken link among \d+ links? in /);
    expect(data).toMatchObject({ findings: [], total: 0 });
  });

  test('the quota runs out while links are looked up: what was found stays, the rest is not called broken', async () => {
    const own = await startSite(startSandbox);
    onTestFinished(() => own.stop());
    const ctx = await contextFor(own);
    await fetch(`${own.sandbox.url}/_sandbox/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ kind: '429', match: 'GET /wiki/api/v2/pages$', retry_after: 1800 }),
    });
    const { data, text } = await read(ctx, 'find_broken_links', { space: 'ENG' });
    expect(told(data)).not.toContain('Conveyor interface: Conveyor Controller Manual not_visible');
    expect(text).toContain('quota was used up');
  });
});

describe('A25: missing images', () => {
  test('images and file previews of Engineering, also those of other pages', async () => {
    const { data, text } = await read(await contextFor(site), 'find_missing_images', { space: 'ENG' });
    expect(told(data).toSorted()).toEqual([
      'Gripper calibration: gripper-angles.png file_missing',
      'Rack survey 2025: rack-survey.pdf file_missing',
      'Rack survey 2025: tallest-rack.jpg on "Conveyor interface" file_missing',
    ]);
    expect(text).toContain('images of other websites, which are not fetched');
  });

  test('a page whose images are all there has none missing', async () => {
    const { text } = await read(await contextFor(site, 'ben'), 'find_missing_images', {
      under: 'Battery care',
    });
    expect(text).toMatch(/^No missing image among 1 image or file preview in the tree of "Battery care"/);
  });
});

describe('A26: duplicate pages', () => {
  type Row = {
    a: { title: string };
    b: { title: string };
    similarity: number;
    why: string;
    differences: string[] | null;
  };
  const rows = (data: Record<string, unknown>) => data.pairs as Row[];

  test('pairs with why and what differs, in well under two seconds of work', async () => {
    const ctx = await contextFor(site);
    const began = process.cpuUsage();
    const { data, text } = await read(ctx, 'find_duplicate_pages', everything);
    const { user, system } = process.cpuUsage(began);
    // The practice site runs in this process too.
    expect((user + system) / 1000).toBeLessThan(4000);
    const pairs = rows(data).map((row) => [row.a.title, row.b.title].toSorted().join(' | '));
    expect(pairs).toEqual(
      expect.arrayContaining([
        'Copy of On-call handover checklist | On-call handover checklist',
        'Press kit | Press kit (2)',
        'Set up your development machine | Setting up a development machine',
        'Connecting to the VPN | VPN setup',
      ]),
    );
    expect(pairs.join()).not.toContain('Team meeting notes 2026-11-16');
    const copy = rows(data).find((row) => row.a.title.includes('handover'));
    expect(copy?.differences).toEqual([
      expect.stringMatching(/1[24].*until.*|until \[-1[24]-\]\[\+1[24]\+\]:00/),
    ]);
    expect(copy?.why).toContain('the same title');
    expect(text).toMatch(/pages that are \d+% to \d+% alike \(\d+ pairs\)/);
  });

  test('a threshold, an empty answer, Ben, a limited key', async () => {
    const ada = await contextFor(site);
    const none = await read(ada, 'find_duplicate_pages', { space: 'ENG', threshold: 1 });
    expect(none.text).toMatch(/^No two pages in Engineering \(ENG\) are 100% alike or more\./);
    const all = rows(
      (await read(ada, 'find_duplicate_pages', { ...everything, threshold: 0.5 })).data,
    ).length;
    const limited = await contextFor(site, 'ben', { ...noLimits, spaces: ['2005'] });
    const few = rows((await read(limited, 'find_duplicate_pages', { ...everything, threshold: 0.5 })).data);
    expect(few.length).toBeLessThan(all);
    expect(JSON.stringify(few)).not.toContain('"key":"ENG"');
  });
});

describe('orphan pages', () => {
  test('by each criterion; home pages are none', async () => {
    const ctx = await contextFor(site);
    const of = async (input: Record<string, unknown>) =>
      (await read(ctx, 'find_orphan_pages', input)).data.pages as { title: string; criteria: string[] }[];
    expect(await of({ space: 'ENG', criteria: ['no_parent'] })).toMatchObject([
      { title: 'Lift doors, loose notes' },
    ]);
    expect(await of({ space: 'ENG', criteria: ['empty'] })).toMatchObject([
      { title: 'Placeholder for the guild charter' },
    ]);
    const linked = await of({ space: 'ENG', criteria: ['no_incoming_links'] });
    const titles = linked.map(({ title }) => title);
    expect(titles).toContain('Lift doors, loose notes');
    for (const title of ['Engineering Home', 'API Documentation', 'Conveyor interface'])
      expect(titles).not.toContain(title);
    const many = await of({ space: 'ENG', criteria: ['no_label', 'no_parent', 'no_incoming_links'] });
    expect(many[0]).toMatchObject({
      title: 'Lift doors, loose notes',
      criteria: expect.arrayContaining(['no_label', 'no_parent']),
    });
  });

  test('links to a part of a space are looked for in all of it', async () => {
    const { data, text } = await read(await contextFor(site), 'find_orphan_pages', {
      under: 'Hardware and firmware',
      criteria: ['no_incoming_links'],
    });
    const titles = (data.pages as { title: string }[]).map(({ title }) => title);
    expect(titles).toContain('Gripper calibration');
    // Only pages outside the tree link to these.
    expect(titles).not.toContain('Hardware and firmware');
    expect(Number(data.link_sources)).toBeGreaterThan(
      Number((data.completeness as { looked: number }).looked),
    );
    expect(text).toContain('links from other pages, blog posts, comments and the page tree are not known');
  });
});

describe('A19: unresolved comments', () => {
  type Page = {
    title: string;
    owner: string | null;
    comments: { id: string; why: string; body: string; url: string | null; at: string }[];
  };
  const pages = (data: Record<string, unknown>) => data.pages as Page[];

  test('open inline comments and unanswered questions, by page, oldest first, linked', async () => {
    const { data, text } = await read(await contextFor(site), 'find_unresolved_comments', {
      under: 'API Documentation',
    });
    const found = pages(data);
    expect(found.map(({ title }) => title)).toContain('API Guidelines');
    const guide = found.find(({ title }) => title === 'API Guidelines');
    expect(guide?.comments.map(({ why }) => why)).toEqual(expect.arrayContaining(['open', 'unanswered']));
    expect(guide?.owner).toBe('Priya Raman');
    const oldest = found.map(({ comments }) => comments[0]?.at ?? '');
    expect(oldest).toEqual(oldest.toSorted());
    expect(
      found.flatMap(({ comments }) => comments).every(({ url }) => url?.includes('focusedCommentId=')),
    ).toBe(true);
    expect(text).toContain('Footer comments have no resolution in Confluence');
  });

  test('dangling ones, questions in other languages, and no answered ones', async () => {
    const ctx = await contextFor(site);
    const { data } = await read(ctx, 'find_unresolved_comments', { under: 'Rack survey 2025' });
    expect(pages(data)[0]?.comments.map(({ why }) => why)).toEqual([
      'dangling',
      'unanswered',
      'unanswered',
      'unanswered',
    ]);
    const all = await read(ctx, 'find_unresolved_comments', everything);
    const bodies = pages(all.data).flatMap(({ comments }) => comments.map(({ body }) => body));
    expect(bodies.join('\n')).not.toContain('Rule 4: generated files do not count, do they?');
    expect(bodies.join('\n')).not.toContain('May we use this for error messages too?');
  });

  test('older_than, owner, mentioning; Ben; nobody', async () => {
    const ctx = await contextFor(site);
    const count = async (input: Record<string, unknown>, by = ctx) =>
      Number((await read(by, 'find_unresolved_comments', input)).data.total);
    const under = 'API Documentation';
    const all = await count({ under });
    expect(await count({ under, older_than: '7d' })).toBeLessThan(all);
    const owned = await read(ctx, 'find_unresolved_comments', { under: 'Runbooks', owner: 'Raj Patel' });
    expect(pages(owned.data).length).toBeGreaterThan(0);
    expect(pages(owned.data).every(({ owner }) => owner === 'Raj Patel')).toBe(true);
    expect(await count({ under, mentioning: 'Nadia Rahman' })).toBe(0);
    const asked = await read(ctx, 'find_unresolved_comments', {
      under: 'Rack survey 2025',
      mentioning: 'Ben Okafor',
    });
    expect(pages(asked.data)[0]?.comments).toMatchObject([
      { body: expect.stringMatching(/Ben Okafor.*could you measure Oslo again\?/) },
    ]);
    const limited = await contextFor(site, 'ben', { ...noLimits, spaces: ['2005'] });
    expect(await count({}, limited)).toBeLessThan(all);
    const none = await read(ctx, 'find_unresolved_comments', { space: 'ARC', older_than: '1y' });
    expect(none.text).toMatch(
      /^No unresolved comment or unanswered question in Archive \(ARC\), older than 1y is visible to you\./,
    );
  });
});

describe('A20: action items', () => {
  type Item = {
    kind: string;
    text: string;
    how: string;
    guessed: boolean;
    done: boolean;
    owner: { name: string; account_id: string | null } | null;
    due: string | null;
    block: string | null;
    page: { url: string };
  };
  const items = (data: Record<string, unknown>) => data.items as Item[];

  test('tasks are exact, prose and tables are guessed; owner, date, source', async () => {
    const { data, text } = await read(await contextFor(site), 'extract_action_items', { label: 'sites' });
    const found = items(data);
    const of = (start: string) => found.find((one) => one.text.startsWith(start));
    expect(of('@Fatima')).toMatchObject({
      how: 'task',
      guessed: false,
      due: '2026-12-02',
      owner: { name: 'Fatima Al-Sayed' },
    });
    expect(of('Measure the handover')).toMatchObject({
      how: 'table',
      guessed: true,
      owner: { name: 'Kwame Mensah' },
      due: '2026-11-27',
    });
    expect(of('Tell the site manager')).toMatchObject({ done: true });
    expect(of('@Mei Tanaka 夜間')).toMatchObject({
      how: 'prose',
      due: '2026-11-30',
      owner: { name: 'Mei Tanaka' },
    });
    expect(of('田中さん')).toMatchObject({ due: '2026-12-04', owner: { name: '田中', account_id: null } });
    expect(of('Tomás informiert')).toMatchObject({
      due: '2026-11-13',
      owner: { name: 'Tomás Herrera', account_id: expect.any(String) },
    });
    expect(of('@Amira Haddad cambia')).toMatchObject({ due: '2026-11-30' });
    expect(of('el muelle 2')).toMatchObject({ kind: 'decisions' });
    expect(of('Die Ladestation kommt')).toMatchObject({ kind: 'decisions', how: 'heading' });
    expect(of('Fecha límite')).toMatchObject({ kind: 'deadlines', due: '2026-12-15' });
    expect(found.every((one) => one.block !== null && one.page.url.startsWith('http'))).toBe(true);
    expect(text).toContain('guessed from the text');
  });

  test('of all meeting notes: open before done; decisions of decision lists; kinds; assignee; since', async () => {
    const ctx = await contextFor(site);
    const all = items(
      (await read(ctx, 'extract_action_items', { label: 'meeting-notes', kinds: ['action_items'] })).data,
    );
    expect(all.length).toBeGreaterThan(40);
    expect(all.every((one) => one.kind === 'action_items')).toBe(true);
    const done = all.findIndex((one) => one.done);
    expect(all.slice(done).every((one) => one.done)).toBe(true);
    const decided = items(
      (await read(ctx, 'extract_action_items', { space: 'PLAT', kinds: ['decisions'] })).data,
    );
    expect(decided).toContainEqual(
      expect.objectContaining({
        how: 'decision_list',
        guessed: false,
        text: 'The pager rotates on Mondays at 10:00 UTC',
      }),
    );
    const mine = items(
      (await read(ctx, 'extract_action_items', { label: 'meeting-notes', assignee: 'Marcus' })).data,
    );
    expect(mine.length).toBeGreaterThan(2);
    expect(mine.every((one) => one.owner?.name === 'Marcus Webb')).toBe(true);
    const recent = items(
      (await read(ctx, 'extract_action_items', { label: 'meeting-notes', since: '14d' })).data,
    );
    expect(recent.length).toBeLessThan(all.length);
    const dated = items(
      (await read(ctx, 'extract_action_items', { label: 'meeting-notes', kinds: ['deadlines'] })).data,
    );
    expect(dated.every((one) => one.due !== null)).toBe(true);
  });

  test('Ben sees no items of HR; a scope without any says so', async () => {
    const ada = items(
      (await read(await contextFor(site), 'extract_action_items', { label: 'meeting-notes' })).data,
    );
    const ben = items(
      (await read(await contextFor(site, 'ben'), 'extract_action_items', { label: 'meeting-notes' })).data,
    );
    expect(ben.length).toBeLessThan(ada.length);
    const none = await read(await contextFor(site), 'extract_action_items', {
      under: 'Battery care',
      kinds: ['decisions'],
    });
    expect(none.text).toMatch(/^No decisions found in the tree of "Battery care"/);
  });
});

describe('documentation coverage', () => {
  test('topics: found, thin, old, none, with evidence', async () => {
    const { data, text } = await read(await contextFor(site), 'check_documentation_coverage', {
      space: 'ENG',
      topics: [
        'logging guidelines',
        'Hive message bus',
        'quantum teleportation',
        'queue cluster',
        'PostgreSQL transactional',
      ],
      min_words: 25,
    });
    const topics = data.topics as {
      topic: string;
      state: string;
      pages: { title: string; evidence: string }[];
    }[];
    expect(Object.fromEntries(topics.map(({ topic, state }) => [topic, state]))).toMatchObject({
      'logging guidelines': 'found',
      'Hive message bus': 'old',
      'quantum teleportation': 'none',
    });
    expect(topics[0]?.pages[0]).toMatchObject({
      title: 'Datadog logging guidelines',
      evidence: 'in the title',
    });
    expect(text).toContain('quantum teleportation: nothing found');
  });

  test('pages without sections, labels, words', async () => {
    const { data, text } = await read(await contextFor(site), 'check_documentation_coverage', {
      label: 'policy',
      required_sections: ['Rules', 'Exceptions'],
      required_labels: ['policy', 'reviewed'],
    });
    const pages = data.pages as { title: string; missing_sections: string[]; missing_labels: string[] }[];
    expect(pages.find(({ title }) => title === 'Leave Policy')).toMatchObject({
      missing_sections: [],
      missing_labels: ['reviewed'],
    });
    expect(pages.find(({ title }) => title === 'Open Source Policy')).toMatchObject({
      missing_sections: ['Exceptions'],
    });
    expect(text).toContain(
      'lack some of: section "Rules", section "Exceptions", label policy, label reviewed, an owner.',
    );
  });

  test('beyond max_pages a search still finds the topic; Ben and a limited key see their own', async () => {
    const input = { topics: ['onboarding buddy'], max_pages: 1 };
    const { data } = await read(await contextFor(site), 'check_documentation_coverage', {
      ...input,
      space: 'ONB',
    });
    expect(data.completeness).toMatchObject({ complete: false, looked: 1 });
    const hr = { topics: ['hiring plan'], ...everything };
    const state = async (ctx: Context) =>
      ((await read(ctx, 'check_documentation_coverage', hr)).data.topics as { state: string }[])[0]?.state;
    expect(await state(await contextFor(site))).not.toBe('none');
    const limited = await contextFor(site, 'ada', { ...noLimits, spaces: ['2005'] });
    expect(await state(limited)).not.toBe('found');
    await expect(read(limited, 'check_documentation_coverage', { topics: ['?!'] })).rejects.toMatchObject({
      code: 'invalid_input',
    });
  });
});

test('a stopped call ends, and asks nothing more', async () => {
  const ctx = await contextFor(site);
  const stop = new AbortController();
  const header = `Basic ${btoa('ada@halden.example:sandbox-token-ada')}`;
  const { site: home } = ctx.confluence;
  const confluence = createConfluence({
    apiUrl: site.sandbox.url,
    site: home,
    via: 'site',
    credentials: async () => ({ header, scopes: null }),
    signal: stop.signal,
  });
  let progress = 0;
  const stopping: Context = {
    ...ctx,
    confluence,
    signal: stop.signal,
    progress: () => {
      progress += 1;
      if (progress === 2) stop.abort();
    },
  };
  await expect(read(stopping, 'find_unresolved_comments', everything)).rejects.toThrow();
  expect(progress).toBeLessThan(5);
});
