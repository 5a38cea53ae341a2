import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSandbox } from '../sandbox/index.ts';
import { type Limits, noLimits } from './index.ts';
import { apply, contextFor, preview, read, startSite, type TestSite } from './sandbox-context.fixture.ts';

let site: TestSite;
beforeAll(async () => {
  site = await startSite(startSandbox);
}, 60_000);
afterAll(() => site.stop());

const only = (...spaces: string[]): Limits => ({ ...noLimits, spaces });
const idOf = async (title: string): Promise<string> =>
  String((await read(await contextFor(site), 'read_page', { page: title, format: 'outline' })).data.id);

describe('reads', () => {
  test('A01: the right page first, with title, space, link and last edit', async () => {
    const { data, text, sources } = await read(await contextFor(site), 'search_content', {
      query: 'Q3 marketing roadmap',
    });
    const [first] = data.items as Record<string, unknown>[];
    expect(first).toMatchObject({
      title: 'Q3 Marketing Roadmap',
      type: 'page',
      space: { key: 'MKT', name: 'Marketing' },
      updated_by: 'Chloé Laurent',
    });
    expect(text).toContain('/wiki/spaces/MKT/pages/');
    expect(sources[0]).toMatchObject({ kind: 'page', title: 'Q3 Marketing Roadmap' });
  });

  test('A02: a page by id, by link, by tiny link, by SPACE:Title and by title', async () => {
    const ctx = await contextFor(site);
    const byId = await read(ctx, 'read_page', { page: '987654321', max_chars: 100_000 });
    expect(byId.data).toMatchObject({ title: 'Platform Operations Handbook', version: 4 });
    expect(byId.text).toContain('{{macro:toc');
    for (const page of [
      String(byId.data.url),
      'PLAT:Platform Operations Handbook',
      'the Platform Operations Handbook page',
      `${site.sandbox.url}/wiki/pages/viewpage.action?pageId=987654321`,
    ]) {
      expect((await read(ctx, 'read_page', { page, format: 'outline' })).data.id, page).toBe('987654321');
    }
  });

  test('formats, sections and paging of a long page', async () => {
    const ctx = await contextFor(site);
    const part = await read(ctx, 'read_page', { page: '987654321', max_chars: 1000 });
    expect(part.data.has_more).toBe(true);
    expect(part.text).toContain('Its headings, with id');
    const rest = await read(ctx, 'read_page', {
      page: '987654321',
      max_chars: 1000,
      cursor: part.data.cursor,
    });
    expect(rest.data.body).not.toBe(part.data.body);
    expect((await read(ctx, 'read_page', { page: '5543210', format: 'storage' })).data.body).toMatch(
      /<h2[ >]/,
    );
    expect(
      JSON.parse(String((await read(ctx, 'read_page', { page: '5543210', format: 'adf' })).data.body)).type,
    ).toBe('doc');
    const section = await read(ctx, 'read_page', { page: '5543210', section: 'What to watch' });
    expect(section.data.body).toContain('Signal');
    expect(section.data.body).not.toContain('Announce in');
    const old = await read(ctx, 'read_page', { page: '5543210', version: 1 });
    expect(old.data.version).toBe(1);
  });

  test('A05, A06, A08, A10: spaces, people, groups, authors', async () => {
    const ctx = await contextFor(site);
    const spaces = await read(ctx, 'list_spaces', { query: 'engineering spaces', status: 'current' });
    expect((spaces.data.items as { key: string }[]).map(({ key }) => key)).toEqual(['ENG', 'PLAT']);
    const people = await read(ctx, 'search_users', { query: 'Jane Doe' });
    expect(people.data.items).toMatchObject([{ name: 'Jane Doe', email: 'jane@halden.example' }]);
    const member = await read(ctx, 'list_group_members', {
      group: 'the contractors group',
      user: 'John Smith',
    });
    expect(member.data).toMatchObject({ is_member: true, group: { name: 'Contractors' } });
    const logging = await read(ctx, 'search_content', {
      query: 'Datadog logging guidelines',
      spaces: ['Engineering'],
    });
    const found = await read(ctx, 'read_page', {
      page: String((logging.data.items as { id: string }[])[0]?.id),
    });
    expect(found.data.title).toBe('Datadog logging guidelines');
    expect(found.text).toMatch(/created .* by \p{Lu}/u);
  });

  test('A11: drafts are those we know of, and the limit is said', async () => {
    const ctx = await contextFor(site);
    const made = await apply(
      ctx,
      await preview(ctx, 'create_page', { space: 'ENG', title: 'Half a thought', body: 'x', draft: true }),
    );
    expect(made.verification.ok).toBe(true);
    const { data, text } = await read(
      { ...ctx, knownPages: async () => [String(made.outcome.targetId), '5543210'] },
      'list_pages',
      { space: 'Engineering', status: 'draft' },
    );
    expect(data.items).toMatchObject([{ title: 'Half a thought', status: 'draft' }]);
    expect(text).toContain('Atlassian offers no list of drafts');
  });

  test('trees, comments, labels, files, versions', async () => {
    const ctx = await contextFor(site);
    const path = await read(ctx, 'list_ancestors', { id: '5543210' });
    expect((path.data.items as { title: string }[]).map(({ title }) => title)).toEqual([
      'Engineering Home',
      'Deployment',
    ]);
    const below = await read(ctx, 'list_descendants', { id: 'Engineering Home', depth: 3, limit: 100 });
    expect((below.data.items as { depth: number }[]).some(({ depth }) => depth === 2)).toBe(true);
    const comments = await read(ctx, 'list_comments', { id: 'API Guidelines', replies: true });
    const inline = (comments.data.items as { id: string; kind: string; anchor: string }[]).find(
      ({ kind }) => kind === 'inline',
    );
    expect(inline?.anchor).not.toBe('');
    const one = await read(ctx, 'get_comment', { comment_id: String(inline?.id) });
    expect(one.data).toMatchObject({ id: inline?.id, kind: 'inline' });
    expect((await read(ctx, 'list_labels', { of: 'page', id: 'API Guidelines' })).data.items).toContainEqual(
      expect.objectContaining({ name: 'api' }),
    );
    const files = await read(ctx, 'list_attachments', { limit: 2 });
    const [file] = files.data.items as { id: string; filename: string }[];
    expect((await read(ctx, 'get_attachment', { attachment: String(file?.id) })).data.filename).toBe(
      file?.filename,
    );
    const versions = await read(ctx, 'list_versions', { id: 'API Guidelines' });
    expect(versions.data.items).toHaveLength(5);
    const compared = await read(ctx, 'compare_versions', { id: 'API Guidelines', from: 3 });
    expect(compared.data.diff).toContain('Rate limits');
    const page1 = await read(ctx, 'list_pages', { space: 'ENG', limit: 2 });
    const page2 = await read(ctx, 'list_pages', { space: 'ENG', limit: 2, cursor: page1.data.cursor });
    expect(page2.data.items).not.toEqual(page1.data.items);
  });

  test('unknown spaces, pages and people are said, with near names', async () => {
    const ctx = await contextFor(site);
    await expect(read(ctx, 'search_content', { query: 'x', spaces: ['Enginering'] })).rejects.toMatchObject({
      code: 'not_found',
      data: { near: [{ key: 'ENG' }, expect.anything(), expect.anything()] },
    });
    await expect(read(ctx, 'read_page', { page: '111222333' })).rejects.toMatchObject({ code: 'not_found' });
    await expect(
      read(ctx, 'list_group_members', { group: 'Contractors', user: 'Nobody Atall' }),
    ).rejects.toMatchObject({ code: 'not_found' });
    await expect(
      read(ctx, 'search_content', { cql: 'type = page AND status = draft' }),
    ).rejects.toMatchObject({ code: 'invalid_input' });
    await expect(read(ctx, 'search_content', {})).rejects.toMatchObject({ code: 'invalid_input' });
  });

  test('a person sees what their account may see', async () => {
    const ben = await contextFor(site, 'ben');
    expect((await read(ben, 'list_spaces', {})).text).not.toContain('key HR');
    await expect(read(ben, 'get_space', { space: 'HR' })).rejects.toMatchObject({ code: 'not_found' });
  });

  test('check_connection tries every ability', async () => {
    const { data } = await read(await contextFor(site), 'check_connection', {});
    expect((data.results as { ok: boolean }[]).filter(({ ok }) => !ok)).toEqual([]);
  });
});

describe('limits.spaces', () => {
  test('what lies in another space does not exist, on reads and writes alike', async () => {
    const ctx = await contextFor(site, 'ada', only('1001'));
    const rows = await read(ctx, 'search_content', { query: 'roadmap planning billing' });
    expect((rows.data.items as { space: { id: string } }[]).every(({ space }) => space.id === '1001')).toBe(
      true,
    );
    const raw = await read(ctx, 'search_content', { cql: 'type = page', limit: 50 });
    expect((raw.data.items as { space: { id: string } }[]).every(({ space }) => space.id === '1001')).toBe(
      true,
    );
    expect((await read(ctx, 'list_spaces', {})).data.items).toMatchObject([{ id: '1001' }]);
    const unknown = await read(ctx, 'read_page', { page: '111222333' }).catch(
      (error: Error) => error.message,
    );
    const outside = await read(ctx, 'read_page', { page: '987654321' }).catch(
      (error: Error) => error.message,
    );
    expect(outside).toBe(String(unknown).replace('111222333', '987654321'));
    await expect(read(ctx, 'get_space', { space: 'MKT' })).rejects.toMatchObject({ code: 'not_found' });
    await expect(read(ctx, 'read_page', { page: 'Q3 Marketing Roadmap' })).rejects.toMatchObject({
      code: 'not_found',
    });
    const roadmap = await idOf('Q3 Marketing Roadmap');
    for (const [name, input] of [
      ['edit_page', { page: roadmap, edits: [{ op: 'append', markdown: 'x' }] }],
      ['update_page', { page: roadmap, title: 'x' }],
      ['delete_page', { pages: [roadmap] }],
      ['move_page', { pages: ['5543210'], target: roadmap }],
      ['add_label', { ids: [roadmap], labels: ['x'] }],
      ['restore_version', { id: roadmap, version: 1 }],
      ['create_page', { space: 'MKT', title: 'x' }],
    ] as const)
      await expect(preview(ctx, name, input), name).rejects.toMatchObject({ code: 'not_found' });
    for (const [name, input] of [
      ['list_comments', { id: roadmap }],
      ['list_versions', { id: roadmap }],
      ['list_attachments', { id: roadmap }],
      ['list_children', { id: roadmap }],
      ['list_descendants', { id: roadmap }],
      ['list_ancestors', { id: roadmap }],
      ['list_labels', { of: 'page', id: roadmap }],
      ['compare_versions', { id: roadmap, from: 1 }],
      ['get_version', { id: roadmap, version: 1 }],
    ] as const)
      await expect(read(ctx, name, input), name).rejects.toMatchObject({ code: 'not_found' });
    for (const name of ['list_comments', 'list_attachments'] as const) {
      const { data } = await read(ctx, name, { limit: 100 });
      const all = await read(await contextFor(site), name, { limit: 100 });
      expect((data.items as unknown[]).length).toBeLessThan((all.data.items as unknown[]).length);
    }
    await expect(read(ctx, 'list_labels', { of: 'site' })).rejects.toMatchObject({ code: 'forbidden' });
    const pages = await read(ctx, 'list_pages', { limit: 250 });
    expect((pages.data.items as { space: { id: string } }[]).every(({ space }) => space.id === '1001')).toBe(
      true,
    );
  });
});
