import { expect, test } from './fixtures.ts';
import { connectClient, makeKey, textOf } from './mcp-client.ts';

const page = '5543210';
const addSection = "Update page 5543210. Add a new section called 'Rollback Procedures' at the bottom.";

test('Confluence loses a paragraph on save: an alarm with what differs, and one click restores the page byte for byte', async ({
  ada,
  app,
  page: tab,
  sandbox,
}) => {
  const before = await sandbox.page(page);
  await ada.ask(addSection);
  await sandbox.faults({ kind: 'damage', damage: 'lose-paragraph', match: `PUT .*/pages/${page}` });
  await ada.apply();
  await expect(ada.card.getByRole('status')).toContainText('Applied, but not as approved');
  await expect(ada.card.getByRole('status')).not.toContainText(/verified/);
  const alarm = ada.card.getByRole('alert', { name: 'Alarm: not as approved' });
  await expect(alarm).toContainText('What Confluence saved is not what you approved');
  await expect(alarm).toContainText('Not as approved: list');
  await expect(alarm).toContainText('From what was approved to what is there');
  await expect(ada.answer).toContainText('does not hold what you approved');

  // The same elsewhere: on the page of the change, in the list of activity, for a client.
  const client = await connectClient(makeKey(app));
  const changes = textOf(
    await client.callTool({ name: 'execute_read', arguments: { operation: 'list_changes' } }),
  );
  const change = /chg_\w+/.exec(changes)?.[0] ?? '';
  const told = textOf(await client.callTool({ name: 'get_change', arguments: { change_id: change } }));
  expect(told).toContain('ALARM: this was written, but what Confluence has now is NOT what was approved');
  expect(told).toContain(`Restore version ${before.version}`);
  await client.close();
  const other = await tab.context().newPage();
  await other.goto(`${app.url}/changes/${change}`);
  await expect(other.getByRole('alert', { name: 'Alarm: not as approved' })).toBeVisible();
  await other.goto(`${app.url}/settings/activity`);
  await expect(other.getByText('Not as approved')).toBeVisible();
  await other.close();

  expect((await sandbox.page(page)).storage).not.toContain(before.storage);
  await alarm.getByRole('button', { name: `Restore version ${before.version}` }).click();
  await expect(ada.card.getByRole('status')).toContainText(/^Undone/);
  await expect(ada.card.getByRole('alert')).toHaveCount(0);
  const after = await sandbox.page(page);
  expect(after.storage).toBe(before.storage);
  expect(after.version).toBe(before.version + 2);
});

test('Confluence cannot be read after the write: no success is claimed, and Check again settles it', async ({
  ada,
  sandbox,
}) => {
  const before = await sandbox.page(page);
  await ada.ask(addSection);
  // Only reading back asks for the version before.
  await sandbox.faults({ kind: '503', match: `GET .*/pages/${page}.*version=${before.version}`, count: 0 });
  await ada.card.getByRole('button', { name: 'Apply', exact: true }).click();
  await expect(ada.card.getByRole('status')).toContainText('Applied, but not verified', { timeout: 30_000 });
  await expect(ada.card).toContainText('nobody has checked yet what Confluence saved');
  await sandbox.clearFaults();
  await ada.card.getByRole('button', { name: 'Check again' }).click();
  await expect(ada.card.getByRole('status')).toContainText('Applied and verified');
  await expect(ada.card.getByRole('button', { name: 'Check again' })).toHaveCount(0);
  expect((await sandbox.writes()).filter(({ method }) => method === 'PUT')).toHaveLength(1);
});
