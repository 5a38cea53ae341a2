import type { Intent, Step } from './intents.ts';
import { bestOf, once, withPage } from './plans.ts';
import { itemsIn, listItems, type Page, resultOf, sectionsOf } from './reading.ts';
import { asGiven, itemLine, linked } from './say.ts';
import { bare, headline } from './slots.ts';
import { tidy } from './tidy.ts';

/** `this month` as the first day of it, `the last week` as `7d`. */
function sinceOf(words: string | undefined): string {
  const text = (words ?? '').toLowerCase();
  const lengths: Record<string, string> = {
    day: '1d',
    week: '7d',
    month: '30d',
    quarter: '90d',
    year: '365d',
  };
  const unit = /day|week|month|quarter|year/.exec(text)?.[0] ?? 'month';
  return /^this/.test(text.trim()) ? `this ${unit}` : (lengths[unit] ?? '30d');
}

/** The points of a page worth telling others: by section, a few of each; small print left out. */
function digestOf(page: Page): string {
  const parts = sectionsOf(page.body).flatMap(({ heading, text }) => {
    if (/attendee|participants|present|agenda/i.test(heading)) return [];
    const points = listItems(text).slice(0, 6);
    const said = points.length > 0 ? points.map((point) => `- ${tidy(point)}`) : firstSentences(text);
    return said.length === 0 ? [] : [`## ${heading === '' ? 'In short' : heading}\n\n${said.join('\n')}`];
  });
  return parts.slice(0, 6).join('\n\n');
}

function firstSentences(text: string): string[] {
  const plain = tidy(text.replace(/^[|>:].*$/gm, '')).trim();
  const sentences = plain.match(/[^.!?\n]+[.!?]/g) ?? [];
  return sentences.length === 0 ? [] : [sentences.slice(0, 2).join(' ').trim()];
}

function blogPostFrom(page: Page, space: string): Step {
  const digest = digestOf(page);
  if (digest === '')
    return {
      say: `${linked(page.title, page.url)} holds nothing that I could summarise, so I propose nothing.`,
    };
  const body = `A summary of ${linked(page.title, page.url)}.\n\n${digest}\n\nThe whole notes: ${linked(page.title, page.url)}`;
  return {
    call: 'create_blog_post',
    input: { space, title: `Summary: ${page.title}`.slice(0, 200), body, body_format: 'markdown' },
    before: `I read ${linked(page.title, page.url)} and picked out its points; I am the demo model and do not judge them. Edit the text on the card before you apply it.`,
  };
}

/** `N.` or `-` lines with a link and a count of views, as a chart and a list. */
function ranking(text: string): string {
  const bars = text.split('\n').flatMap((line) => {
    const link = /\[((?:\\.|[^\]\\])*)\]\(([^)\s]+)\)/.exec(line);
    const views = /([\d,]+) views?\b/.exec(line)?.[1];
    return link === null || views === undefined ? [] : [`[${link[1]}](${link[2]}): ${views}`];
  });
  if (bars.length === 0) return '';
  return `\`\`\`chart\nViews\n${bars.slice(0, 10).join('\n')}\n\`\`\`\n\n`;
}

/** The method, a chart of the first ten and the same ten as a list; what is meant for a model is put in people's words. */
function mostViewed(text: string): string {
  const [method = '', ...rest] = text.split('\n');
  const ranked = rest.filter((line) => /^\d+\. /.test(line)).slice(0, 10);
  if (ranked.length === 0) return text;
  const said = method.replace(
    /; raise max_pages or narrow the scope to see the rest\./,
    '. Ask for one space to see all of its pages.',
  );
  const list = ranked.map((line) => line.replace(/ · id \S+$/, '')).join('\n');
  return `${said}\n\n${ranking(ranked.join('\n'))}${list}`;
}

export const teamIntents: readonly Intent[] = [
  {
    id: 'summary-as-blog-post',
    matches: [
      /^(?:publish|post|write|create) (?:a )?summary of (?:the )?(?<source>.+?) as a (?:new )?blog ?post (?:in|to|on) (?:the )?(?<space>.+?)(?: space)?$/i,
    ],
    plan: (slots, turn) => {
      const source = bare(slots.source);
      const search = resultOf(turn, 'search_content');
      if (search === undefined)
        return { call: 'search_content', input: { query: source, types: ['page'], limit: 10 } };
      const best = bestOf(itemsIn(search.text), source);
      if (best?.id == null) return { say: `I found no page for “${source}”, so I propose nothing.` };
      return withPage(turn, best.id, (page) => blogPostFrom(page, bare(slots.space)), {
        max_chars: 100_000,
      });
    },
  },
  {
    id: 'create-space',
    matches: [
      /^(?:create|make|set up) (?:me )?(?:a |an )?(?:new )?(?<private>private )?space (?:for|called|named|titled) (?<name>.+)$/i,
    ],
    plan: (slots) => {
      const name = headline(bare(slots.name));
      const closed = slots.private !== undefined;
      return {
        call: 'create_space',
        input: { name, ...(closed ? { private: true } : {}) },
        before: `I prepared ${closed ? 'a private space that only you see' : 'a space'}, “${name}”. Its key can be given as well: say which one you want.`,
      };
    },
  },
  {
    id: 'changed-by-team',
    matches: [
      /^(?:find|list|show(?: me)?)(?: all| the)* pages? (?:modified|changed|edited|updated) (?:in|during|within) the (?<since>(?:last|past) (?:day|week|month|quarter|year)) by (?:the )?(?<group>.+?)(?: (?:team|group))?$/i,
    ],
    plan: (slots, turn) => {
      const group = bare(slots.group);
      const input = { since: sinceOf(slots.since), group, types: ['page'], with_editors: true, limit: 50 };
      return once(turn, 'list_recent_changes', input, (text) => {
        const items = itemsIn(text);
        const list = items.map((item) => `- ${itemLine(item)}`).join('\n');
        return items.length === 0
          ? text
          : `${items.length === 1 ? 'One page' : `${items.length} pages`} that the group “${group}” worked on and that changed in the ${slots.since}:\n\n${list}\n\nThe group was resolved to its members; shown are pages any of them has contributed to.`;
      });
    },
  },
  {
    id: 'unresolved-comments',
    matches: [
      /^(?:find|list|show(?: me)?)(?: all| the)* (?:unresolved|open) comments (?:on|in|about) (?:the |our )?(?<where>.+?)(?:,? and (?:then )?summari[sz]e (?:the )?feedback)?$/i,
    ],
    plan: (slots, turn) => {
      const where = bare(slots.where).replace(/\s+(?:docs?|documentation|pages?)$/i, '');
      const space = /^(?<name>.+) space$/i.exec(where)?.groups?.name;
      const input = space === undefined ? { query: `title ~ "${where.replace(/["\\]/g, '')}"` } : { space };
      return once(turn, 'find_unresolved_comments', input, () => {
        const result = resultOf(turn, 'find_unresolved_comments');
        return result === undefined
          ? ''
          : `${asGiven(result)}\n\nTo answer one, say for example: Reply to comment 123 with "Done, thank you" and resolve it.`;
      });
    },
  },
  {
    id: 'reply-and-resolve',
    matches: [
      /^(?:reply|answer)(?: to)?(?: the)? comment (?<id>\d+) (?:with|:) ?["'](?<text>[^"']+)["'](?<resolve>,? and (?:then )?resolve it)?$/i,
    ],
    plan: (slots) => ({
      call: 'create_comment_reply',
      input: { comment_id: slots.id, body: slots.text },
      before: `I prepared your reply to comment ${slots.id}.${slots.resolve === undefined ? '' : ` When it is posted, say: Resolve comment ${slots.id}.`}`,
    }),
  },
  {
    id: 'resolve-comment',
    matches: [/^(?<verb>resolve|reopen)(?: the)? comment (?<id>\d+)$/i],
    plan: (slots) => ({
      call: 'resolve_inline_comment',
      input: { comment_id: slots.id, resolved: slots.verb?.toLowerCase() === 'resolve' },
      before: `I prepared to ${slots.verb?.toLowerCase()} comment ${slots.id}.`,
    }),
  },
  {
    id: 'action-items',
    matches: [
      /^(?:extract|collect|list|find)(?: all| the)* (?:action items|to-?dos|decisions)(?: and \w+)? (?:from|in|of) (?:the |our )?(?<where>.+)$/i,
    ],
    plan: (slots, turn) =>
      once(turn, 'extract_action_items', { query: bare(slots.where) }, () => {
        const result = resultOf(turn, 'extract_action_items');
        return result === undefined ? '' : asGiven(result);
      }),
  },
  {
    id: 'most-viewed',
    matches: [
      /^(?:what are|list|show(?: me)?|find)(?: all| the)* (?:most (?:viewed|read|popular)|top) pages?(?: (?:in|of) (?:the )?(?<space>.+?)(?: space)?)?(?: (?<since>(?:this|in the last|of the last|over the last|last) (?:week|month|quarter|year)))?$/i,
    ],
    plan: (slots, turn) => {
      const space = bare(slots.space);
      const input = {
        since: sinceOf(slots.since?.replace(/^(?:in|of|over) the /i, '')),
        ...(space === '' ? {} : { space }),
      };
      return once(turn, 'list_most_viewed_pages', input, () => {
        const result = resultOf(turn, 'list_most_viewed_pages');
        return result === undefined ? '' : mostViewed(asGiven(result));
      });
    },
  },
];
