import { expect, test } from './fixtures.ts';

test('A15 a summary of the meeting notes becomes a blog post in Marketing, with its source linked', async ({
  ada,
  sandbox,
}) => {
  await ada.ask('Publish a summary of the team meeting notes as a blog post in Marketing.');
  await expect(ada.card).toContainText('Marketing');
  const source = await ada.answer.getByRole('link', { name: /notes/i }).first().getAttribute('href');
  expect(source).toMatch(/\/pages\/\d+/);
  expect(await sandbox.writes()).toEqual([]);
  await ada.apply();
  const link = ada.card.getByRole('link', { name: /Summary|Open/ }).first();
  const id = /\/(?:blog\/\d+\/\d+\/\d+|blog|pages)\/(\d+)/.exec((await link.getAttribute('href')) ?? '')?.[1];
  const post = await sandbox.rest<{ title: string; spaceId: string; body: { storage: { value: string } } }>(
    `/api/v2/blogposts/${id}?body-format=storage`,
  );
  expect(post.spaceId).toBe(await sandbox.spaceId('MKT'));
  expect(post.title).toMatch(/^Summary: /);
  expect(post.body.storage.value).toContain(/\/pages\/(\d+)/.exec(source ?? '')?.[0]);
  await ada.card.getByRole('button', { name: 'Undo' }).click();
  await expect(ada.card.getByRole('status')).toContainText(/^Undone/);
  await expect(sandbox.rest(`/api/v2/blogposts/${id}?status=current`)).rejects.toThrow();
});

test('A16 a private space for roadmap drafts that its owner alone sees', async ({ ada, sandbox }) => {
  await ada.ask('Create a private space for product roadmap drafts.');
  await expect(ada.card).toContainText('Product roadmap drafts');
  await expect(ada.card).toContainText(/private/i);
  await ada.apply();
  type Spaces = { results: { id: string; key: string; name: string }[] };
  const spaces = async (who: 'ada' | 'ben') => {
    const answer = await fetch(`${sandbox.url}/wiki/api/v2/spaces?limit=250`, {
      headers: { authorization: `Basic ${btoa(`${who}@halden.example:sandbox-token-${who}`)}` },
    });
    return ((await answer.json()) as Spaces).results.map(({ name }) => name);
  };
  expect(await spaces('ada')).toContain('Product roadmap drafts');
  expect(await spaces('ben')).not.toContain('Product roadmap drafts');
});

test('A18 pages changed in the last week by the dev team: people of the group, with dates', async ({
  ada,
  sandbox,
}) => {
  await ada.ask('Find all pages modified in the last week by the dev team.');
  const items = ada.answer.getByRole('listitem').filter({ hasText: /last edited 20\d\d-\d\d-\d\d/ });
  expect(await items.count()).toBeGreaterThan(0);
  const weekAgo = new Date(Date.now() - 8 * 86_400_000).toISOString().slice(0, 10);
  for (const text of await items.allTextContents())
    expect((/last edited (\d{4}-\d\d-\d\d)/.exec(text)?.[1] ?? '') >= weekAgo, text).toBe(true);
  const asked = (await sandbox.log()).map(({ path }) => path);
  expect(asked.some((path) => path.includes('/membersByGroupId'))).toBe(true);
});

test('A19 unresolved comments on the API docs, by page and linked; then a reply and resolving', async ({
  ada,
  sandbox,
}) => {
  await ada.ask('Find all unresolved comments on the API docs and summarize the feedback.');
  await expect(ada.answer).toContainText('API Guidelines');
  const link = ada.answer.getByRole('link').filter({ hasText: /.+/ });
  expect(await link.count()).toBeGreaterThan(1);
  const open = await sandbox.rest<{ results: { id: string; resolutionStatus: string }[] }>(
    '/api/v2/inline-comments?limit=250',
  );
  const shown = (await ada.answer.textContent()) ?? '';
  const mine = open.results.filter(
    ({ id, resolutionStatus }) => resolutionStatus === 'open' && shown.includes(id),
  );
  expect(mine.length).toBeGreaterThan(0);
  const comment = mine[0]?.id as string;
  for (const { id, resolutionStatus } of open.results)
    if (resolutionStatus === 'resolved') expect(shown).not.toContain(id);

  await ada.ask(`Reply to comment ${comment} with "Done in the new section, thank you."`);
  await expect(ada.card).toContainText('Done in the new section');
  await ada.apply();
  await ada.ask(`Resolve comment ${comment}.`);
  await ada.apply();
  const after = await sandbox.rest<{ resolutionStatus: string }>(`/api/v2/inline-comments/${comment}`);
  expect(after.resolutionStatus).toBe('resolved');
  const replies = await sandbox.rest<{ results: { body: { storage: { value: string } } }[] }>(
    `/api/v2/inline-comments/${comment}/children?body-format=storage`,
  );
  expect(replies.results.at(-1)?.body.storage.value).toContain('Done in the new section');
});

test('A21 the most viewed pages this month: a ranked list with a small chart, and how it was measured', async ({
  ada,
}) => {
  await ada.ask('Show me the most viewed pages this month.');
  const bars = ada.answer.getByRole('table').first().getByRole('row');
  expect(await bars.count()).toBeGreaterThan(2);
  const values = (await bars.getByRole('cell').allTextContents()).map((text) =>
    Number(text.replace(/\D/g, '')),
  );
  expect(values).toEqual([...values].sort((a, b) => b - a));
  await expect(bars.first().getByRole('link')).toHaveAttribute('href', /\/pages\/\d+/);
  await expect(ada.answer).toContainText(/no ranking|measured|one call|views since/i);
});
