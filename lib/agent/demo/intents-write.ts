import { pageText, sectionText, templateOf } from './drafts.ts';
import type { Intent, Step } from './intents.ts';
import { bestOf, withPage } from './plans.ts';
import { itemsIn, listItems, type Page, resultOf, sectionsOf, type Turn, tableRows } from './reading.ts';
import { itemLine, linked } from './say.ts';
import { bare, headline, mentions, pageRef, tellingWords } from './slots.ts';
import { tidy } from './tidy.ts';

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
  const sections = sectionsOf(page.body);
  const on = (pattern: RegExp) =>
    sections
      .filter(({ heading }) => pattern.test(heading))
      .flatMap(({ text }) => [...listItems(text), ...tableRows(text)]);
  const exact = on(/requirements?/i);
  const items = (exact.length > 0 ? exact : on(/goals?|scope/i)).slice(0, 12);
  if (items.length === 0) return '';
  return `The current requirements as the page lists them:\n\n${tidy(items.map((item) => `- ${item}`).join('\n'))}\n\n`;
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

function createIn(space: string, title: string, body: string, name = space): Step {
  return {
    call: 'create_page',
    input: { space, title, body, body_format: 'markdown' },
    before: `I prepared the page “${title}” for the space ${name}. ${draftNote}`,
  };
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
      return createIn(exact.key, title, body, exact.title);
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
];
