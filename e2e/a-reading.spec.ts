import { expect, test } from './fixtures.ts';

test('A01 search: the right page first, with title, space, link and last edit', async ({ ada }) => {
  await ada.ask('Search Confluence for the Q3 marketing roadmap.');
  const first = ada.sources.getByRole('listitem').first();
  await expect(first).toContainText('Q3 Marketing Roadmap');
  await expect(first).toContainText('Marketing');
  await expect(first.getByRole('link')).toHaveAttribute(
    'href',
    new RegExp(`^${ada.app.sandboxUrl}/wiki/spaces/MKT/pages/\\d+`),
  );
  await expect(ada.answer).toContainText('Q3 Marketing Roadmap');
  // When it was last edited, in the answer or its sources.
  await expect(ada.answer).toContainText(/20\d\d|ago|yesterday|today/i);
});

test('A02 read a page by id: its content, macros accounted for, a link to it', async ({ ada, sandbox }) => {
  const page = await sandbox.page('987654321');
  await ada.ask('Read the contents of the page with ID 987654321.');
  await expect(ada.answer).toContainText(page.title);
  await expect(ada.sources.getByRole('link', { name: page.title }).first()).toHaveAttribute(
    'href',
    /987654321/,
  );
  // Every macro of the page is named somewhere in what the agent read.
  await ada.answer
    .getByText(/^Read “/)
    .first()
    .click();
  const names = [
    ...new Set(
      [...page.storage.matchAll(/<ac:structured-macro ac:name="([^"]+)"/g)].map(
        (match) => match[1] as string,
      ),
    ),
  ];
  expect(names.length).toBeGreaterThan(5);
  const shown = ((await ada.answer.textContent()) ?? '').toLowerCase();
  const spelled: Record<string, RegExp> = {
    code: /```/,
    toc: /toc/,
    info: /info/,
    status: /status/,
    expand: /expand/,
  };
  const missing = names.filter((name) => !(spelled[name] ?? new RegExp(name, 'i')).test(shown));
  expect(missing).toEqual([]);
});

test('A05 list the active engineering spaces with keys and links', async ({ ada }) => {
  await ada.ask('List all active engineering spaces.');
  await expect(ada.answer).toContainText('ENG');
  await expect(ada.answer.getByRole('link', { name: /Engineering/ }).first()).toHaveAttribute(
    'href',
    /\/wiki\/spaces\/ENG/,
  );
  await expect(ada.answer).not.toContainText('ENGOLD');
});

test('A06 the account id of Jane Doe', async ({ ada, sandbox }) => {
  const { results } = await sandbox.rest<{ results: { user: { accountId: string } }[] }>(
    `/rest/api/search/user?cql=${encodeURIComponent('user.fullname ~ "Jane Doe"')}`,
  );
  const id = results[0]?.user.accountId;
  expect(id).toBeTruthy();
  await ada.ask('Find the Atlassian account ID for Jane Doe.');
  await expect(ada.answer).toContainText(id as string);
});

test('A10 the main rules of the logging guidelines, cited, and who wrote them', async ({ ada, sandbox }) => {
  await ada.ask(
    "Search the Engineering space for pages related to 'Datadog logging guidelines' and summarize the main rules. Then tell me who authored the document.",
  );
  await expect(ada.answer).toContainText('Priya Raman');
  const link = ada.sources.getByRole('link', { name: /Datadog logging guidelines/i }).first();
  await expect(link).toBeVisible();
  const id = /pages\/(\d+)/.exec((await link.getAttribute('href')) ?? '')?.[1] as string;
  const page = await sandbox.page(id);
  const rules = [...page.storage.matchAll(/<li[^>]*>\s*<p[^>]*>(.*?)<\/p>/gs)].map((match) =>
    (match[1] as string).replace(/<[^>]+>/g, '').trim(),
  );
  const words = (rules[0] ?? '').split(/\s+/).slice(0, 3).join(' ');
  expect(words.length).toBeGreaterThan(5);
  await expect(ada.answer).toContainText(words);
});

test('A11 drafts: my own as far as the API shows them, and the limit said plainly', async ({
  ada,
  sandbox,
}) => {
  await ada.ask("List all pages in the Engineering space that have a status of 'draft'.");
  await expect(ada.answer).toContainText(/draft/i);
  await expect(ada.answer).toContainText(/API|cannot list|no list|does not offer/i);
  expect(await sandbox.writes()).toEqual([]);
});
