import { expect, test } from 'vitest';
import { noLimits } from '#lib/tools';
import { catalogue, discover, findOperation, inputJsonSchema } from './index.ts';

/** What people and models ask, and the operations of which one must be among the first five. */
const asked: [string, string][] = [
  ['Search Confluence for the Q3 marketing roadmap', 'search_content'],
  ['find pages about Datadog logging guidelines', 'search_content'],
  ['look up documents mentioning Kafka', 'search_content'],
  ['run a CQL query', 'search_content'],
  ['where is the onboarding checklist', 'search_content'],
  ['suche nach Seiten über Rechnungen', 'search_content'],
  ['buscar páginas sobre facturación', 'search_content'],
  ['pages modified in the last week by the dev team', 'list_recent_changes'],
  ['what changed yesterday', 'list_recent_changes'],
  ['who edited pages recently', 'list_recent_changes'],
  ['read the contents of page 987654321', 'read_page'],
  ['open a page by url', 'read_page'],
  ['show me the text of a document', 'read_page'],
  ['summarize a page', 'read_page'],
  ['getConfluencePage', 'read_page'],
  ['list all pages in the Engineering space that are drafts', 'list_pages'],
  ['archived pages', 'list_pages'],
  ['pages in the trash', 'list_pages'],
  ['create a new design spec page', 'create_page'],
  ['make a document in the marketing space', 'create_page'],
  ['write up meeting notes as a page', 'create_page'],
  ['neue Seite erstellen', 'create_page'],
  ['crear una página', 'create_page'],
  ['add a section about rate limits to the API guidelines page', 'edit_page'],
  ['append a paragraph to a page', 'edit_page'],
  ['fix a typo', 'edit_page'],
  ['replace the text in one table row', 'edit_page'],
  ['Seite bearbeiten', 'edit_page'],
  ['rename a page', 'update_page'],
  ['replace the whole body of a page', 'update_page'],
  ['change the owner of a page', 'update_page'],
  ['move a page under another parent', 'move_page'],
  ['relocate the runbooks to the archive space', 'move_page'],
  ['delete a page', 'delete_page'],
  ['put this document in the bin', 'delete_page'],
  ['undelete a page from the trash', 'restore_page'],
  ['bring back a deleted page', 'restore_page'],
  ['latest blog posts', 'list_blog_posts'],
  ['company news', 'list_blog_posts'],
  ['read a blog post', 'read_blog_post'],
  ['list all active engineering spaces', 'list_spaces'],
  ['what is the key of the Product Ops space', 'list_spaces'],
  ['space description and owner', 'get_space'],
  ['subpages of a page', 'list_children'],
  ['everything below this page', 'list_descendants'],
  ['page tree', 'list_descendants'],
  ['breadcrumb of a page', 'list_ancestors'],
  ['parents of a page', 'list_ancestors'],
  ['unresolved comments on the API docs', 'list_comments'],
  ['feedback people left on a page', 'list_comments'],
  ['show one comment thread with replies', 'get_comment'],
  ['labels of a page', 'list_labels'],
  ['which tags exist', 'list_labels'],
  ["add the label 'urgent' to the Q3 planning page", 'add_label'],
  ['tag a page', 'add_label'],
  ['untag a page', 'remove_label'],
  ['files attached to a page', 'list_attachments'],
  ['images not used on the page', 'list_attachments'],
  ['size of an attachment', 'get_attachment'],
  ['version history of a page', 'list_versions'],
  ['who changed this page and when', 'list_versions'],
  ['show version 3 of a page', 'get_version'],
  ['compare two versions', 'compare_versions'],
  ['what is different since last month', 'compare_versions'],
  ['roll back to an earlier version', 'restore_version'],
  ['find the Atlassian account ID for Jane Doe', 'search_users'],
  ['look up a colleague by email', 'search_users'],
  ['name of an account id', 'get_user'],
  ['which groups exist', 'list_groups'],
  ["check who is in the 'Contractors' group", 'list_group_members'],
  ['is John a member of the team', 'list_group_members'],
  ['remove John Smith from the Contractors group', 'remove_user_from_group'],
  ['add a person to a group', 'add_user_to_group'],
  ['am I connected', 'get_connection'],
  ['which sites can I use', 'list_sites'],
  ['switch to another site', 'select_site'],
  ['why do I get 403', 'check_connection'],
  ['test the connection', 'check_connection'],
  ['who am I', 'get_current_user'],
  ['what did the agent change', 'list_changes'],
  ['undo my last change', 'undo_change'],
  ['has my change been approved', 'get_change'],
];

test('the right operation is among the first five for at least 97 of 100 phrasings', () => {
  const missed = asked.filter(
    ([query, name]) =>
      !discover(query, { limits: noLimits, scopes: null }).hits.some((hit) => hit.name === name),
  );
  expect(
    missed
      .map(
        ([query, name]) =>
          `${query} -> ${name}: ${discover(query, { limits: noLimits, scopes: null })
            .hits.map((hit) => hit.name)
            .join(', ')}`,
      )
      .join('\n'),
  ).toBe('');
  expect(missed.length / asked.length).toBeLessThanOrEqual(0.03);
});

test('every name, alias, title and example finds its operation', () => {
  for (const operation of catalogue) {
    for (const name of [operation.name, ...operation.aliases]) {
      expect(discover(name, { limits: noLimits, scopes: null }).hits[0]?.name, name).toBe(
        findOperation(name)?.name,
      );
    }
    for (const phrase of [operation.title, ...operation.examples]) {
      expect(
        discover(phrase, { limits: noLimits, scopes: null }).hits.map((hit) => hit.name),
        phrase,
      ).toContain(operation.name);
    }
  }
});

test('it is never empty, and a query without known words gives the everyday operations and the areas', () => {
  for (const query of ['', '   ', '🙂', 'xyzzy plugh', 'の使い方']) {
    const found = discover(query, { limits: noLimits, scopes: null });
    expect(found.hits.length).toBeGreaterThan(0);
    expect(found.tags).toContain('pages');
  }
});

test('limits leave out what they forbid; scopes mark what the connection lacks', () => {
  const reads = discover('delete a page', { limits: { ...noLimits, tiers: ['read'] }, scopes: null });
  expect(reads.hits.every((hit) => hit.tier === 'read')).toBe(true);
  const tagged = discover('delete a page', { limits: { ...noLimits, tags: ['search'] }, scopes: null });
  expect(tagged.hits.every((hit) => ['search_content', 'list_recent_changes'].includes(hit.name))).toBe(true);
  const [hit] = discover('delete_page', {
    limits: noLimits,
    scopes: ['read:page:confluence', 'read:hierarchical-content:confluence'],
  }).hits;
  expect(hit).toMatchObject({
    name: 'delete_page',
    allowed: false,
    missingScopes: ['delete:page:confluence'],
  });
});

test('known jobs come with a plan and its pitfalls', () => {
  const plan = (query: string) => discover(query, { limits: noLimits, scopes: null }).plan;
  expect(
    plan(
      "Find the 'Product Ops' space and create a new page titled 'Q4 Launch Plan'. Populate it with a template",
    )?.steps.join(),
  ).toContain('create_page');
  expect(
    plan("Check who is in the 'Contractors' group. If John Smith is in it, remove him")?.steps.join(),
  ).toContain('remove_user_from_group');
  expect(
    plan(
      "Find the Q3 Billing Engine PRD. If it doesn't mention the Stripe webhook, update the page to include a note",
    )?.steps.join(),
  ).toContain('edit_page');
  expect(
    plan(
      "Search the Engineering space for 'Datadog logging guidelines' and summarize the main rules. Who authored it?",
    )?.steps.join(),
  ).toContain('read_page');
  expect(plan('hello')).toBeNull();
});

test('what Atlassian does not offer is said, with what to do instead', () => {
  const said = (query: string) => discover(query, { limits: noLimits, scopes: null }).notPossible?.ask;
  expect(said('like a page')).toMatch(/^Like/);
  expect(said('register a webhook')).toMatch(/webhooks/i);
  expect(said('export this page as pdf')).toMatch(/PDF/);
  expect(said('list all drafts')).toBe('List all drafts');
  expect(said('unarchive a page')).toBe('Unarchive a page');
  expect(discover('export as pdf', { limits: noLimits, scopes: null }).plan?.pitfalls.join()).toContain(
    'Not possible',
  );
  for (const [query] of asked.filter(([query]) => !/draft/.test(query)))
    expect(said(query), query).toBeUndefined();
});

test('names are found whatever their case and separators, wrong ones are not', () => {
  expect(findOperation('Search-Content')?.name).toBe('search_content');
  expect(findOperation('confluence_get_page')?.name).toBe('read_page');
  expect(findOperation('pages.getBody')?.name).toBe('read_page');
  expect(findOperation('mcp__read_page')?.name).toBe('read_page');
  expect(findOperation('make_coffee')).toBeNull();
});

test('input schemas are small and carry the notes', () => {
  for (const operation of catalogue) {
    const text = JSON.stringify(inputJsonSchema(operation));
    expect(text).not.toContain('$schema');
    expect(text.length, operation.name).toBeLessThan(2000);
  }
  const schema = inputJsonSchema(findOperation('read_page') as (typeof catalogue)[number]);
  expect(schema).toMatchObject({
    type: 'object',
    required: ['page'],
    properties: { page: { description: 'id, full URL, tiny link or SPACE:Title' } },
  });
});
