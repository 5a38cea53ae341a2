import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSandbox } from '../../sandbox/index.ts';
import { type Limits, noLimits } from '../index.ts';
import { apply, contextFor, preview, read, startSite, type TestSite } from '../sandbox-context.fixture.ts';

let site: TestSite;
beforeAll(async () => {
  site = await startSite(startSandbox);
}, 60_000);
afterAll(() => site.stop());

const only = (...spaces: string[]): Limits => ({ ...noLimits, spaces });
type Row = { id: string; title: string; type: string; space: { key: string } | null };
const items = (data: Record<string, unknown>): Row[] => data.items as Row[];

test('by name: pages and posts of all spaces, of one, of one kind; Ben sees fewer; nothing is said plainly', async () => {
  const ada = await contextFor(site);
  const all = await read(ada, 'list_content_by_label', { label: '#Policy', limit: 100 });
  expect(items(all.data).length).toBeGreaterThanOrEqual(12);
  const it = await read(ada, 'list_content_by_label', { label: 'policy', space: 'IT', types: ['page'] });
  expect(new Set(items(it.data).map(({ space }) => space?.key))).toEqual(new Set(['IT']));
  const ben = await read(await contextFor(site, 'ben'), 'list_content_by_label', {
    label: 'policy',
    limit: 100,
  });
  expect(items(ben.data).length).toBeLessThan(items(all.data).length);
  expect(items(ben.data).map(({ space }) => space?.key)).not.toContain('HR');
  const none = await read(ada, 'list_content_by_label', { label: 'no-such-label' });
  expect(none.text).toContain('0 items with the label "no-such-label" visible to you');
  const id = String((await read(ada, 'get_space', { space: 'ENG' })).data.id);
  const limited = await read(await contextFor(site, 'ada', only(id)), 'list_content_by_label', {
    label: 'policy',
    limit: 100,
  });
  expect(items(limited.data).every(({ space }) => space?.key === 'ENG')).toBe(true);
});

test('by id: one kind after the other, paged, files too', async () => {
  const ada = await contextFor(site);
  const labels = (await read(ada, 'list_labels', { of: 'page', id: 'Password and Passkey Policy' })).data
    .items as { id: string; name: string }[];
  const id = labels.find(({ name }) => name === 'policy')?.id ?? '';
  const file = { ids: ['att764424641'], content_type: 'attachment', labels: ['policy'] };
  expect((await apply(ada, await preview(ada, 'add_label', file))).verification.ok).toBe(true);
  const seen: Row[] = [];
  let cursor: string | null = null;
  do {
    const { data } = await read(ada, 'list_content_by_label', {
      label: id,
      limit: 5,
      ...(cursor === null ? {} : { cursor }),
    });
    seen.push(...items(data));
    cursor = data.cursor as string | null;
  } while (cursor !== null);
  expect(new Set(seen.map((row) => row.id)).size).toBe(seen.length);
  expect(seen.at(-1)).toMatchObject({ id: 'att764424641', type: 'attachment' });
  const files = await read(ada, 'list_content_by_label', { label: id, types: ['attachment'], space: 'ONB' });
  expect(items(files.data)).toHaveLength(1);
  const elsewhere = await read(ada, 'list_content_by_label', {
    label: id,
    types: ['attachment'],
    space: 'IT',
  });
  expect(items(elsewhere.data)).toEqual([]);
});
