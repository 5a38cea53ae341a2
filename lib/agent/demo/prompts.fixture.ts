import type { PromptMessage } from '../model-type.ts';
import { readTurn } from './reading.ts';
import { nextStep } from './steps.ts';

export type Call = { name: string; input?: object; text: string; failed?: boolean };

export const everything = [
  'discover_tools',
  'search_content',
  'read_page',
  'list_spaces',
  'create_page',
  'edit_page',
  'get_change',
  'search_users',
  'list_group_members',
  'remove_user_from_group',
  'list_pages',
  'add_label',
  'remove_label',
  'move_page',
  'delete_page',
  'restore_page',
  'undo_change',
  'list_changes',
  'list_comments',
  'list_versions',
  'list_children',
  'get_current_user',
  'get_connection',
  'list_recent_changes',
  'create_blog_post',
  'create_space',
  'find_unresolved_comments',
  'create_comment_reply',
  'resolve_inline_comment',
  'extract_action_items',
  'list_most_viewed_pages',
];

export function prompt(question: string, calls: Call[], before: PromptMessage[] = []): PromptMessage[] {
  return [
    { role: 'system', content: 'x' },
    ...before,
    { role: 'user', content: [{ type: 'text', text: question }] },
    ...calls.flatMap(({ name, input, text, failed }, i): PromptMessage[] => [
      {
        role: 'assistant',
        content: [{ type: 'tool-call', toolCallId: `c${i}`, toolName: name, input: input ?? {} }],
      },
      {
        role: 'tool',
        content: [
          {
            type: 'tool-result',
            toolCallId: `c${i}`,
            toolName: name,
            output: { type: failed ? 'error-text' : 'text', value: text },
          },
        ],
      },
    ]),
  ];
}

export const step = (
  question: string,
  calls: Call[] = [],
  names = everything,
  before: PromptMessage[] = [],
) =>
  nextStep(
    readTurn({
      prompt: prompt(question, calls, before),
      tools: names.map((name) => ({ type: 'function', name, inputSchema: {} })),
    }),
  );

/** The stories as they are said. */
export const q = {
  A01: 'Search Confluence for the Q3 marketing roadmap.',
  A02: 'Read the contents of the page with ID 987654321.',
  A03: "Create a new design spec page in the Engineering space titled 'Auth V2 Architecture'.",
  A04: 'Add a section about rate limits to the API Guidelines page.',
  A05: 'List all active engineering spaces.',
  A06: 'Find the Atlassian account ID for Jane Doe.',
  A07: "Find the 'Product Ops' space and create a new page titled 'Q4 Launch Plan'. Populate it with a template containing goals, timelines, and risks.",
  A08: "Check who is in the 'Contractors' group. If John Smith is in it, remove him, as his contract expired.",
  A09: "Find the Q3 Billing Engine PRD in Confluence. Read the current requirements. If it doesn't mention the new Stripe webhook integration, update the page to include a technical note about it.",
  A10: "Search the Engineering space for pages related to 'Datadog logging guidelines' and summarize the main rules. Then tell me who authored the document.",
  A11: "List all pages in the Engineering space that have a status of 'draft'.",
  A12: "Update page 5543210. Add a new section called 'Rollback Procedures' at the bottom.",
  A13: "Create a new page in the Onboarding space titled 'Local Environment Setup 2026'. Format it with step-by-step instructions.",
  A14: "Add the label 'urgent' to the Q3 planning page.",
  A15: 'Publish a summary of the team meeting notes as a blog post in Marketing.',
  A16: 'Create a private space for product roadmap drafts.',
  A18: 'Find all pages modified in the last week by the dev team.',
  A19: 'Find all unresolved comments on the API docs and summarize the feedback.',
  A20: 'Extract all action items from meeting notes.',
  A21: 'Show me the most viewed pages this month.',
};
