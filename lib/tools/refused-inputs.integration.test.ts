import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startSandbox } from '../sandbox/index.ts';
import { type Context, noLimits } from './operation.ts';
import { contextFor, preview, startSite, type TestSite } from './sandbox-context.fixture.ts';

/** An input that would have no effect is refused: whoever gave it meant something by it. */

let site: TestSite;
let ada: Context;
beforeAll(async () => {
  site = await startSite(startSandbox);
}, 60_000);
beforeEach(async () => {
  ada = await contextFor(site);
});
afterAll(() => site.stop());

const page = '5543210';

test.each<[string, Record<string, unknown>, string]>([
  ['create_page', { space: 'ENG', title: 'T', template_id: '1', body: 'x' }, 'template_id'],
  ['create_page', { space: 'ENG', title: 'T', body: 'x', template_values: { a: 'b' } }, 'template_values'],
  ['create_page', { space: 'ENG', title: 'T', template_id: '1', body_format: 'adf' }, 'body_format'],
  ['set_content_state', { ids: [page], color: 'red' }, 'color'],
  ['create_whiteboard', { space: 'ENG', title: 'W', locale: 'de-DE' }, 'locale'],
  ['set_restrictions', { id: page, mode: 'clear', users: ['me'] }, 'clear'],
  [
    'add_space_permission',
    { space: 'ENG', user: 'Ben Okafor', role: 'Viewer', permission: 'read space' },
    'role',
  ],
  ['update_page', { page, title: 'T', body_format: 'storage' }, 'body_format'],
  [
    'update_blog_post',
    { post: 'Robots speak MQTT 5', base_version: 1, title: 'T', body_format: 'storage' },
    'body_format',
  ],
])('%s refuses %o', async (name, input, said) => {
  await expect(preview(ada, name, input)).rejects.toMatchObject({
    code: 'invalid_input',
    message: expect.stringContaining(said),
    next: expect.any(String),
  });
});

test('what is no id is not read as one: a file name with a number in it', async () => {
  for (const id of ['Budget 764424641', 'report764424641'])
    await expect(
      preview(ada, 'create_footer_comment', { id, content_type: 'attachment', body: 'Hm.' }),
    ).rejects.toMatchObject({ code: 'invalid_input' });
  for (const id of ['764424641', 'att764424641', '/download/att764424641'])
    expect(
      (await preview(ada, 'create_footer_comment', { id, content_type: 'attachment', body: 'Hm.' })).input.id,
    ).toBe('att764424641');
});

test('an access limited to spaces reaches no groups and no admin key', async () => {
  const limited = await contextFor(site, 'ada', { ...noLimits, spaces: ['1001'] });
  await expect(
    preview(limited, 'add_user_to_group', { group: 'Contractors', user: 'Ben Okafor' }),
  ).rejects.toMatchObject({ code: 'forbidden' });
  await expect(preview(limited, 'set_admin_key', { enabled: true })).rejects.toMatchObject({
    code: 'forbidden',
    message: expect.stringContaining('limited to certain spaces'),
  });
});

test('leaving a group oneself must be ticked', async () => {
  const proposal = await preview(ada, 'remove_user_from_group', { group: 'site-admins', user: 'me' });
  expect(proposal.warnings).toContainEqual(
    expect.objectContaining({ code: 'own_access', mustConfirm: true }),
  );
});
