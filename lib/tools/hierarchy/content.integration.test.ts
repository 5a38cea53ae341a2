import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSandbox } from '../../sandbox/index.ts';
import {
  apply,
  contextFor,
  preview,
  read,
  startSite,
  type TestSite,
  write,
} from '../sandbox-context.fixture.ts';

let site: TestSite;
beforeAll(async () => {
  site = await startSite(startSandbox);
}, 60_000);
afterAll(() => site.stop());

const limited = (spaces: string[]) => ({
  tiers: ['read', 'write', 'destructive'] as const,
  operations: null,
  tags: null,
  spaces,
});
type Item = { id: string; type: string; title: string; depth: number; parent_id: string | null };
const itemsOf = (data: Record<string, unknown>) => data.items as Item[];

describe('get_content and delete_content', () => {
  test('an id, a link, a title: what it is and what cannot be read of it', async () => {
    const ctx = await contextFor(site);
    const all = itemsOf(
      (await read(ctx, 'list_space_content', { space: 'ENG', view: 'flat', limit: 250 })).data,
    );
    const kinds = ['folder', 'whiteboard', 'database', 'smart_link'].map(
      (kind) => [kind, all.find((one) => one.type === kind)] as const,
    );
    for (const [kind, item] of kinds) {
      if (item === undefined) continue;
      const found = await read(ctx, 'get_content', { ref: item.id });
      expect(found.data).toMatchObject({ type: kind, title: item.title, space: { key: 'ENG' } });
      expect((await read(ctx, 'get_content', { ref: String(found.data.url) })).data.id).toBe(item.id);
    }
    expect(kinds.filter(([, item]) => item !== undefined).length).toBeGreaterThan(0);
    const page = await read(ctx, 'get_content', { ref: 'ENG:API Guidelines' });
    expect(page.data).toMatchObject({ type: 'page', note: expect.stringContaining('read_page') });
    const files = await read(ctx, 'list_attachments', { page: String(page.data.id) });
    const [file] = files.data.items as { id: string; filename: string }[];
    if (file !== undefined)
      expect((await read(ctx, 'get_content', { ref: file.id })).data).toMatchObject({
        type: 'attachment',
        title: file.filename,
      });
    const remarks = await read(ctx, 'list_comments', { id: String(page.data.id) });
    const [remark] = remarks.data.items as { id: string }[];
    expect((await read(ctx, 'get_content', { ref: remark?.id ?? '' })).data.type).toMatch(/_comment$/);
    await expect(read(ctx, 'get_content', { ref: '1' })).rejects.toMatchObject({ code: 'not_found' });
  });

  test("Ben's view and a limited key's are narrower", async () => {
    const ctx = await contextFor(site);
    const hidden = String((await read(ctx, 'read_page', { page: 'HR:HR Home' })).data.id);
    const ben = await contextFor(site, 'ben');
    await expect(read(ben, 'get_content', { ref: hidden })).rejects.toMatchObject({ code: 'not_found' });
    const few = await contextFor(site, 'ada', limited(['2005']));
    await expect(read(few, 'get_content', { ref: '5543210' })).rejects.toMatchObject({ code: 'not_found' });
    await expect(read(few, 'get_content', { ref: '5543210', content_type: 'page' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('a folder is deleted with what lies in it named, and without undo', async () => {
    const ctx = await contextFor(site);
    const folder = await preview(ctx, 'create_folder', { space: 'ENG', title: 'Loose ends' });
    const made = String((await apply(ctx, folder)).outcome.targetId);
    await apply(ctx, await preview(ctx, 'create_page', { space: 'ENG', title: 'In there', parent: made }));
    const proposal = await preview(ctx, 'delete_content', { id: made, content_type: 'folder' });
    expect(proposal).toMatchObject({
      title: 'Delete the folder "Loose ends"',
      target: { space: { key: 'ENG' } },
      warnings: [{ code: 'leaves_children', mustConfirm: true }],
      undo: { possible: false },
    });
    expect(proposal.warnings[0]?.message).toContain('"In there"');
    const few = await contextFor(site, 'ada', limited(['2005']));
    await expect(preview(few, 'delete_content', { id: made, content_type: 'folder' })).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(await write('delete_content').settle(ctx, proposal)).toEqual({ kind: 'not_applied' });
    const { outcome, verification } = await apply(ctx, proposal);
    expect(verification.ok).toBe(true);
    expect(await write('delete_content').settle(ctx, proposal)).toMatchObject({ kind: 'applied' });
    expect(await write('delete_content').inverse(ctx, proposal, outcome)).toHaveProperty('impossible');
    expect((await write('delete_content').rebase(ctx, proposal)).kind).toBe('conflict');
  });
});

describe('list_space_content', () => {
  test('tree, roots and flat; a small limit goes on to the same list', async () => {
    const ctx = await contextFor(site);
    const whole = await read(ctx, 'list_space_content', { space: 'ENG', depth: 10, limit: 250 });
    const items = itemsOf(whole.data);
    expect(items[0]).toMatchObject({ title: 'Engineering Home', depth: 1, parent_id: null });
    expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
    expect(Math.max(...items.map(({ depth }) => depth))).toBeGreaterThan(3);
    const found: Item[] = [];
    let cursor: string | undefined;
    do {
      const part = await read(ctx, 'list_space_content', { space: 'ENG', depth: 10, limit: 40, cursor });
      found.push(...itemsOf(part.data));
      cursor = (part.data.cursor as string | null) ?? undefined;
    } while (cursor !== undefined);
    expect(found.map(({ id }) => id).sort()).toEqual(items.map(({ id }) => id).sort());
    const roots = itemsOf(
      (await read(ctx, 'list_space_content', { space: 'ENG', view: 'roots', types: ['page'] })).data,
    );
    expect(roots.map(({ title }) => title)).toContain('Engineering Home');
    const posts = await read(ctx, 'list_space_content', {
      space: 'Marketing',
      view: 'flat',
      types: ['blog_post', 'custom_content'],
    });
    expect(itemsOf(posts.data).every(({ type }) => type === 'blog_post')).toBe(true);
    expect(posts.text).toContain('list_custom_content');
  });

  test('Ben does not see HR, a limited key only its spaces, and an empty part is said so', async () => {
    const ben = await contextFor(site, 'ben');
    await expect(read(ben, 'list_space_content', { space: 'HR' })).rejects.toMatchObject({
      code: 'not_found',
    });
    const few = await contextFor(site, 'ada', limited(['2005']));
    await expect(read(few, 'list_space_content', { space: 'ENG' })).rejects.toMatchObject({
      code: 'not_found',
    });
    const none = await read(few, 'list_space_content', { space: 'ONB', types: ['database'], view: 'flat' });
    expect(none.text).toMatch(/^0 items of Onboarding \(ONB\) visible to you/);
  });
});
