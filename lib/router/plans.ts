/** How a known job of several steps goes, and where it goes wrong. */
export type Plan = { steps: string[]; pitfalls: string[] };

type Job = Plan & { all: readonly RegExp[] };

const jobs: readonly Job[] = [
  {
    all: [
      /\bgroups?\b|contractor|\bteam\b/i,
      /remove|kick|offboard|expired|leav|check who|take .* out|membership/i,
    ],
    steps: [
      'list_group_members with group and user: is the person in it? It also gives both ids.',
      'Only if so: remove_user_from_group (destructive; the person approves it on a card).',
      "Say the outcome; the card's Undo adds them back.",
    ],
    pitfalls: [
      'Confluence answers success even when the person was not a member: check first.',
      'Two people may share a name: on "ambiguous", ask which one, never guess.',
    ],
  },
  {
    all: [
      /restore|bring back|old version|earlier version|last month|previous version/i,
      /section|part|compare|difference|diff/i,
    ],
    steps: [
      'list_versions to find the version by its date.',
      'compare_versions between it and the current one.',
      'get_version for the old text, then edit_page replacing only that section. restore_version would take back everything since.',
    ],
    pitfalls: ['restore_version puts the whole page back, including what others wrote since.'],
  },
  {
    all: [/\blabels?\b|\btag/i, /find|page|search|q\d/i],
    steps: [
      'search_content for the page, unless its id is known.',
      'add_label (or remove_label) with its id.',
    ],
    pitfalls: ['Labels are lower case without spaces.', 'On several equal titles, ask which page.'],
  },
  {
    all: [
      /summar|who (wrote|authored|created)|author|rules|explain|what does|standards/i,
      /find|search|page|doc|guideline|space|prd/i,
    ],
    steps: [
      'search_content with query and spaces.',
      'read_page of the best one or two results (the answer names author and last editor).',
      'Answer from what was read, with a link for each statement.',
    ],
    pitfalls: [
      'Excerpts of a search are not the page: read it before summarising.',
      'Author (who created) and last editor can differ: read_page gives both.',
    ],
  },
  {
    all: [/create|new page|write|set up/i, /space|template|populate|page|doc/i],
    steps: [
      'list_spaces with query for the space, unless its key is known.',
      'search_content or list_pages with title: does the page exist already?',
      'create_page with space, title and body in Markdown, headings for each part that was asked for.',
    ],
    pitfalls: [
      'Titles are unique in a space: on title_taken, offer to edit the existing page.',
      'The body must not repeat the title as a heading.',
    ],
  },
  {
    all: [
      /update|edit|add|append|insert|change|mention|note|section|fix/i,
      /page|prd|doc|section|guideline|content|wiki|requirements/i,
    ],
    steps: [
      'search_content for the page, unless its id is known.',
      'read_page: note its version, and whether what is wanted stands there already.',
      'Only if it does not: edit_page with base_version and one small edit (append, insert_after a heading, replace).',
      'Say that a change waits for approval; nothing is saved before.',
    ],
    pitfalls: [
      'Never send the whole page to change a part: edit_page keeps everything else byte for byte.',
      'If the page says it already, propose nothing and say so.',
      'The new version number is set by Confluence, not by you.',
    ],
  },
  {
    all: [/draft/i, /list|all|find|show|which/i],
    steps: [
      'list_pages with status draft and the space.',
      'Say the limit: Atlassian gives no list of drafts; only those made through Confab are known.',
    ],
    pitfalls: ['CQL has no status field, and search never returns drafts.'],
  },
];

/** The plan of the first known job that a question fits, or null. */
export function planFor(query: string): Plan | null {
  const job = jobs.find(({ all }) => all.every((part) => part.test(query)));
  return job === undefined ? null : { steps: [...job.steps], pitfalls: [...job.pitfalls] };
}
