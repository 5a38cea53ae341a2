import { z } from 'zod';
import { ContentError, textOf } from '#lib/content';
import { defineRead } from '../define.ts';
import { type Document, findDocument, itemWith } from '../documents.ts';
import { itemShape } from '../inputs.ts';
import type { Context } from '../operation.ts';
import { namesOf } from '../people.ts';
import { counted, day, link, oneLine, sourceOf } from '../render.ts';
import { spacesById } from '../resolve/space.ts';
import {
  completenessShape,
  completenessText,
  scanPages,
  scopeInputs,
  scopeOf,
  stoppedBy,
} from '../scan/index.ts';
import { differencesOf } from './similar/differences.ts';
import { type Compared, groupsOf, type Pair, similarPairs } from './similar/pairs.ts';
import { shinglesOf, wordsOf } from './similar/shingles.ts';

/** Pages with fewer words say too little to be compared. */
const fewestWords = 12;
const most = { pairs: 200, groups: 40, withDifferences: 15, kept: 20_000_000 };

const percent = (part: number): string => `${Math.floor(part * 100)}%`;

function whyOf({ text, title }: Pair): string {
  const words = text === 1 ? 'the same words' : `${percent(text)} of the text in common`;
  const titles =
    title === 1 ? 'the same title' : title >= 0.5 ? `titles ${percent(title)} alike` : 'different titles';
  return `${words}, ${titles}`;
}

type Gathered = {
  pages: Map<string, Document>;
  compared: Compared[];
  bodies: Map<string, string>;
  short: number;
};

/** Bodies are kept while they fit; those that do not are read again if they turn out to matter. */
function gatherer(): Gathered & { add(page: Document): void } {
  let kept = 0;
  const all: Gathered = { pages: new Map(), compared: [], bodies: new Map(), short: 0 };
  return Object.assign(all, {
    add(page: Document): void {
      const body = page.body ?? '';
      let words: string[];
      try {
        words = wordsOf(textOf(body));
      } catch (error) {
        if (!(error instanceof ContentError)) throw error;
        words = [];
      }
      if (words.length < fewestWords) {
        all.short += 1;
        return;
      }
      all.pages.set(page.id, { ...page, body: null, raw: {} });
      all.compared.push({ id: page.id, title: page.title, words: words.length, shingles: shinglesOf(words) });
      if (kept + body.length > most.kept) return;
      kept += body.length;
      all.bodies.set(page.id, body);
    },
  });
}

async function differences(
  ctx: Context,
  pair: Pair,
  bodies: ReadonlyMap<string, string>,
): Promise<string[] | null> {
  ctx.signal.throwIfAborted();
  try {
    const [a, b] = await Promise.all(
      [pair.a.id, pair.b.id].map(
        async (id) =>
          bodies.get(id) ?? (await findDocument(ctx, 'page', id, { format: 'storage' }))?.body ?? null,
      ),
    );
    return typeof a === 'string' && typeof b === 'string' ? differencesOf(a, b) : null;
  } catch (error) {
    ctx.log.debug({ why: stoppedBy(error) }, 'what differs could not be read');
    return null;
  }
}

const pairShape = z.object({
  a: itemShape,
  b: itemShape,
  similarity: z.number(),
  text_similarity: z.number(),
  title_similarity: z.number(),
  why: z.string(),
  /** Lines of a beginning with -, of b with +, changed ones with ~; null where it was not worked out. */
  differences: z.array(z.string()).nullable(),
});

export const findDuplicatePages = defineRead({
  name: 'find_duplicate_pages',
  input: z.object({ threshold: z.number().min(0.1).max(1).default(0.8), ...scopeInputs }),
  output: z.object({
    pairs: z.array(pairShape),
    total: z.number(),
    too_short: z.number(),
    completeness: completenessShape,
  }),
  async run(ctx, o) {
    const scope = await scopeOf(ctx, o);
    const all = gatherer();
    const completeness = await scanPages(ctx, { scope, maxPages: o.max_pages, bodies: true }, all.add);
    ctx.progress(`comparing ${counted(all.compared.length, 'page')}`);
    const pairs = similarPairs(all.compared, o.threshold, () => ctx.signal.throwIfAborted());
    const shown = pairs.slice(0, most.pairs);
    const used = [...new Set(shown.flatMap(({ a, b }) => [a.id, b.id]))].map(
      (id) => all.pages.get(id) as Document,
    );
    const spaces = await spacesById(
      ctx,
      used.map((page) => page.spaceId),
    );
    const names = await namesOf(
      ctx,
      used.map((page) => page.versionBy),
    );
    const items = new Map(
      used.map((page) => [page.id, itemWith(page, spaces.get(page.spaceId) ?? null, names)]),
    );
    const itemOf = (page: Compared) => items.get(page.id) as z.output<typeof itemShape>;
    const groups = groupsOf(shown);
    const closest = groups.flatMap((group) => group.pairs[0] ?? []);
    const told = new Set([...closest, ...shown].slice(0, most.withDifferences));
    const rows = new Map<Pair, z.output<typeof pairShape>>();
    for (const pair of shown) {
      rows.set(pair, {
        a: itemOf(pair.a),
        b: itemOf(pair.b),
        similarity: pair.similarity,
        text_similarity: pair.text,
        title_similarity: pair.title,
        why: whyOf(pair),
        differences: told.has(pair) ? await differences(ctx, pair, all.bodies) : null,
      });
    }
    const place = (item: z.output<typeof itemShape>) =>
      `${link(item.title, item.url)} (${item.space?.key ?? 'space unknown'}, edited ${day(item.updated_at)}${item.updated_by ? ` by ${oneLine(item.updated_by)}` : ''})`;
    const linesOf = (row: z.output<typeof pairShape>) =>
      (row.differences ?? []).map((line) => `\n    ${oneLine(line)}`).join('');
    const lines = groups.slice(0, most.groups).map((group) => {
      const row = rows.get(group.pairs[0] as Pair) as z.output<typeof pairShape>;
      if (group.pages.length === 2)
        return `- ${percent(row.similarity)}: ${place(row.a)} and ${place(row.b)}: ${row.why}${linesOf(row)}`;
      const range = `${percent(group.pairs.at(-1)?.similarity ?? 0)} to ${percent(row.similarity)}`;
      const members = group.pages.map((page) => `\n  - ${place(itemOf(page))}`).join('');
      return `- ${group.pages.length} pages that are ${range} alike (${counted(group.pairs.length, 'pair')}):${members}\n  Closest: ${link(row.a.title, row.a.url)} and ${link(row.b.title, row.b.url)}, ${row.why}${linesOf(row)}`;
    });
    const limit = percent(o.threshold);
    const head =
      pairs.length === 0
        ? `No two pages ${scope.words} are ${limit} alike or more.`
        : `${counted(pairs.length, 'pair')} of pages ${scope.words} ${pairs.length === 1 ? 'is' : 'are'} ${limit} alike or more:`;
    return {
      text: [
        head,
        completenessText(completeness),
        ...lines,
        ...(pairs.length > shown.length || groups.length > most.groups
          ? ['… and more; raise the threshold or narrow the scope to see them.']
          : []),
        ...(all.short === 0
          ? []
          : [
              `${counted(all.short, 'page')} with fewer than ${fewestWords} words ${all.short === 1 ? 'was' : 'were'} not compared.`,
            ]),
        'Likeness is worked out here, from runs of two words and from titles; files and pictures are not compared.',
      ].join('\n'),
      data: { pairs: [...rows.values()], total: pairs.length, too_short: all.short, completeness },
      sources: used.slice(0, 30).map((page) => sourceOf(itemOf({ id: page.id } as Compared))),
      label: `${counted(pairs.length, 'pair')} of similar pages ${scope.words}`,
      untrusted: true,
    };
  },
});
