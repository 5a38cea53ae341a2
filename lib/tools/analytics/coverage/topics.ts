import { z } from 'zod';
import { UserError } from '#errors';
import { meaningfulWords } from '../../cql.ts';
import { type Document, findDocument } from '../../documents.ts';
import { plain } from '../../near.ts';
import type { Context } from '../../operation.ts';
import { type Scope, withinScope } from '../../scan/index.ts';
import { searchRows } from '../../search/rows.ts';
import { type Read, readOf } from './read.ts';

export const topicShape = z.object({
  topic: z.string(),
  state: z.enum(['found', 'thin', 'old', 'none']),
  /** Why it is not simply found. */
  why: z.string(),
  pages: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      url: z.string(),
      words: z.number(),
      updated_at: z.string().nullable(),
      /** Where the words of the topic stand. */
      evidence: z.string(),
    }),
  ),
});
export type TopicFound = z.output<typeof topicShape>;

/** A page with fewer words is thin. */
export const thinWords = 80;
const oldDays = 365;
const mostPages = 4;

type Place = 'title' | 'heading' | 'text';
const rank: Record<Place, number> = { title: 0, heading: 1, text: 2 };
const evidence: Record<Place, string> = {
  title: 'in the title',
  heading: 'in a heading',
  text: 'mentioned in the text',
};

/** Words are compared by their beginnings, so that "deployments" is found by "deployment" and the other way round. */
function holds(text: string, wanted: readonly string[]): boolean {
  const words = plain(text).split(' ');
  return wanted.every((one) =>
    words.some(
      (word) =>
        word === one ||
        (one.length > 4 && (word.startsWith(one) || (word.length > 4 && one.startsWith(word)))),
    ),
  );
}

function placeOf(read: Read, wanted: readonly string[]): Place | null {
  if (holds(read.page.title, wanted)) return 'title';
  if (read.headings.some((heading) => holds(heading, wanted))) return 'heading';
  return holds(read.text, wanted) ? 'text' : null;
}

const isOld = (page: Document): boolean =>
  page.versionAt !== null && Date.parse(page.versionAt) < Date.now() - oldDays * 86_400_000;

type Hit = { read: Read; place: Place };

function verdict(hits: readonly Hit[], least: number): Pick<TopicFound, 'state' | 'why'> {
  const named = hits.filter((one) => one.place !== 'text');
  if (hits.length === 0) return { state: 'none', why: '' };
  if (named.length === 0) return { state: 'thin', why: 'no title or heading names it' };
  const full = named.filter((one) => one.read.words >= least);
  if (full.length === 0) return { state: 'thin', why: `no page that names it has ${least} words` };
  if (full.every((one) => isOld(one.read.page))) return { state: 'old', why: 'not edited for a year' };
  return { state: 'found', why: '' };
}

/** The best pages of a search that are not among those read. */
async function searched(
  ctx: Context,
  scope: Scope,
  topic: string,
  reads: ReadonlyMap<string, Read>,
): Promise<Read[]> {
  const found = await searchRows(ctx, { cql: await withinScope(ctx, scope, topic), limit: mostPages });
  const fresh = found.rows.filter((row) => !reads.has(row.id));
  const pages = await Promise.all(
    fresh.map((row) => findDocument(ctx, 'page', row.id, { format: 'storage' })),
  );
  return pages.flatMap((page) => (page === null ? [] : (readOf(page) ?? [])));
}

/**
 * How a topic is covered by the pages of a scope: those that were read, and, where not all were, the best of a search.
 * @param o.all every page of the scope was read, so that a search can add none.
 * @throws UserError for a topic without a word in it.
 */
export async function coverTopic(
  ctx: Context,
  scope: Scope,
  topic: string,
  o: { reads: ReadonlyMap<string, Read>; all: boolean; minWords: number | undefined },
): Promise<TopicFound> {
  const wanted = meaningfulWords(topic)
    .map(plain)
    .filter((one) => one !== '');
  if (wanted.length === 0) {
    throw new UserError('invalid_input', `"${topic}" has no word to search for.`, {
      next: 'Name the topic in words.',
    });
  }
  const more = o.all ? [] : await searched(ctx, scope, topic, o.reads);
  const hits: Hit[] = [...o.reads.values(), ...more].flatMap((read) => {
    const place = placeOf(read, wanted);
    return place === null ? [] : [{ read, place }];
  });
  hits.sort((a, b) => rank[a.place] - rank[b.place] || b.read.words - a.read.words);
  return {
    topic,
    ...verdict(hits, o.minWords ?? thinWords),
    pages: hits.slice(0, mostPages).map(({ read: { page, words }, place }) => ({
      id: page.id,
      title: page.title,
      url: page.url,
      words,
      updated_at: page.versionAt,
      evidence: evidence[place],
    })),
  };
}
