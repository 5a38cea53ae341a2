import { pageText, sectionText, templateOf } from './drafts.ts';
import type { Intent, Step } from './intents.ts';
import { bestOf, withPage } from './intents-read.ts';
import {
  endingIn,
  itemsIn,
  listItems,
  type Page,
  pageIn,
  resultOf,
  sectionsOf,
  type Turn,
} from './reading.ts';
import { itemLine, linked } from './say.ts';
import { bare, headline, isExact, mentions, pageRef, tellingWords } from './slots.ts';

const draftNote =
  'The text is a draft of the offline demo model, not knowledge about your company: edit it on the card before you apply it.';

function append(page: Page, heading: string, text: string, atTop = false): Step {
  return {
    call: 'edit_page',
    input: {
      page: page.id,
      base_version: page.version,
      edits: [{ op: atTop ? 'prepend' : 'append', markdown: `## ${heading}\n\n${text}` }],
      message: `Added the section "${heading}"`,
    },
    before: `I read ${linked(page.title, page.url)} (version ${page.version}) and prepared the new section “${heading}”. ${draftNote}`,
  };
}

function sectionOn(page: Page, subject: string): string | null {
  const wanted = tellingWords(subject);
  const fits = (heading: string) =>
    wanted.length > 0 && wanted.every((word) => heading.toLowerCase().includes(word.replace(/s$/, '')));
  return sectionsOf(page.body).find(({ heading }) => heading !== '' && fits(heading))?.heading ?? null;
}

function addSection(turn: Turn, page: string, heading: string, topic: string, atTop = false): Step {
  const next = (found: Page): Step => {
    const already = sectionOn(found, heading);
    if (already !== null)
      return {
        say: `${linked(found.title, found.url)} already has a section “${already}”, so I propose nothing. Say what should be changed in it.`,
      };
    return append(found, headline(heading), sectionText(topic), atTop);
  };
  return withPage(turn, page, next, { max_chars: 100_000 });
}

function requirementsOf(page: Page): string {
  const items = sectionsOf(page.body)
    .filter(({ heading }) => /requirement|goal|scope/i.test(heading))
    .flatMap(({ text }) => listItems(text));
  return items.length === 0
    ? ''
    : `The current requirements as the page lists them:\n\n${items
        .slice(0, 10)
        .map((item) => `- ${item}`)
        .join('\n')}\n\n`;
}

/** Reads the page and proposes a note only when the subject is not on it yet. */
function noteUnlessMentioned(page: Page, subject: string): Step {
  const name = bare(subject).replace(/^new /i, '');
  const head = `I read ${linked(page.title, page.url)} (version ${page.version}). ${requirementsOf(page)}`;
  if (mentions(page.body, subject)) {
    const where = sectionsOf(page.body).find(({ heading, text }) =>
      mentions(`${heading} ${text}`, subject),
    )?.heading;
    return {
      say: `${head}The page already mentions the ${name}${where ? `, in “${where}”` : ''}, so there is nothing to change and I propose nothing.`,
    };
  }
  const step = append(page, `Technical note: ${name}`, sectionText(name));
  return 'call' in step
    ? {
        ...step,
        before: `${head}It does not mention the ${name}, so I prepared a technical note for its end. ${draftNote}`,
      }
    : step;
}

function removeIfMember(turn: Turn, group: string, person: string): Step {
  const members = resultOf(turn, 'list_group_members');
  if (members === undefined) return { call: 'list_group_members', input: { group, limit: 200 } };
  const items = itemsIn(members.text);
  const is = items.some((item) => item.title.toLowerCase() === person.toLowerCase());
  const list =
    items.length === 0
      ? members.text
      : `In the group “${group}”:\n\n${items.map((item) => `- ${linked(item.title, item.url)}`).join('\n')}`;
  if (!is) return { say: `${list}\n\n${person} is not in it, so there is nobody to remove.` };
  return {
    call: 'remove_user_from_group',
    input: { group, user: person },
    before: `${list}\n\n${person} is in it. I prepared the removal; it runs only after you press Apply.`,
  };
}

/** Writes to a page by id; a title or link is resolved by reading first. */
function onPage(
  turn: Turn,
  ref: string,
  call: string,
  input: (id: string) => Record<string, unknown>,
  before: (title: string) => string,
): Step {
  if (/^\d+$/.test(ref)) return { call, input: input(ref), before: before(`page ${ref}`) };
  return withPage(turn, ref, (page) => ({
    call,
    input: input(page.id),
    before: before(linked(page.title, page.url)),
  }));
}

function createIn(space: string, title: string, body: string): Step {
  return {
    call: 'create_page',
    input: { space, title, body, body_format: 'markdown' },
    before: `I prepared the page “${title}” for ${space}. ${draftNote}`,
  };
}

/** The last change of this chat that was applied and not undone. */
function lastApplied(turn: Turn): { id: string; title: string } | null {
  const gone = new Set(
    turn.all.flatMap((result) => (result.name === 'undo_change' ? [JSON.stringify(result.input)] : [])),
  );
  for (const result of turn.all.toReversed()) {
    const ending = endingIn(result.text);
    if (
      ending?.kind === 'applied' &&
      result.name !== 'undo_change' &&
      ![...gone].some((text) => text.includes(ending.changeId))
    ) {
      return { id: ending.changeId, title: ending.title };
    }
  }
  return null;
}

const titled = `(?:titled|called|named|with the title) ["'](?<title>[^"']+)["']`;

export const writeIntents: readonly Intent[] = [
  {
    id: 'note-if-missing',
    matches: [
      /^find (?:the )?(?<page>.+?)(?: in confluence)?[.,;] (?:then )?read .+?[.;] if (?:it|the page) (?:doesn't|does not|doesnt) (?:yet )?mention (?<subject>.+?), (?:then )?(?:update|add|write)\b/i,
    ],
    plan: (slots, turn) => {
      const name = bare(slots.page);
      const search = resultOf(turn, 'search_content');
      if (search === undefined) return { call: 'search_content', input: { query: name, limit: 5 } };
      const best = bestOf(itemsIn(search.text), name);
      if (best?.id == null) return { say: `I found no page for “${name}”, so I changed nothing.` };
      return withPage(turn, best.id, (page) => noteUnlessMentioned(page, bare(slots.subject)), {
        max_chars: 100_000,
      });
    },
  },
  {
    id: 'remove-if-member',
    matches: [
      /^(?:check )?who(?:'s| is| are) in (?:the )?(?<group>.+?) group[.,;] if (?<person>.+?) is (?:in it|a member|in there),? (?:please )?remove (?:him|her|them)\b/i,
    ],
    plan: (slots, turn) => removeIfMember(turn, bare(slots.group), bare(slots.person)),
  },
  {
    id: 'remove-from-group',
    matches: [/^remove (?<person>.+?) from (?:the )?(?<group>.+?) group$/i],
    plan: (slots, turn) => removeIfMember(turn, bare(slots.group), bare(slots.person)),
  },
  {
    id: 'find-space-create-page',
    matches: [
      new RegExp(
        `^find (?:the )?(?<space>.+?) space,? and (?:then )?create (?:a |an )?(?:new )?page ${titled}(?:[.,;]? (?:and )?(?:populate|fill) it with (?<topics>.+))?$`,
        'i',
      ),
    ],
    plan: (slots, turn) => {
      const name = bare(slots.space);
      const spaces = resultOf(turn, 'list_spaces');
      if (spaces === undefined) return { call: 'list_spaces', input: { query: name, status: 'current' } };
      const items = itemsIn(spaces.text);
      const exact =
        items.find((item) => item.title.toLowerCase() === name.toLowerCase()) ??
        (items.length === 1 ? items[0] : undefined);
      if (exact?.key == null)
        return {
          say:
            items.length === 0
              ? `I found no space called “${name}”.`
              : `Which space is meant by “${name}”?\n\n${items.map((item) => `- ${itemLine(item)}`).join('\n')}`,
        };
      const title = bare(slots.title);
      const body =
        slots.topics === undefined ? pageText({ title, kind: '', about: '' }) : templateOf(slots.topics);
      return createIn(exact.key, title, body);
    },
  },
  {
    id: 'create-page',
    matches: [
      new RegExp(
        `^(?:create|make|write|add|draft) (?:me )?(?:a |an )?(?:new )?(?<kind>.*?)\\s*page in (?:the )?(?<space>.+?)(?: space)? ${titled}[.,;]?(?:\\s+(?<about>.+))?$`,
        'i',
      ),
      new RegExp(
        `^(?:create|make|write|add|draft) (?:me )?(?:a |an )?(?:new )?(?<kind>.*?)\\s*page ${titled} (?:in|to) (?:the )?(?<space>.+?)(?: space)?(?:[.,;]?\\s+(?<about>(?:about|with|on|format|that|covering).+))?$`,
        'i',
      ),
      /^(?:create|make|write|draft) (?:me )?(?:a |an )?(?:new )?(?<kind>.*?)\s*page in (?:the )?(?<space>[^"']+?)(?: space)?$/i,
    ],
    unless: /^add .*\bsection\b/i,
    plan: (slots) => {
      const [space, title, kind] = [bare(slots.space), bare(slots.title), (slots.kind ?? '').trim()];
      if (title === '') {
        return {
          say: `What should the page in ${space} be called? Write for example: Create a ${kind === '' ? '' : `${kind} `}page in the ${space} space titled "…". I then propose a first version for you to edit.`,
        };
      }
      return createIn(
        space,
        title,
        pageText({ title, kind, about: (slots.about ?? '').replace(/^format it (?:with|as) /i, '') }),
      );
    },
  },
  {
    id: 'add-named-section',
    matches: [
      /^(?:update|edit|change) (?<page>(?:the )?(?:page )?.+?)[.,;:] add (?:a |an )?(?:new )?section (?:called|titled|named) ["'](?<heading>[^"']+)["'](?: (?:at|to) the (?<place>bottom|end|top|beginning|start))?/i,
      /^add (?:a |an )?(?:new )?section (?:called|titled|named) ["'](?<heading>[^"']+)["'] (?:at the (?<place>bottom|end|top|beginning|start) of|to) (?<page>.+)$/i,
    ],
    plan: (slots, turn) =>
      addSection(
        turn,
        pageRef(slots.page),
        bare(slots.heading),
        bare(slots.heading),
        /top|beginning|start/i.test(slots.place ?? ''),
      ),
  },
  {
    id: 'add-section-about',
    matches: [
      /^add (?:a |an )?(?:new )?(?:section|chapter|paragraph) (?:about|on) (?<topic>.+) to (?<page>.+)$/i,
    ],
    plan: (slots, turn) => addSection(turn, pageRef(slots.page), bare(slots.topic), bare(slots.topic)),
  },
  {
    id: 'add-label',
    matches: [
      /^(?:add|put|set) (?:the |a )?labels? (?<label>.+?) (?:to|on) (?<page>.+)$/i,
      /^label (?<page>.+?) (?:as|with) (?<label>.+)$/i,
    ],
    plan: (slots, turn) => {
      const labels = (slots.label ?? '')
        .split(/,| and /)
        .map(bare)
        .filter((label) => label !== '');
      return onPage(
        turn,
        pageRef(slots.page),
        'add_label',
        (id) => ({ ids: [id], labels }),
        (page) => `I prepared adding ${labels.map((label) => `“${label}”`).join(', ')} to ${page}.`,
      );
    },
  },
  {
    id: 'remove-label',
    matches: [/^(?:remove|delete|take) (?:the )?labels? (?<label>.+?) (?:from|off) (?<page>.+)$/i],
    plan: (slots, turn) => {
      const labels = (slots.label ?? '')
        .split(/,| and /)
        .map(bare)
        .filter((label) => label !== '');
      return onPage(
        turn,
        pageRef(slots.page),
        'remove_label',
        (id) => ({ ids: [id], labels }),
        (page) => `I prepared removing ${labels.map((label) => `“${label}”`).join(', ')} from ${page}.`,
      );
    },
  },
  {
    id: 'move-page',
    matches: [/^move (?<page>.+?) (?:under|below|to|into) (?<target>.+)$/i],
    plan: (slots, turn) => {
      const [page, target] = [pageRef(slots.page), pageRef(slots.target)];
      const reads = turn.results
        .filter((result) => result.name === 'read_page')
        .flatMap((result) => pageIn(result.text) ?? []);
      const wanted = [page, target].filter((ref) => !isExact(ref));
      const next = wanted[reads.length];
      if (next !== undefined) return { call: 'read_page', input: { page: next, format: 'outline' } };
      const idOf = (ref: string): string => (isExact(ref) ? ref : (reads[wanted.indexOf(ref)]?.id ?? ref));
      return {
        call: 'move_page',
        input: { pages: [idOf(page)], target: idOf(target) },
        before: `I prepared moving “${page}” below “${target}”.`,
      };
    },
  },
  {
    id: 'delete-page',
    matches: [/^(?:delete|trash) (?<page>.+)$/i],
    unless: /\blabels?\b|\bcomments?\b|\bspace\b|\ball\b|\bpages\b/i,
    plan: (slots, turn) =>
      onPage(
        turn,
        pageRef(slots.page),
        'delete_page',
        (id) => ({ pages: [id] }),
        (page) => `I prepared moving ${page} to the trash. Nothing happens before you press Apply.`,
      ),
  },
  {
    id: 'restore-page',
    matches: [/^restore (?<page>(?:the )?(?:page )?.+?)(?: from (?:the )?trash)?$/i],
    unless: /\bsection\b|\bversion\b/i,
    plan: (slots) => ({
      call: 'restore_page',
      input: { id: pageRef(slots.page) },
      before: 'I prepared bringing the page back from the trash.',
    }),
  },
  {
    id: 'undo',
    matches: [
      /^(?:undo|revert|take back)(?: that| this| it| the last change| your last change| the change| last change)?$/i,
    ],
    plan: (_slots, turn) => {
      const last = lastApplied(turn);
      if (last === null)
        return {
          say: 'Nothing was written in this chat that could be undone. Earlier changes are listed under Settings, Activity.',
        };
      return {
        call: 'undo_change',
        input: { change_ids: [last.id] },
        before: `I prepared undoing: ${last.title}.`,
      };
    },
  },
];
