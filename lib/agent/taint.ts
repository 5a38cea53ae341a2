import type { Message, Source } from '#lib/wire';
import { fencedText } from './fence.ts';

/** So many words in a row, found in a page and not in the person's words, count as taken from the page. */
const run = 6;

/** Inputs that name what is written to, as opposed to what is written. */
const naming =
  /^(pages?|ids?|space|spaces|groups?|users?|title|target|destination|parent|posts?|labels?|owner|url|ref)$/;

const small = new Set([
  'the',
  'and',
  'for',
  'from',
  'with',
  'page',
  'pages',
  'space',
  'into',
  'this',
  'that',
  'http',
  'https',
]);

const words = (text: string): string[] =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? [];
const stem = (word: string): string => (word.length > 3 ? word.replace(/s$/, '') : word);
const telling = (text: string): string[] =>
  words(text)
    .filter((word) => word.length > 2 && !small.has(word))
    .map(stem);

function runsOf(text: string): Set<string> {
  const all = words(text);
  const found = new Set<string>();
  for (let i = 0; i + run <= all.length; i++) found.add(all.slice(i, i + run).join(' '));
  return found;
}

/** Every string of an input with the name of the field that holds it; list items keep their list's name. */
function stringsOf(value: unknown, field = ''): { field: string; text: string }[] {
  if (typeof value === 'string') return [{ field, text: value }];
  if (Array.isArray(value)) return value.flatMap((item) => stringsOf(item, field));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, item]) => stringsOf(item, name));
}

type Heard = {
  person: string;
  personTerms: Set<string>;
  personRuns: Set<string>;
  page: string;
  pageRuns: Set<string>;
  sources: Source[];
};

function heard(messages: readonly Message[]): Heard {
  const person: string[] = [];
  const page: string[] = [];
  const sources: Source[] = [];
  for (const message of messages) {
    for (const part of message.parts) {
      if (message.role === 'user' && part.type === 'text') person.push(part.text);
      if (part.type !== 'tool') continue;
      sources.push(...part.sources);
      if (part.output !== null) page.push(fencedText(part.output));
    }
  }
  const [said, read] = [person.join('\n'), page.join('\n')];
  return {
    person: ` ${words(said).join(' ')} `,
    personTerms: new Set(telling(said)),
    personRuns: runsOf(said),
    page: ` ${words(read).join(' ')} `,
    pageRuns: runsOf(read),
    sources,
  };
}

const contains = (text: string, part: string): boolean => part !== '' && text.includes(` ${part} `);

/** A name or id the person used, or whose title shares a telling word with what they said, is theirs. */
function namedByPerson(value: string, all: Heard): boolean {
  if (contains(all.person, words(value).join(' '))) return true;
  const titles = all.sources
    .filter((source) => source.id === value || source.url === value || source.space?.key === value)
    .flatMap((source) => [source.title, ...(source.space?.key === value ? [source.space.name] : [])]);
  return [value, ...titles].some((title) => telling(title).some((term) => all.personTerms.has(term)));
}

/**
 * True when what a write would write, or what it would write to, first appeared in text read from
 * Confluence and not in the person's own words. It is a heuristic and only puts a mark on the card:
 * six words in a row copied from a page count, as does a target (id, title, name) that only a page named.
 * Quoting a page on request is marked as well; rewording escapes it.
 */
export function fromPageText(input: unknown, messages: readonly Message[]): boolean {
  const all = heard(messages);
  if (all.page.trim() === '') return false;
  return stringsOf(input).some(({ field, text }) => {
    for (const taken of runsOf(text)) if (all.pageRuns.has(taken) && !all.personRuns.has(taken)) return true;
    if (!naming.test(field)) return false;
    return contains(all.page, words(text).join(' ')) && !namedByPerson(text, all);
  });
}
