import type { Intent } from './intents.ts';
import { bestOf, withPage } from './plans.ts';
import { itemsIn, listItems, type Page, resultOf, sectionsOf } from './reading.ts';
import { itemLine, linked, pageHead, quotedBody } from './say.ts';
import { bare, mentions, pageRef } from './slots.ts';
import { tidy } from './tidy.ts';

function found(query: string, text: string): string {
  const items = itemsIn(text);
  const [best, ...others] = items;
  if (best === undefined)
    return `I found nothing for “${query}” among what you can see. ${text.split('\n')[0] ?? ''}`;
  const quote = best.excerpt === null ? '' : `\n> ${best.excerpt}`;
  const more = others.slice(0, 7).map((item) => `- ${itemLine(item)}`);
  return `The best match for “${query}”:\n\n**${linked(best.title, best.url)}** · ${itemLine(best).split(' · ').slice(1).join(' · ')}${quote}${more.length === 0 ? '' : `\n\nAlso found:\n\n${more.join('\n')}`}`;
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
      : rules.map((rule, i) => `${i + 1}. ${tidy(rule)}`).join('\n');
  const author =
    page.author === null
      ? ''
      : `\n\nThe document was written by **${page.author}** (created ${page.created}); it was last edited ${page.lastEdited} by ${page.lastEditor}.`;
  return `The main rules on ${linked(page.title, page.url)} (${page.space}):\n\n${list}${author}`;
}

export const findIntents: readonly Intent[] = [
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
      const input = { query, limit: 10, ...(space === '' ? {} : { spaces: [space] }) };
      const [pages, anything] = turn.results.filter(({ name }) => name === 'search_content');
      if (pages === undefined)
        return { call: 'search_content', input: { ...input, types: ['page', 'blog_post'] } };
      if (itemsIn(pages.text).length > 0) return { say: found(query, pages.text) };
      return anything === undefined
        ? { call: 'search_content', input }
        : { say: found(query, anything.text) };
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
];
