import { z } from 'zod';
import file from './data/not-possible.json' with { type: 'json' };
import { stems, withoutNames } from './rank/index.ts';

const entry = z.object({
  ask: z.string(),
  keywords: z.string(),
  reason: z.string(),
  instead: z.string(),
  operations: z.array(z.string()),
});

/** Something people ask for that Atlassian's API does not offer, why, and what to do instead. */
export type NotPossible = z.output<typeof entry>;

const entries = z.array(entry).parse(file);

/** Words that occur in many questions and decide nothing alone. */
const weak = new Set(
  stems(
    'undelete trash trashed deleted archived page pages space search find list restore create export content read user group comment site version get write delete name names all who',
  ),
);

const indexed = entries.map((one) => ({
  one,
  words: new Set(stems(`${one.ask} ${one.keywords}`)),
  key: new Set(stems(one.keywords)),
}));

/**
 * What a question asks for that cannot be done, or null. Two of its telling words must fit, or the only one it has.
 */
export function notPossibleFor(query: string): NotPossible | null {
  const asked = [...new Set(stems(withoutNames(query)))];
  const telling = asked.filter((word) => !weak.has(word));
  const scored = indexed
    .map(({ one, words, key }) => ({
      one,
      hits: telling.filter((word) => words.has(word)).length,
      keys: telling.filter((word) => key.has(word)).length,
      all: asked.filter((word) => words.has(word)).length,
    }))
    .filter(
      ({ hits, keys, all }) =>
        keys > 0 &&
        // Most of what the question is about, not a word or two of a longer story.
        hits * 2 > telling.length &&
        (hits >= 2 || (hits === 1 && telling.length <= 2 && all >= Math.min(2, asked.length))),
    )
    .sort((a, b) => b.hits - a.hits || b.all - a.all);
  return scored[0]?.one ?? null;
}
