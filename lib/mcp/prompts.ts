import {
  type GetPromptResult,
  type Prompt,
  ProtocolError,
  ProtocolErrorCode,
} from '@modelcontextprotocol/server';
import { visible } from './visible.ts';

type Argument = { name: string; description: string; required: boolean };
type Entry = {
  name: string;
  title: string;
  description: string;
  arguments: readonly Argument[];
  /** Whether the job ends in a proposed change: not offered where the access only reads. */
  writes: boolean;
  text: (given: Readonly<Record<string, string>>) => string;
};

const needed = (name: string, description: string): Argument => ({ name, description, required: true });
const optional = (name: string, description: string): Argument => ({ name, description, required: false });

const inSpace = (space: string | undefined) => (space === undefined ? '' : ` in the space "${space}"`);

/** Jobs people have, in the order they are shown. */
const entries: readonly Entry[] = [
  {
    name: 'answer_from_confluence',
    title: 'Answer from Confluence',
    description: 'Answers a question from the pages that say so, with links.',
    arguments: [
      needed('question', 'What you want to know'),
      optional('space', 'Key or name of a space to look in'),
    ],
    writes: false,
    text: ({ question, space }) =>
      `Answer this from Confluence${inSpace(space)}: ${question}\n\nSearch with search_content, read the pages that fit with read_page (only the sections you need), and answer from what they say. Link each statement to its page. Say plainly what the pages leave open, when a page is old, and where two of them disagree.`,
  },
  {
    name: 'summarize_page',
    title: 'Summarize a page',
    description: 'What a page says, decides and leaves open.',
    arguments: [needed('page', 'Address, id or SPACE:Title of the page')],
    writes: false,
    text: ({ page }) =>
      `Read the Confluence page "${page}" with read_page. If it is long, take the outline first and then its sections. Then give: what it is for in two sentences, its main points, decisions with who made them, open questions and tasks with owner and date. Say when it was last edited and by whom.`,
  },
  {
    name: 'what_changed',
    title: 'What changed lately',
    description: 'Recent changes of a space, with what they mean.',
    arguments: [
      needed('space', 'Key or name of the space'),
      optional('since', 'A date, or a span such as 7d'),
    ],
    writes: false,
    text: ({ space, since }) =>
      `Tell me what changed in the Confluence space "${space}" since ${since ?? '7d'}. Use list_recent_changes, and compare_versions for the pages whose changes matter. Group by subject, name who changed what, and link every page.`,
  },
  {
    name: 'collect_action_items',
    title: 'Collect action items',
    description: 'Tasks, decisions and deadlines from meeting notes.',
    arguments: [
      needed('where', 'A page, or words to search for'),
      optional('space', 'Key or name of a space'),
    ],
    writes: false,
    text: ({ where, space }) =>
      `Collect the action items, decisions and deadlines from "${where}"${inSpace(space)} in Confluence. Use extract_action_items (through execute_read) where it fits, else read the pages. Give a table: what, who, until when, from which page (with link). Mark what has no owner or no date.`,
  },
  {
    name: 'check_space',
    title: 'Check a space',
    description: 'Stale pages, broken links, pages nobody finds.',
    arguments: [needed('space', 'Key or name of the space')],
    writes: false,
    text: ({ space }) =>
      `Check the health of the Confluence space "${space}". Through execute_read run find_stale_pages, find_broken_links, find_orphan_pages and find_duplicate_pages for it. Say how complete each look was. Then give the ten things most worth mending, with links, and propose nothing yet.`,
  },
  {
    name: 'edit_section',
    title: 'Change part of a page',
    description: 'Proposes an edit of one part and leaves the rest as it is.',
    arguments: [
      needed('page', 'Address, id or SPACE:Title of the page'),
      needed('change', 'What should be different'),
    ],
    writes: true,
    text: ({ page, change }) =>
      `On the Confluence page "${page}": ${change}\n\nRead the page first (outline, then the section). Then propose the smallest edit with edit_page and the version you read: replace_text for words, set_cell or add_row for tables, set_task for tasks, replace or insert for blocks. Give me the approval link, wait with get_change, and tell me the outcome. If I decline, stop.`,
  },
  {
    name: 'write_page',
    title: 'Write a new page',
    description: 'Proposes a page in the form its neighbours have.',
    arguments: [
      needed('title', 'Title of the page'),
      needed('space', 'Key or name of the space'),
      optional('about', 'What it should say'),
    ],
    writes: true,
    text: ({ title, space, about }) =>
      `Write a Confluence page "${title}" in the space "${space}"${about === undefined ? '' : `: ${about}`}\n\nSearch first whether such a page is there already. Look at how similar pages in the space are built and follow them. Ask me for facts you lack; invent none. Then propose it with create_page, give me the approval link, and wait with get_change.`,
  },
];

/** The prompts of an access, always in the same order. `mayWrite`: whether it may propose writes. */
export function promptList(mayWrite: boolean): Prompt[] {
  return entries
    .filter(({ writes }) => mayWrite || !writes)
    .map(({ text: _, writes: __, arguments: list, ...shown }) => ({ ...shown, arguments: [...list] }));
}

const longest = 4000;

/**
 * The first message of a job.
 * @throws ProtocolError invalid params for an unknown prompt or a missing argument
 */
export function promptOf(
  name: string,
  given: Readonly<Record<string, string>>,
  mayWrite: boolean,
): GetPromptResult {
  const entry = entries.find((one) => one.name === name && (mayWrite || !one.writes));
  if (entry === undefined)
    throw new ProtocolError(ProtocolErrorCode.InvalidParams, `Unknown prompt: ${name}`);
  const args: Record<string, string> = {};
  for (const { name: argument, required } of entry.arguments) {
    const value = (given[argument] ?? '').trim().slice(0, longest);
    if (value === '' && required) {
      throw new ProtocolError(
        ProtocolErrorCode.InvalidParams,
        `The prompt ${name} needs the argument "${argument}".`,
      );
    }
    if (value !== '') args[argument] = visible(value);
  }
  return {
    description: entry.description,
    messages: [{ role: 'user', content: { type: 'text', text: entry.text(args) } }],
  };
}
