import { expect, test } from 'vitest';
import { noLimits } from '#lib/tools';
import { catalogue, discover, findOperation, inputJsonSchema } from './index.ts';

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
  for (const query of [
    'create a page',
    'who may see this page',
    'add a label',
    'delete a comment',
    'list the pages of a space',
  ])
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
    // Fifteen kinds of edit in one flat object: a model that has it needs no second look.
    const most = text.includes('"set_cell"') ? 2750 : 2000;
    expect(text.length, operation.name).toBeLessThan(most);
  }
  const schema = inputJsonSchema(findOperation('read_page') as (typeof catalogue)[number]);
  expect(schema).toMatchObject({
    type: 'object',
    required: ['page'],
    properties: { page: { description: 'id, full URL, tiny link or SPACE:Title' } },
  });
});
