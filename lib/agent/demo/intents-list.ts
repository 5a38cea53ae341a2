import type { Intent } from './intents.ts';
import { about, once } from './plans.ts';
import { itemsIn } from './reading.ts';
import { itemLine, linked } from './say.ts';
import { bare } from './slots.ts';

const draftLimit =
  'Please note the limit: Atlassian offers no list of drafts. I can only list your own drafts that were made or changed through Confab. Confluence shows all of yours under Drafts; those of colleagues are visible to nobody but themselves.';

export const listIntents: readonly Intent[] = [
  {
    id: 'list-spaces',
    matches: [
      /^(?:list|show(?: me)?|which|what|find)(?: all| the| of| our| my)*(?<filter>(?: [\w&-]+){0,3}?) spaces\b(?: (?:are there|do we have|exist|can i see).*)?$/i,
    ],
    plan: (slots, turn) => {
      const words = (slots.filter ?? '')
        .trim()
        .split(/\s+/)
        .filter(
          (word) => !/^(?:all|active|current|the|our|of|me|confluence|available|existing)$/i.test(word),
        );
      const status = /\barchived\b/i.test(slots.filter ?? '') ? 'archived' : 'current';
      const query = words.filter((word) => !/^archived$/i.test(word)).join(' ');
      return once(turn, 'list_spaces', { ...(query === '' ? {} : { query }), status, limit: 100 }, (text) => {
        const items = itemsIn(text);
        if (items.length === 0)
          return `I found no ${status} space${query === '' ? '' : ` like “${query}”`} that you can see. Ask me to “list all spaces” to see what there is.`;
        return `${items.length === 1 ? 'One space' : `${items.length} spaces`}${query === '' ? '' : ` for “${query}”`} (${status}):\n\n${items.map((item) => `- ${linked(item.title, item.url)} · key **${item.key ?? '?'}**`).join('\n')}`;
      });
    },
  },
  {
    id: 'account-id',
    matches: [
      /^(?:find|get|look up|what(?:'s| is)|tell me|give me|show)(?: me)? (?:the )?(?:atlassian )?(?:account|user) ?id (?:for|of) (?<person>.+)$/i,
    ],
    plan: (slots, turn) => {
      const name = bare(slots.person);
      return once(turn, 'search_users', { query: name, limit: 10 }, (text) => {
        const people = itemsIn(text).filter((item) => item.id !== null);
        if (people.length === 0)
          return `I found nobody called “${name}” in the directory you can see.\n\n${text}`;
        const lines = people.map((item) => `${linked(item.title, item.url)}: account id \`${item.id}\``);
        return lines.length === 1
          ? `${lines[0]}`
          : `${lines.length} people fit “${name}”:\n\n${lines.map((line) => `- ${line}`).join('\n')}`;
      });
    },
  },
  {
    id: 'drafts',
    matches: [
      /^(?:list|show(?: me)?|find)(?: all| the| my)* pages? in (?:the )?(?<space>.+?)(?: space)? (?:that (?:have|has)|with|in) (?:a |the )?status (?:of )?["']?draft["']?$/i,
      /^(?:list|show(?: me)?|find)(?: all| the| my)* drafts?(?: pages?)?(?: in (?:the )?(?<space>.+?)(?: space)?)?$/i,
    ],
    plan: (slots, turn) => {
      const space = bare(slots.space);
      return once(turn, 'list_pages', { ...(space === '' ? {} : { space }), status: 'draft' }, (text) => {
        const items = itemsIn(text);
        const where = space === '' ? '' : ` in ${space}`;
        const list =
          items.length === 0
            ? `I see no draft of yours${where}.`
            : `Your drafts${where}:\n\n${items.map((item) => `- ${itemLine(item)}`).join('\n')}`;
        return `${list}\n\n${draftLimit}`;
      });
    },
  },
  {
    id: 'list-pages',
    matches: [/^(?:list|show(?: me)?)(?: all| the)* pages? (?:in|of) (?:the )?(?<space>.+?)(?: space)?$/i],
    unless: /\bdrafts?\b|\bunder\b|\bchild/i,
    plan: (slots, turn) =>
      once(
        turn,
        'list_pages',
        { space: bare(slots.space), limit: 50 },
        (text) =>
          `Pages in ${bare(slots.space)}:\n\n${
            itemsIn(text)
              .map((item) => `- ${itemLine(item)}`)
              .join('\n') || text
          }`,
      ),
  },
  {
    id: 'who-am-i',
    matches: [/^(?:who am i|which account am i|what(?:'s| is) my account|as whom do i act)\b/i],
    plan: (_slots, turn) =>
      once(turn, 'get_current_user', {}, (text) => `You are connected to Confluence like this:\n\n${text}`),
  },
  {
    id: 'connection',
    matches: [
      /^(?:check|show(?: me)?|test|what(?:'s| is)|how is)(?: the| my| our)* (?:confluence |atlassian )?connection\b/i,
      /^am i connected\b/i,
    ],
    plan: (_slots, turn) => once(turn, 'get_connection', {}, (text) => text),
  },
  {
    id: 'group-members',
    matches: [
      /^(?:check )?(?:who(?:'s| is| are)) in (?:the )?(?<group>.+?) group$/i,
      /^(?:list|show(?: me)?)(?: all| the)* members of (?:the )?(?<group>.+?)(?: group)?$/i,
    ],
    plan: (slots, turn) =>
      once(turn, 'list_group_members', { group: bare(slots.group), limit: 100 }, (text) => text),
  },
  {
    id: 'comments',
    matches: [
      /^(?:list|show(?: me)?|read|what are)(?: all| the| open)* comments (?:of|on|for) (?<page>.+)$/i,
    ],
    plan: (slots, turn) =>
      about(turn, slots, 'list_comments', (id) => ({ id, replies: true }), 'Comments on'),
  },
  {
    id: 'history',
    matches: [
      /^(?:list|show(?: me)?|what(?:'s| is))(?: all| the)* (?:version )?(?:history|versions) (?:of|for) (?<page>.+)$/i,
      /^who (?:changed|edited) (?<page>.+)$/i,
    ],
    plan: (slots, turn) => about(turn, slots, 'list_versions', (id) => ({ id }), 'Versions of'),
  },
  {
    id: 'children',
    matches: [
      /^(?:list|show(?: me)?|what are)(?: all| the)* (?:children|child pages|sub-?pages) (?:of|under|below) (?<page>.+)$/i,
      /^(?:list|show(?: me)?|which|what) pages (?:are )?(?:under|below) (?<page>.+)$/i,
    ],
    plan: (slots, turn) => about(turn, slots, 'list_children', (id) => ({ id, limit: 50 }), 'Pages below'),
  },
  {
    id: 'what-changed',
    matches: [
      /^(?:what did you (?:change|write|do)|(?:list|show(?: me)?)(?: all| the| your| my)* changes)\b/i,
    ],
    plan: (_slots, turn) => once(turn, 'list_changes', {}, (text) => text),
  },
];
