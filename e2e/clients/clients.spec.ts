import { expect, test } from '../fixtures.ts';
import { makeKey } from '../mcp-client.ts';
import { outsiders } from './outside.ts';

const guide = '5543210';

for (const [name, connect] of Object.entries(outsiders)) {
  test(`B14 ${name}: lists, reads, proposes; Ada applies; the client learns it`, async ({
    ada,
    app,
    page,
    sandbox,
  }) => {
    const client = await connect(makeKey(app));
    const names = await client.names();
    expect(names).toEqual(expect.arrayContaining(['search_content', 'read_page', 'edit_page', 'get_change']));
    expect(names.length).toBeLessThanOrEqual(14);
    const revision = /20\d\d-\d\d-\d\d/.exec(name)?.[0];
    if (revision !== undefined) expect(client.revision).toBe(revision);

    const before = await sandbox.page(guide);
    expect(await client.call('read_page', { page: guide })).toContain(before.title);

    const edits = [{ op: 'append', markdown: `## Seen from outside\n\nBy ${name}.` }];
    const proposed = await client.call('edit_page', { page: guide, base_version: before.version, edits });
    const [address, id] = new RegExp(`${app.url}/changes/(chg_\\w+)`).exec(proposed) ?? [];
    expect(proposed).toContain('Seen from outside');
    expect(await client.call('get_change', { change_id: id })).toContain('Proposed, not written yet');
    expect(await sandbox.writes()).toEqual([]);

    const outcome = client.call('get_change', { change_id: id, wait_seconds: 30 });
    await page.goto(address as string);
    await ada.card.getByRole('button', { name: 'Apply', exact: true }).click();
    await expect(ada.card.getByRole('status')).toContainText(/^Applied/);
    expect(await outcome).toMatch(/applied and verified/i);
    expect((await sandbox.page(guide)).storage).toContain('Seen from outside');
    expect(await sandbox.writes()).toHaveLength(1);
    await client.close();
  });
}

test('B14 no client gets in with a key that is not one', async ({ app, sandbox: _ }) => {
  const wrong = { ...makeKey(app), key: 'cfb_wrong' };
  // mcp-remote takes a 401 for an invitation to OAuth and opens a browser.
  const plain = Object.entries(outsiders).filter(([name]) => !name.startsWith('mcp-remote'));
  for (const [name, connect] of plain) {
    const outcome = await connect(wrong).then(
      async (client) => {
        const names = await client.names().catch(() => 'refused');
        await client.close();
        return names;
      },
      () => 'refused',
    );
    expect(outcome, name).toBe('refused');
  }
});
