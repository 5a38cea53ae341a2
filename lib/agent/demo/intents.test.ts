import { expect, test } from 'vitest';
import { intents, intentsFor } from './intents.ts';
import { q, step } from './prompts.fixture.ts';
import { help } from './steps.ts';

const firstCalls: Record<keyof typeof q, [intent: string, call: string, input: object]> = {
  A01: ['search', 'search_content', { query: 'Q3 marketing roadmap' }],
  A02: ['read-page', 'read_page', { page: '987654321' }],
  A03: [
    'create-page',
    'create_page',
    { space: 'Engineering', title: 'Auth V2 Architecture', body_format: 'markdown' },
  ],
  A04: ['add-section-about', 'read_page', { page: 'API Guidelines' }],
  A05: ['list-spaces', 'list_spaces', { query: 'engineering', status: 'current' }],
  A06: ['account-id', 'search_users', { query: 'Jane Doe' }],
  A07: ['find-space-create-page', 'list_spaces', { query: 'Product Ops' }],
  A08: ['remove-if-member', 'list_group_members', { group: 'Contractors' }],
  A09: ['note-if-missing', 'search_content', { query: 'Q3 Billing Engine PRD' }],
  A10: [
    'summarise-rules',
    'search_content',
    { query: 'Datadog logging guidelines', spaces: ['Engineering'] },
  ],
  A11: ['drafts', 'list_pages', { space: 'Engineering', status: 'draft' }],
  A12: ['add-named-section', 'read_page', { page: '5543210' }],
  A13: ['create-page', 'create_page', { space: 'Onboarding', title: 'Local Environment Setup 2026' }],
  A14: ['add-label', 'read_page', { page: 'Q3 planning' }],
  A15: ['summary-as-blog-post', 'search_content', { query: 'team meeting notes', types: ['page'] }],
  A16: ['create-space', 'create_space', { name: 'Product roadmap drafts', private: true }],
  A18: ['changed-by-team', 'list_recent_changes', { since: '7d', group: 'dev' }],
  A19: ['unresolved-comments', 'find_unresolved_comments', { query: 'title ~ "API"' }],
  A20: ['action-items', 'extract_action_items', { query: 'meeting notes' }],
  A21: ['most-viewed', 'list_most_viewed_pages', { since: 'this month' }],
};

test.each(Object.keys(q) as (keyof typeof q)[])('%s: exactly one intent, and its first call', (id) => {
  const [intent, call, input] = firstCalls[id];
  expect(intentsFor(q[id]).map((match) => match.intent.id)).toEqual([intent]);
  expect(step(q[id])).toMatchObject({ call, input });
});

test.each([
  ['please search for rate limits', 'search'],
  ['Find pages about onboarding', 'search'],
  ['search the Engineering space for webhooks', 'search'],
  ['read page 12345', 'read-page'],
  ['Read “API Guidelines”', 'read-page'],
  ['read https://x.example/wiki/spaces/ENG/pages/12', 'read-page'],
  ['what is on the API Guidelines page?', 'read-page'],
  ['Create a page in ENG titled "Notes" about retries', 'create-page'],
  ['Create a page titled "Notes" in the Engineering space', 'create-page'],
  ['Create a project documentation page in the Marketing space.', 'create-page'],
  ['List all spaces', 'list-spaces'],
  ['Which spaces are there?', 'list-spaces'],
  ['who am I?', 'who-am-i'],
  ['Who is in the Contractors group?', 'group-members'],
  ['Remove John Smith from the Contractors group', 'remove-from-group'],
  ["remove the label 'urgent' from Q3 Planning", 'remove-label'],
  ['Move "Old runbook" under Runbooks', 'move-page'],
  ['Delete page 42', 'delete-page'],
  ['Restore page 42 from the trash', 'restore-page'],
  ['Show the comments on the API Guidelines page', 'comments'],
  ['Show the history of API Guidelines', 'history'],
  ['List the child pages of API Guidelines', 'children'],
  ['Undo that', 'undo'],
  ['undo the last change', 'undo'],
  ['What did you change?', 'what-changed'],
  ['Show all drafts', 'drafts'],
  ['List the pages in the Engineering space', 'list-pages'],
])('%s', (question, id) => {
  expect(intentsFor(question).map((match) => match.intent.id)).toEqual([id]);
});

test('every intent has a name of its own', () => {
  expect(new Set(intents.map(({ id }) => id)).size).toBe(intents.length);
});

test.each(['Guten Tag', 'What can you help me with?', 'Write a poem about rain', ''])(
  '“%s” gets the help text',
  (question) => {
    expect(step(question)).toEqual({ say: help });
  },
);
