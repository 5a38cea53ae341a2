import { expect, test } from 'vitest';
import { jobs } from './data/jobs.ts';
import { catalogue } from './find.ts';
import { planFor } from './plans.ts';

/** Jobs of several steps as people ask for them, and operations their plan must lead through. */
const asked: [story: string, question: string, through: string[]][] = [
  [
    'A07',
    "Find the 'Product Ops' space and create a new page titled 'Q4 Launch Plan'. Populate it with a template containing goals, timelines, and risks.",
    ['list_spaces', 'create_page'],
  ],
  [
    'A08',
    "Check who is in the 'Contractors' group. If John Smith is in it, remove him, as his contract expired.",
    ['list_group_members', 'remove_user_from_group'],
  ],
  [
    'A09',
    "Find the Q3 Billing Engine PRD in Confluence. Read the current requirements. If it doesn't mention the new Stripe webhook integration, update the page to include a technical note about it.",
    ['read_page', 'edit_page'],
  ],
  [
    'A10',
    "Search the Engineering space for pages related to 'Datadog logging guidelines' and summarize the main rules. Then tell me who authored the document.",
    ['search_content', 'read_page'],
  ],
  [
    'A15',
    'Publish a summary of the team meeting notes as a blog post in Marketing.',
    ['read_page', 'create_blog_post'],
  ],
  ['A18', 'Find all pages modified in the last week by the dev team.', ['list_recent_changes']],
  [
    'A19',
    'Find all unresolved comments on the API docs and summarize the feedback.',
    ['find_unresolved_comments', 'create_comment_reply'],
  ],
  ['A20', 'Extract all action items from meeting notes.', ['extract_action_items']],
  ['A22', 'Add a disclaimer to all policy pages.', ['add_content_to_pages', 'edit_page']],
  ['A23', 'Update all links from docs.halden-old.example to docs.halden.example.', ['replace_text_in_pages']],
  [
    'A24',
    "Archive pages that haven't been viewed in 6 months in the Archive space.",
    ['archive_stale_pages', 'archive_pages'],
  ],
  [
    'A25',
    'Find pages with broken links or missing images in ENG.',
    ['find_broken_links', 'find_missing_images'],
  ],
  ['A26', 'Identify duplicate or similar pages.', ['find_duplicate_pages']],
  ['A27', 'Audit who has access to the HR space.', ['audit_space_access']],
  ['A28', 'Export all onboarding documentation as PDFs.', ['export_space']],
  ['A29', 'Move the retired runbooks to the Archive space.', ['move_page']],
  [
    'A30',
    "Compare the current API Guidelines with last month's version, and restore the old rate limit section.",
    ['compare_versions', 'edit_page'],
  ],
];

test.each(asked)('%s comes with its plan and where it goes wrong', (_story, question, through) => {
  const plan = planFor(question);
  expect(plan).not.toBeNull();
  for (const name of through) expect(plan?.steps.join('\n')).toContain(name);
  expect(plan?.pitfalls.length).toBeGreaterThan(0);
});

test('plans name no operation that does not exist', () => {
  const known = new Set(catalogue.map(({ name }) => name));
  const verbs =
    /\b(?:list|get|read|search|find|create|edit|update|add|remove|delete|archive|move|copy|export|set|resolve|restore|compare|replace|audit|extract)_[a-z_]+\b/g;
  const inputs = new Set(['max_pages']);
  const said = jobs.flatMap(({ steps, pitfalls }) =>
    [...steps, ...pitfalls].flatMap((line) => line.match(verbs) ?? []),
  );
  expect(said.filter((name) => !known.has(name) && !inputs.has(name))).toEqual([]);
});

test('small talk has no plan', () => {
  for (const question of ['hello', 'thanks!', 'what can you do?']) expect(planFor(question)).toBeNull();
});
