import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSandbox } from '../sandbox/index.ts';
import { type Context, type Limits, noLimits } from './index.ts';
import { bodyOfTemplate } from './pages/create-body.ts';
import { contextFor, read, startSite, type TestSite } from './sandbox-context.fixture.ts';

let site: TestSite;
let limited: Context;
const only = (...spaces: string[]): Limits => ({ ...noLimits, spaces });

beforeAll(async () => {
  site = await startSite(startSandbox);
  const space = await read(await contextFor(site), 'get_space', { space: 'ENG' });
  limited = await contextFor(site, 'ada', only(String(space.data.id)));
}, 60_000);
afterAll(() => site.stop());

test('raw CQL of a limited caller tells nothing of other spaces, not even that more follows', async () => {
  const free = await contextFor(site);
  for (const cql of [
    'type = page and space = MKT',
    'type = page or space = MKT',
    'space = MKT and title !~ " order by " order by created',
  ]) {
    expect((await read(free, 'search_content', { cql, limit: 1 })).data.has_more, cql).toBe(true);
  }
  const away = await read(limited, 'search_content', { cql: 'type = page and space = MKT', limit: 1 });
  expect(away.data).toMatchObject({ items: [], has_more: false });
  const tricky = await read(limited, 'search_content', {
    cql: 'space = MKT and title !~ " order by " order by created',
    limit: 1,
  });
  expect(tricky.data).toMatchObject({ items: [], has_more: false });
  const either = await read(limited, 'search_content', { cql: 'type = page or space = MKT', limit: 50 });
  expect((either.data.items as { space: { key: string } }[]).map(({ space }) => space.key)).not.toContain(
    'MKT',
  );
  expect(String(either.data.cql)).toBe('(type = page or space = MKT) AND space = "ENG"');
});

test('CQL cannot step out of the parentheses around it', async () => {
  for (const cql of ['type = page) or (space = MKT', 'type = page) or (space = MKT) and (type = page']) {
    await expect(read(limited, 'search_content', { cql }), cql).rejects.toMatchObject({
      code: 'invalid_input',
    });
  }
});

test('a template of another space, or of no space, is not found', async () => {
  const template = (space: unknown): Context => ({
    ...limited,
    confluence: {
      ...limited.confluence,
      sendRequest: async <T>() =>
        ({ templateId: '1', name: 'T', space, body: { storage: { value: '<p>Secret</p>' } } }) as T,
    },
  });
  const allowed = limited.limits.spaces?.[0];
  await expect(bodyOfTemplate(template({ id: 77 }), '1', {})).rejects.toMatchObject({ code: 'not_found' });
  await expect(bodyOfTemplate(template(undefined), '1', {})).rejects.toMatchObject({ code: 'not_found' });
  expect((await bodyOfTemplate(template({ id: Number(allowed) }), '1', {})).value).toBe('<p>Secret</p>');
  const free = { ...template(undefined), limits: noLimits };
  expect((await bodyOfTemplate(free, '1', {})).value).toBe('<p>Secret</p>');
});
