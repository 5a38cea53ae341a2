import type { Intent, Slots, Step } from './intents.ts';
import {
  type Item,
  itemsIn,
  listItems,
  type Page,
  pageIn,
  resultOf,
  sectionsOf,
  type Turn,
} from './reading.ts';
import { asGiven, itemLine, linked, pageHead, quotedBody } from './say.ts';
import { bare, mentions, pageRef } from './slots.ts';

/** Calls an operation once and says what it gave. */
export function once(
  turn: Turn,
  call: string,
  input: Record<string, unknown>,
  say: (text: string) => string,
): Step {
  const result = resultOf(turn, call);
  return result === undefined ? { call, input } : { say: say(result.text) };
}

/** Finds the page a title, id or link names, then goes on with it. */
export function withPage(
  turn: Turn,
  ref: string,
  next: (page: Page) => Step,
  input: Record<string, unknown> = { format: 'outline' },
): Step {
  const read = resultOf(turn, 'read_page');
  if (read === undefined) return { call: 'read_page', input: { page: ref, ...input } };
  const page = pageIn(read.text);
  return page === null ? { say: `I could not make sense of what was read:\n\n${asGiven(read)}` } : next(page);
}

/** A list operation about one page: the page is resolved first where only its title is known. */
function about(
  turn: Turn,
  slots: Slots,
  call: string,
  input: (id: string) => Record<string, unknown>,
  words: string,
): Step {
  const ref = pageRef(slots.page);
  const done = resultOf(turn, call);
  if (done !== undefined) {
    const page = pageIn(resultOf(turn, 'read_page')?.text ?? '');
    return {
      say: `${words}${page === null ? '' : ` of ${linked(page.title, page.url)}`}:\n\n${asGiven(done)}`,
    };
  }
  if (/^\d+$/.test(ref)) return { call, input: input(ref) };
  return withPage(turn, ref, (page) => ({ call, input: input(page.id) }));
}

function found(query: string, text: string): string {
  const items = itemsIn(text);
  const [best, ...others] = items;
  if (best === undefined)
    return `I found nothing for “${query}” among what you can see. ${text.split('\n')[0] ?? ''}`;
  const quote = best.excerpt === null ? '' : `\n> ${best.excerpt}`;
  const more = others.slice(0, 7).map((item) => `- ${itemLine(item)}`);
  return `The best match for “${query}”:\n\n**${linked(best.title, best.url)}** · ${itemLine(best).split(' · ').slice(1).join(' · ')}${quote}${more.length === 0 ? '' : `\n\nAlso found:\n\n${more.join('\n')}`}`;
}

/** The item called like the question, else the first page. */
export function bestOf(items: readonly Item[], name: string): Item | undefined {
  const wanted = name.toLowerCase();
  return (
    items.find((item) => item.title.toLowerCase() === wanted) ??
    items.find((item) => item.kind === 'page') ??
    items[0]
  );
}

/** Rules of a page on a topic: the items of its section on rules, else items and sentences that name it. */
function rulesOf(page: Page, topic: string): string[] {
  const sections = sectionsOf(page.body);
  const ruled = sections
    .filter(({ heading }) => /\b(rules?|guidelines?|principles|requirements)\b/i.test(heading))
    .flatMap(({ text }) => listItems(text));
  if (ruled.length > 0) return ruled.slice(0, 12);
  const items = listItems(page.body);
  const fitting = items.filter((item) => mentions(item, topic));
  if (fitting.length > 0 || items.length > 0) return (fitting.length > 0 ? fitting : items).slice(0, 12);
  return (page.body.match(/[^.!?\n]+[.!?]/g) ?? [])
    .filter((sentence) => mentions(sentence, topic))
    .slice(0, 8)
    .map((s) => s.trim());
}

function summary(page: Page, topic: string): string {
  const rules = rulesOf(page, topic);
  const list =
    rules.length === 0
      ? 'The page has no list of rules that I can pick out; please open it.'
      : rules.map((rule, i) => `${i + 1}. ${rule}`).join('\n');
  const author =
    page.author === null
      ? ''
      : `\n\nThe document was written by **${page.author}** (created ${page.created}); it was last edited ${page.lastEdited} by ${page.lastEditor}.`;
  return `The main rules on ${linked(page.title, page.url)} (${page.space}):\n\n${list}${author}`;
}

const draftLimit =
  'Please note the limit: Atlassian offers no list of drafts. I can only list your own drafts that were made or changed through Confab. Confluence shows all of yours under Drafts; those of colleagues are visible to nobody but themselves.';

export const readIntents: readonly Intent[] = [
  {
    id: 'search',
    matches: [
      /^(?:search|look)(?: (?:in|through))?(?: (?:the )?(?:confluence|wiki))? for (?<query>.+)$/i,
      /^search (?:the )?(?<space>.+?) space for (?<query>.+)$/i,
      /^(?:find|search|show)(?: me)?(?: all)?(?: the)? (?:pages?|docs?|documents?|documentation|anything|everything|content)(?: in confluence)? (?:about|on|for|related to|mentioning) (?<query>.+)$/i,
      /^(?:where is|where can i find|find) (?:the )?(?<query>[^.]+?)(?: in confluence| in the wiki)$/i,
      /^search (?<query>(?!the .+ space).+)$/i,
    ],
    unless: /\band (?:summari[sz]e|tell me)\b|\. (?:read|if|then)\b|^search (?:the )?.+? space for .+? and /i,
    plan: (slots, turn) => {
      const query = bare(
        slots.query
          ?.replace(/^(?:pages? )?(?:about|on|related to) /i, '')
          .replace(/^(?:confluence )?for /i, ''),
      );
      const space = bare(slots.space);
      return once(
        turn,
        'search_content',
        { query, limit: 10, ...(space === '' ? {} : { spaces: [space] }) },
        (text) => found(query, text),
      );
    },
  },
  {
    id: 'summarise-rules',
    matches: [
      /^search (?:the )?(?<space>.+?) space for (?:pages? )?(?:related to |about |on )?(?<topic>.+?),? and (?:then )?(?:summari[sz]e|list|tell me) (?:the )?(?:main |key )?rules?\b/i,
      /^(?:find|search for) (?<topic>.+?)(?: in (?:the )?(?<space>.+?) space)? and summari[sz]e (?:it|them|the (?:main |key )?rules?)/i,
    ],
    plan: (slots, turn) => {
      const topic = bare(slots.topic);
      const space = bare(slots.space);
      const search = resultOf(turn, 'search_content');
      if (search === undefined)
        return {
          call: 'search_content',
          input: { query: topic, limit: 5, ...(space === '' ? {} : { spaces: [space] }) },
        };
      const best = bestOf(itemsIn(search.text), topic);
      if (best?.id == null) return { say: found(topic, search.text) };
      return withPage(turn, best.id, (page) => ({ say: summary(page, topic) }), { max_chars: 100_000 });
    },
  },
  {
    id: 'read-page',
    matches: [
      /^(?:read|open|show(?: me)?|display)(?: me)? (?<page>(?:the )?(?:contents? of )?(?:the )?page\b.+)$/i,
      /^(?:read|open) (?<page>.+)$/i,
      /^(?:what(?:'s| is| does)) (?:in|on|written on) (?<page>(?:the )?.+? page)$/i,
      /^show(?: me)? (?<page>(?:the )?contents? of .+|https?:\S+)$/i,
    ],
    unless:
      /\b(?:comments?|history|versions|child(?:ren)?|sub-?pages)\b.*\b(?:of|on|under)\b|\. (?:if|then|add|update)\b/i,
    plan: (slots, turn) =>
      withPage(
        turn,
        pageRef(slots.page),
        (page) => ({ say: `${pageHead(page)}\n\n${quotedBody(page)}` }),
        {},
      ),
  },
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
      about(turn, slots, 'list_comments', (id) => ({ id, replies: true }), 'The comments'),
  },
  {
    id: 'history',
    matches: [
      /^(?:list|show(?: me)?|what(?:'s| is))(?: all| the)* (?:version )?(?:history|versions) (?:of|for) (?<page>.+)$/i,
      /^who (?:changed|edited) (?<page>.+)$/i,
    ],
    plan: (slots, turn) => about(turn, slots, 'list_versions', (id) => ({ id }), 'The versions'),
  },
  {
    id: 'children',
    matches: [
      /^(?:list|show(?: me)?|what are)(?: all| the)* (?:children|child pages|sub-?pages) (?:of|under|below) (?<page>.+)$/i,
      /^(?:list|show(?: me)?|which|what) pages (?:are )?(?:under|below) (?<page>.+)$/i,
    ],
    plan: (slots, turn) =>
      about(turn, slots, 'list_children', (id) => ({ id, limit: 50 }), 'The pages below'),
  },
  {
    id: 'what-changed',
    matches: [
      /^(?:what did you (?:change|write|do)|(?:list|show(?: me)?)(?: all| the| your| my)* changes)\b/i,
    ],
    plan: (_slots, turn) => once(turn, 'list_changes', {}, (text) => text),
  },
];
