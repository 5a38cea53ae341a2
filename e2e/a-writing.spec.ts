import { expect, test } from './fixtures.ts';

/** What was put in, when `after` is `before` with one insertion; null when anything else changed. */
function insertion(before: string, after: string): string | null {
  let start = 0;
  while (start < before.length && before[start] === after[start]) start += 1;
  const rest = before.length - start;
  if (after.length < before.length || after.slice(after.length - rest) !== before.slice(start)) return null;
  // Where what was put in begins as what follows it does, it is the same insertion from the tag on.
  const tag = after.lastIndexOf('<', start);
  const back = after.slice(start, after.length - rest).startsWith('<') ? 0 : start - tag;
  return after.slice(start - back, after.length - rest - back);
}

test('A03 create a design spec page in Engineering', async ({ ada, sandbox }) => {
  await ada.ask("Create a new design spec page in the Engineering space titled 'Auth V2 Architecture'.");
  await expect(ada.card).toContainText('Auth V2 Architecture');
  await expect(ada.card).toContainText('Engineering');
  expect(await sandbox.pageByTitle('1001', 'Auth V2 Architecture')).toBeNull();
  await ada.apply();
  const page = await sandbox.pageByTitle('1001', 'Auth V2 Architecture');
  expect(page).not.toBeNull();
  await expect(ada.card.getByRole('link', { name: /Auth V2 Architecture|Open/ }).first()).toHaveAttribute(
    'href',
    new RegExp(page?.id as string),
  );
});

test('A04 add a section about rate limits: only the new section differs, byte for byte', async ({
  ada,
  sandbox,
}) => {
  const found = await sandbox.pageByTitle('1001', 'API Guidelines');
  if (found === null) throw new Error('the demo site has no API Guidelines');
  await ada.ask('Add a section about rate limits to the API Guidelines page.');
  await expect(ada.card).toContainText('API Guidelines');
  expect((await sandbox.page(found.id)).storage).toBe(found.storage);
  await ada.apply();
  const after = await sandbox.page(found.id);
  expect(after.version).toBe(found.version + 1);
  const added = insertion(found.storage, after.storage);
  expect(added).toMatch(/<h\d[^>]*>[^<]*rate limit/i);
});

test('A07 a launch plan in Product Ops from a template', async ({ ada, sandbox }) => {
  await ada.ask(
    "Find the 'Product Ops' space and create a new page titled 'Q4 Launch Plan'. Populate it with a template containing goals, timelines, and risks.",
  );
  await expect(ada.card).toContainText('Product Ops');
  await ada.apply();
  const page = await sandbox.pageByTitle(await sandbox.spaceId('PROD'), 'Q4 Launch Plan');
  for (const heading of ['Goals', 'Timelines', 'Risks'])
    expect(page?.storage).toMatch(new RegExp(`<h\\d[^>]*>${heading}</h\\d>`));
});

test('A08 John Smith leaves the Contractors group; Undo adds him back', async ({ ada, sandbox }) => {
  const members = async () => {
    const { results: groups } = await sandbox.rest<{ results: { id: string; name: string }[] }>(
      '/rest/api/group/picker?query=Contractors',
    );
    const { results } = await sandbox.rest<{ results: { displayName: string }[] }>(
      `/rest/api/group/${groups[0]?.id}/membersByGroupId`,
    );
    return results.map(({ displayName }) => displayName);
  };
  expect(await members()).toContain('John Smith');
  await ada.ask(
    "Check who is in the 'Contractors' group. If John Smith is in it, remove him, as his contract expired.",
  );
  await expect(ada.card).toContainText('Contractors');
  await expect(ada.card).toContainText('John Smith');
  await expect(ada.card).toContainText(/destructive|removes access|changes access/i);
  await ada.apply();
  expect(await members()).not.toContain('John Smith');
  await ada.card.getByRole('button', { name: 'Undo' }).click();
  await expect(ada.card.getByRole('status')).toContainText(/^Undone/);
  expect(await members()).toContain('John Smith');
});

test('A09 the PRD gets a note on Stripe webhooks once, with its macros intact', async ({ ada, sandbox }) => {
  const found = await sandbox.pageByTitle(await sandbox.spaceId('PROD'), 'Q3 Billing Engine PRD');
  if (found === null) throw new Error('the demo site has no PRD');
  const question =
    "Find the Q3 Billing Engine PRD in Confluence. Read the current requirements. If it doesn't mention the new Stripe webhook integration, update the page to include a technical note about it.";
  await ada.ask(question);
  await expect(ada.card).toContainText('Q3 Billing Engine PRD');
  await ada.apply();
  const after = await sandbox.page(found.id);
  expect(after.version).toBe(found.version + 1);
  expect(after.storage).toMatch(/Stripe webhook/i);
  const macros = (storage: string) =>
    [...storage.matchAll(/ac:macro-id="([^"]+)"/g)].map((match) => match[1]);
  expect(macros(after.storage)).toEqual(expect.arrayContaining(macros(found.storage)));
  await ada.ask(question);
  await expect(ada.page.getByRole('region', { name: 'Proposed change' })).toHaveCount(1);
  expect((await sandbox.page(found.id)).version).toBe(found.version + 1);
});

test('A12 rollback procedures at the bottom of 5543210, nothing else touched', async ({ ada, sandbox }) => {
  const before = await sandbox.page('5543210');
  expect(before.version).toBe(3);
  await ada.ask("Update page 5543210. Add a new section called 'Rollback Procedures' at the bottom.");
  await ada.apply();
  const after = await sandbox.page('5543210');
  expect(after.version).toBe(4);
  expect(after.storage.startsWith(before.storage)).toBe(true);
  expect(after.storage.slice(before.storage.length)).toMatch(/^\s*<h\d[^>]*>Rollback Procedures<\/h\d>/);
});

test('A13 a setup page in Onboarding with numbered steps', async ({ ada, sandbox }) => {
  await ada.ask(
    "Create a new page in the Onboarding space titled 'Local Environment Setup 2026'. Format it with step-by-step instructions.",
  );
  await ada.apply();
  const page = await sandbox.pageByTitle('2005', 'Local Environment Setup 2026');
  expect(page?.storage).toMatch(/<ol[\s>]/);
});

test("A14 the label 'urgent' on the Q3 planning page; Undo removes it", async ({ ada, sandbox }) => {
  const page = await sandbox.pageByTitle(await sandbox.spaceId('PROD'), 'Q3 Planning');
  if (page === null) throw new Error('the demo site has no Q3 Planning');
  expect(await sandbox.labels(page.id)).not.toContain('urgent');
  await ada.ask("Add the label 'urgent' to the Q3 planning page.");
  await ada.apply();
  expect(await sandbox.labels(page.id)).toContain('urgent');
  await ada.card.getByRole('button', { name: 'Undo' }).click();
  await expect(ada.card.getByRole('status')).toContainText(/^Undone/);
  expect(await sandbox.labels(page.id)).not.toContain('urgent');
});
