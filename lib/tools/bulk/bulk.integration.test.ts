import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyStorage } from '#lib/content';
import { startSandbox } from '../../sandbox/index.ts';
import type { Context, PlanItem } from '../operation.ts';
import { noLimits } from '../operation.ts';
import {
  apply,
  contextFor,
  plan,
  preview,
  startSite,
  storageOf,
  type TestSite,
  undo,
} from '../sandbox-context.fixture.ts';
import { filledIn } from './plan-list.ts';

let site: TestSite;
let ada: Context;
let ben: Context;
beforeAll(async () => {
  site = await startSite(startSandbox);
  ada = await contextFor(site);
  ben = await contextFor(site, 'ben');
}, 60_000);
afterAll(() => site.stop());

async function spaceId(key: string): Promise<string> {
  const answer = await ada.confluence.sendRequest<{ results: { id: string }[] }>({
    url: '/wiki/api/v2/spaces',
    method: 'GET',
    searchParams: { keys: key },
  } as never);
  return String(answer.results[0]?.id);
}

/** The storage that a step's preview would save. */
async function previewed(ctx: Context, item: PlanItem) {
  const proposal = await preview(ctx, item.operation, item.input);
  const request = proposal.request as { body?: { value?: string }; put?: { body?: { value?: string } } };
  return { proposal, request };
}

describe('replace_text_in_pages', () => {
  const input = {
    find: 'docs.halden-old.example',
    replace: 'docs.halden.example',
    target: 'links',
  };

  test('A23: every link to the old domain, and nothing but link targets', async () => {
    const list = await plan(ada, 'replace_text_in_pages', input);
    expect(list.items.length).toBeGreaterThan(5);
    expect(list.text).toContain('[-docs.halden-old.example-]{+docs.halden.example+}');
    expect(list.text).toContain('Nothing has been written.');
    expect(list.data.completeness).toMatchObject({ complete: true });
    for (const item of list.items) {
      const before = await storageOf(ada, String(item.input.page));
      const { proposal } = await previewed(ada, item);
      const { outcome, verification } = await apply(ada, proposal);
      expect(verification.ok, item.title).toBe(true);
      const after = await storageOf(ada, String(item.input.page));
      const back = after.replaceAll('https://docs.halden.example', 'https://docs.halden-old.example');
      const was = before.replaceAll('https://docs.halden.example', 'https://docs.halden-old.example');
      expect(back, item.title).toBe(was);
      // The words of a link stay, and so does an address that is no link.
      expect(after.replace(/(href|src|ri:value)="[^"]*"/g, '')).toBe(
        before.replace(/(href|src|ri:value)="[^"]*"/g, ''),
      );
      if (item === list.items[0]) {
        await undo(ada, proposal, outcome);
        expect(await storageOf(ada, String(item.input.page))).toBe(before);
      }
    }
    const again = await plan(ada, 'replace_text_in_pages', input);
    expect(again.items.length).toBe(1);
  });

  test('text: the diff of each page touches only what the list says', async () => {
    const list = await plan(ada, 'replace_text_in_pages', {
      find: 'customer',
      replace: 'buyer',
      space: 'ENG',
    });
    expect(list.items.length).toBeGreaterThan(0);
    for (const item of list.items) {
      const { proposal } = await previewed(ada, item);
      const counts = proposal.diff.body?.counts;
      expect(counts?.macrosLost).toBe(0);
      expect(counts?.commentMarkersLost).toBe(0);
      const before = await storageOf(ada, String(item.input.page));
      const edits = (item.input.edits ?? []) as { storage: string }[];
      for (const edit of edits) expect(edit.storage.toLowerCase()).toContain('buyer');
      expect(verifyStorage(before, before, before).ok).toBe(true);
    }
  });

  test('the plan ends at max_pages and says so; a limited key sees its spaces only', async () => {
    const short = await plan(ada, 'replace_text_in_pages', {
      ...input,
      target: 'both',
      find: 'the',
      max_pages: 2,
    });
    expect(short.items.length).toBe(2);
    expect(short.data.completeness).toMatchObject({ complete: false });
    const onb = await spaceId('ONB');
    const limited = await contextFor(site, 'ada', { ...noLimits, spaces: [onb] });
    const list = await plan(limited, 'replace_text_in_pages', {
      find: 'the',
      replace: 'THE',
      case_sensitive: true,
    });
    expect(list.items.length).toBeGreaterThan(0);
    expect(new Set(list.items.map((item) => item.target.space?.key))).toEqual(new Set(['ONB']));
  });

  test('Ben gets nothing of HR', async () => {
    const list = await plan(ben, 'replace_text_in_pages', { find: 'Hiring', replace: 'Recruiting' });
    expect(list.items.filter((item) => item.target.space?.key === 'HR')).toEqual([]);
  });
});

describe('add_content_to_pages', () => {
  test('A22: a disclaimer for every policy page, once', async () => {
    const input = { body: '> For use inside Halden only.', label: 'policy', position: 'bottom' };
    const list = await plan(ada, 'add_content_to_pages', input);
    expect(list.items.length).toBeGreaterThan(1);
    for (const item of list.items) {
      const { proposal } = await previewed(ada, item);
      expect(proposal.diff.body?.counts).toMatchObject({ changed: 0, removed: 0, added: 1 });
    }
    const [first] = list.items;
    const proposal = await preview(ada, first?.operation ?? '', first?.input ?? {});
    expect((await apply(ada, proposal)).verification.ok).toBe(true);
    const again = await plan(ada, 'add_content_to_pages', input);
    expect(again.items.length).toBe(list.items.length - 1);
    expect(again.text).toContain('it has this text already');
  });

  test('a page without the heading is left out with its reason; no scope is refused', async () => {
    const list = await plan(ada, 'add_content_to_pages', { body: 'x', heading: 'Rate limits', space: 'ENG' });
    expect(list.data.skipped).not.toEqual([]);
    await expect(plan(ada, 'add_content_to_pages', { body: 'x' })).rejects.toMatchObject({
      code: 'invalid_input',
    });
  });
});

test('add_label_to_pages: only what is lacking, each step previews', async () => {
  const list = await plan(ada, 'add_label_to_pages', { labels: ['Reviewed 2026'], label: 'policy' });
  expect(list.items.length).toBeGreaterThan(1);
  for (const item of list.items) {
    const proposal = await preview(ada, item.operation, item.input);
    expect(proposal.diff.fields[0]?.after).toContain('reviewed-2026');
  }
  const none = await plan(ada, 'add_label_to_pages', { labels: ['policy'], label: 'policy' });
  expect(none.items).toEqual([]);
});

describe('archive_stale_pages', () => {
  test('A24: pages of the Archive space that nobody viewed for six months', async () => {
    const list = await plan(ada, 'archive_stale_pages', { space: 'ARC', not_viewed_for: '6m' });
    expect(list.items.length).toBeGreaterThan(0);
    expect(list.text).toContain('cannot be undone');
    expect(list.items.every((item) => item.why.includes('no views for 6 months'))).toBe(true);
    for (const item of list.items) {
      const proposal = await preview(ada, item.operation, item.input);
      expect(proposal.undo.possible).toBe(false);
    }
  });

  test('labels keep a page out; what makes a page stale must be said', async () => {
    const all = await plan(ada, 'archive_stale_pages', {
      space: 'ENG',
      not_edited_for: '3m',
      max_pages: 500,
    });
    const some = await plan(ada, 'archive_stale_pages', {
      space: 'ENG',
      not_edited_for: '3m',
      exclude_labels: ['runbook'],
      max_pages: 500,
    });
    expect(some.items.length).toBeLessThan(all.items.length);
    await expect(plan(ada, 'archive_stale_pages', { space: 'ENG' })).rejects.toMatchObject({
      code: 'invalid_input',
    });
  });
});

describe('create_page_tree', () => {
  const tree = [
    {
      title: 'Support knowledge base',
      body: 'Start here.',
      children: [
        {
          title: 'Guides',
          folder: true,
          children: [{ title: 'How to reset a robot', body: '1. Hold\n2. Wait' }],
        },
        { title: 'Support FAQ', labels: ['faq'] },
      ],
    },
  ];

  test('step by step, with the ids of what was made', async () => {
    const list = await plan(ada, 'create_page_tree', { space: 'ENG', tree });
    expect(list.items.map((item) => item.operation)).toEqual([
      'create_page',
      'create_folder',
      'create_page',
      'create_page',
    ]);
    const made = new Map<number, string>();
    for (const [index, item] of list.items.entries()) {
      const proposal = await preview(ada, item.operation, filledIn(item.input, made));
      const { outcome, verification } = await apply(ada, proposal);
      expect(verification.ok, item.title).toBe(true);
      made.set(index, outcome.targetId ?? '');
    }
    await expect(plan(ada, 'create_page_tree', { space: 'ENG', tree })).rejects.toMatchObject({
      code: 'title_taken',
    });
  });

  test('what is wrong in the tree is named', async () => {
    const wrong = [{ title: 'A1', children: [{ titel: 'B1' }] }];
    await expect(plan(ada, 'create_page_tree', { space: 'ENG', tree: wrong })).rejects.toThrow(/Below "A1"/);
    const twice = [{ title: 'Same' }, { title: 'same' }];
    await expect(plan(ada, 'create_page_tree', { space: 'ENG', tree: twice })).rejects.toMatchObject({
      code: 'title_taken',
    });
  });
});

test('copy_space_structure: a new space, then its pages in order', async () => {
  const outline = await plan(ada, 'copy_space_structure', {
    source: 'ONB',
    name: 'Onboarding Berlin',
    content: 'outline',
  });
  expect(outline.items[0]?.operation).toBe('create_space');
  const made = new Map<number, string>();
  for (const [index, item] of outline.items.slice(0, 5).entries()) {
    const proposal = await preview(ada, item.operation, filledIn(item.input, made));
    const { outcome, verification } = await apply(ada, proposal);
    expect(verification.ok, `${item.title}: ${verification.details.join(' ')}`).toBe(true);
    made.set(index, outcome.targetId ?? '');
  }
  const full = await plan(ada, 'copy_space_structure', {
    source: 'ONB',
    name: 'Onboarding Oslo',
    key: 'ONBO',
    replace_in_titles: { search: 'Onboarding', replace: 'Oslo' },
  });
  const first = await preview(ada, 'create_space', full.items[0]?.input ?? {});
  await apply(ada, first);
  for (const item of full.items.slice(1)) await preview(ada, item.operation, item.input);
  const engineering = await plan(ada, 'copy_space_structure', { source: 'ENG', name: 'Engineering two' });
  const template = engineering.items.find((item) => item.operation === 'create_template');
  await preview(ada, 'create_template', { ...template?.input, space: 'ONBO' });
  const limited = await contextFor(site, 'ada', { ...noLimits, spaces: [await spaceId('ONB')] });
  await expect(plan(limited, 'copy_space_structure', { source: 'ONB', name: 'X' })).rejects.toMatchObject({
    code: 'forbidden',
  });
});

describe('create_table_of_contents', () => {
  test('the macro on a page, once', async () => {
    const proposal = await preview(ada, 'create_table_of_contents', {
      mode: 'toc_macro',
      page: 'ENG:Datadog logging guidelines',
    });
    const before = await storageOf(ada, proposal.target.id ?? '');
    expect(proposal.diff.body?.counts).toMatchObject({ added: 1, changed: 0, removed: 0 });
    const { outcome, verification } = await apply(ada, proposal);
    expect(verification.ok).toBe(true);
    await expect(
      preview(ada, 'create_table_of_contents', { mode: 'toc_macro', page: proposal.target.id }),
    ).rejects.toThrow(/already/);
    await undo(ada, proposal, outcome);
    expect(await storageOf(ada, proposal.target.id ?? '')).toBe(before);
  });

  test('an index page of a space links every page that is seen', async () => {
    const proposal = await preview(ada, 'create_table_of_contents', { mode: 'index_page', space: 'ONB' });
    expect(proposal.operation).toBe('create_page');
    const { outcome, verification } = await apply(ada, proposal);
    expect(verification.ok).toBe(true);
    expect(await storageOf(ada, outcome.targetId ?? '')).toContain('ri:content-title="Your first day"');
    await undo(ada, proposal, outcome);
    await expect(preview(ada, 'create_table_of_contents', { mode: 'index_page' })).rejects.toMatchObject({
      code: 'invalid_input',
    });
  });
});

test('create_review_request: status, record and mention for each page', async () => {
  const list = await plan(ada, 'create_review_request', {
    pages: ['ENG:API Guidelines'],
    reviewers: ['Ben Okafor', 'Priya Raman'],
    due: '2w',
    message: 'Mind the errors.',
  });
  expect(list.items.map((item) => item.operation)).toEqual([
    'set_content_state',
    'create_content_property',
    'create_footer_comment',
  ]);
  for (const item of list.items) {
    const proposal = await preview(ada, item.operation, item.input);
    expect((await apply(ada, proposal)).verification.ok, item.title).toBe(true);
  }
  const again = await plan(ada, 'create_review_request', {
    pages: ['ENG:API Guidelines'],
    reviewers: ['Ben Okafor'],
  });
  expect(again.items[1]?.operation).toBe('update_content_property');
  await preview(ada, 'update_content_property', again.items[1]?.input ?? {});
});
