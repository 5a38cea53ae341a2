import { Chat, expect, test } from './fixtures.ts';
import { type ModelApp, startModelApp, toolResults } from './model.ts';
import { Sandbox } from './sandbox.ts';

/** Stories whose reading is done by the product and whose words are a scripted model's, over HTTP. */
let model: ModelApp;
let chat: Chat;
let sandbox: Sandbox;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  model = await startModelApp('responses');
});
test.afterAll(async () => model.end());
test.beforeEach(async ({ page }) => {
  sandbox = new Sandbox(model.app);
  await sandbox.reset();
  chat = new Chat(page, model.app);
  await chat.signIn();
});

/** Plays: find the operation, call it, say the end. Gives what the operation told the model. */
async function told(
  question: string,
  tool: string,
  args: object,
  end = 'That is what I found.',
): Promise<string> {
  model.play([{ tool: 'discover_tools', args: { query: question } }, { tool, args }, { text: end }]);
  await chat.ask(question);
  await expect(chat.answer).toContainText(end);
  const last = model.fake.log.at(-1);
  if (last === undefined) throw new Error('the model was not asked');
  const [discovered, result] = toolResults(last).slice(-2);
  expect(discovered).toContain(tool);
  return result ?? '';
}

test('A17 a project documentation page in Marketing: sensible content proposed on a card', async () => {
  model.play([
    {
      text: 'You named no project, so I propose a general outline.',
      tool: 'create_page',
      args: {
        space: 'Marketing',
        title: 'Project documentation',
        body: '## Goal\n\nWhat this project is for.\n\n## Team\n\n- Who does what\n\n## Status\n\nNot started.',
        body_format: 'markdown',
      },
    },
    { text: 'The page exists now.' },
  ]);
  await chat.ask('Create a project documentation page in the Marketing space.');
  for (const part of ['Marketing', 'Project documentation', 'Goal', 'Team', 'Status'])
    await expect(chat.card).toContainText(part);
  await chat.apply();
  const page = await sandbox.pageByTitle(await sandbox.spaceId('MKT'), 'Project documentation');
  expect(page?.storage).toMatch(/<h2[^>]*>Goal<\/h2>/);
});

test('A20 action items of the meeting notes, with owner, due date and source; guesses marked', async () => {
  const result = await told('Extract all action items from meeting notes.', 'extract_action_items', {
    query: 'meeting notes',
  });
  expect(result).toMatch(/\[[^\]]+\]\(http[^)]+\/pages\/\d+/);
  expect(result).toMatch(/due 20\d\d-\d\d-\d\d/);
  expect(result).toMatch(/guess/i);
  expect(result).toMatch(/pages? .*looked at/i);
});

test('A25 broken links and missing images in ENG: page, link and reason', async () => {
  const links = await told('Find pages with broken links in ENG.', 'find_broken_links', { space: 'ENG' });
  expect(links).toMatch(/\[[^\]]+\]\(http[^)]+\/pages\/\d+/);
  expect(links).toMatch(/no page|not visible|trash|archived|anchor/i);
  expect(links).toMatch(/looked at/);
  const images = await told('Find pages with missing images in ENG.', 'find_missing_images', {
    space: 'ENG',
  });
  expect(images).toMatch(/\[[^\]]+\]\(http[^)]+\/pages\/\d+/);
  expect(images).toMatch(/\.(png|jpe?g|svg|gif|pdf)/i);
});

test('A26 duplicate pages: pairs with a similarity and why', async () => {
  const result = await told('Identify duplicate or similar pages.', 'find_duplicate_pages', {
    max_pages: 500,
  });
  expect(result).toMatch(/\d{2,3} ?%|0\.\d+/);
  expect((result.match(/\]\(http/g) ?? []).length).toBeGreaterThan(1);
});

test('A27 who has access to HR: people and groups; Ben is refused clearly', async ({ page, browser }) => {
  const result = await told('Audit who has access to the HR space.', 'audit_space_access', {
    spaces: ['HR'],
    members: true,
    pages: true,
  });
  expect(result).toMatch(/group/i);
  expect(result).toContain('Ada Moreno');
  await page.close();

  const context = await browser.newContext();
  chat = new Chat(await context.newPage(), model.app);
  await chat.signIn('Ben Okafor');
  const refused = await told('Audit who has access to the HR space.', 'audit_space_access', {
    spaces: ['HR'],
  });
  expect(refused).toMatch(/no space "?HR"? is visible to you|not visible/i);
  expect(refused).not.toMatch(/Moreno|hr-|salary/i);
  await context.close();
});

test('A30 the API Guidelines against last month; only the rate limit section comes back', async () => {
  const found = await sandbox.pageByTitle('1001', 'API Guidelines');
  if (found === null) throw new Error('the demo site has no API Guidelines');
  type Versions = { results: { number: number; createdAt: string }[] };
  const { results } = await sandbox.rest<Versions>(`/api/v2/pages/${found.id}/versions?limit=50`);
  const monthAgo = new Date(Date.now() - 30 * 86_400_000).toISOString();
  const old = results.filter(({ createdAt }) => createdAt <= monthAgo).sort((a, b) => b.number - a.number)[0];
  if (old === undefined) throw new Error('the API Guidelines have no version of last month');
  const before = await sandbox.rest<{ body: { storage: { value: string } } }>(
    `/api/v2/pages/${found.id}?version=${old.number}&body-format=storage`,
  );
  const section = /<h2[^>]*>[^<]*[Rr]ate limit[^<]*<\/h2>(?<body>[\s\S]*?)(?=<h2|$)/.exec(
    before.body.storage.value,
  );
  if (section === null) throw new Error('the old version has no section on rate limits');
  const now = /<h2[^>]*>[^<]*[Rr]ate limit[^<]*<\/h2>/.exec(found.storage);

  model.play([
    { tool: 'discover_tools', args: { query: 'compare two versions of a page' } },
    { tool: 'compare_versions', args: { id: found.id, from: old.number, to: found.version } },
    {
      text: 'These parts differ. I prepared the old section.',
      tool: 'edit_page',
      args: {
        page: found.id,
        base_version: found.version,
        edits:
          now === null
            ? [{ op: 'append', storage: section[0] }]
            : [{ op: 'replace', target: { heading: 'Rate limits' }, storage: section[0] }],
      },
    },
    { text: 'The old section is back.' },
  ]);
  await chat.ask(
    "Compare the current API Guidelines with last month's version, and restore the old rate limit section.",
  );
  const compared = toolResults(model.fake.log.at(-1) as NonNullable<(typeof model.fake.log)[number]>).find(
    (text) => text.includes(String(old.number)),
  );
  expect(compared).toMatch(/rate limit/i);
  await expect(chat.card).toContainText('API Guidelines');
  await chat.apply();
  const after = await sandbox.page(found.id);
  expect(after.storage).toContain(section[0].trim());
  // All that stands before the section is as it was.
  const until = now === null ? found.storage.length : found.storage.indexOf(now[0]);
  expect(after.storage.slice(0, until)).toBe(found.storage.slice(0, until));
});
