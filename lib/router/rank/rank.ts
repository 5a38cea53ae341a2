import MiniSearch from 'minisearch';
import { actionOf, actionsIn } from './actions.ts';
import { meanings, stems } from './words.ts';

/** What is known of an operation for finding it. */
export type Findable = {
  name: string;
  title: string;
  summary: string;
  aliases: readonly string[];
  keywords: string;
  examples: readonly string[];
  /** How people say it, in several languages. */
  phrases: readonly string[];
  tags: readonly string[];
  tier: string;
  /** Above 1 for what is asked for most: decides where words alone do not. */
  lift?: number;
};

type Entry = Record<(typeof fields)[number], string> & { id: string };
const fields = ['name', 'title', 'summary', 'aliases', 'keywords', 'examples', 'tag'] as const;
const boost = { name: 4, title: 4, aliases: 2, keywords: 1.5, examples: 2, summary: 1.5, tag: 1.5 };
const weights = { own: 1, meant: 0.5, phrase: 1.6, phraseMeant: 0.6 };

const searching = {
  combineWith: 'OR' as const,
  tokenize: (text: string) => text.split(' '),
  prefix: (term: string) => term.length > 3,
  fuzzy: (term: string) => (term.length > 4 ? 0.25 : false),
  weights: { fuzzy: 0.45, prefix: 0.5 },
};

export type Ranker = (query: string) => Map<string, number>;

/**
 * Ranks operations for a question in plain words. Two indexes: the words of each operation, and each way people
 * say it as a text of its own, of which the best counts. A verb that asks for something else (reading, when it is about
 * deleting) weighs against. Knows nothing of Confluence: all words come from the operations and the data beside.
 */
export function createRanker(operations: readonly Findable[]): Ranker {
  const index = new MiniSearch<Entry>({
    fields: [...fields],
    tokenize: stems,
    processTerm: (term) => term,
    searchOptions: { ...searching, boost },
  });
  const said = new MiniSearch<{ id: number; text: string }>({
    fields: ['text'],
    tokenize: stems,
    processTerm: (term) => term,
    searchOptions: { ...searching, bm25: { k: 1.2, b: 0.75, d: 0.3 } },
  });
  const owner: string[] = [];
  const known = new Map(operations.map((one) => [one.name, one]));
  for (const one of operations) {
    index.add({
      id: one.name,
      name: one.name,
      title: one.title,
      summary: one.summary,
      aliases: one.aliases.join(' '),
      keywords: one.keywords,
      examples: one.examples.join(' '),
      tag: one.tags.join(' '),
    });
    for (const text of new Set([...one.phrases, ...one.examples, one.title])) {
      said.add({ id: owner.length, text });
      owner.push(one.name);
    }
  }

  /** Scores between 0 and 1 by the words of the operations. */
  function byWords(words: readonly string[]): Map<string, number> {
    return scaled(index.search(words.join(' ')).map(({ id, score }) => [id as string, score]));
  }

  /** Scores between 0 and 1 by the best of each operation's phrases; a second good one counts a little. */
  function byPhrases(words: readonly string[]): Map<string, number> {
    const found = new Map<string, number>();
    for (const { id, score } of said.search(words.join(' '))) {
      const name = owner[id as number] as string;
      const before = found.get(name);
      found.set(name, before === undefined ? score : before + score * 0.06);
    }
    return scaled([...found]);
  }

  return (query) => {
    const own = [...new Set(stems(query))];
    const meant = meanings(own);
    const total = new Map<string, number>();
    const add = (scores: Map<string, number>, weight: number) => {
      for (const [name, score] of scores) total.set(name, (total.get(name) ?? 0) + score * weight);
    };
    add(byWords(own), weights.own);
    add(byPhrases(own), weights.phrase);
    if (meant.length > 0) {
      add(byWords(meant), weights.meant);
      add(byPhrases([...own, ...meant]), weights.phraseMeant);
    }
    const spoken = actionsIn(own);
    const actions = spoken.size > 0 ? spoken : actionsIn(meant);
    for (const [name, score] of total) {
      const one = known.get(name) as Findable;
      total.set(name, score * verbFactor(one, actions) * (one.lift ?? 1));
    }
    return total;
  };
}

function scaled(scores: readonly (readonly [string, number])[]): Map<string, number> {
  const most = Math.max(...scores.map(([, score]) => score), 0.000001);
  return new Map(scores.map(([name, score]) => [name, score / most]));
}

function verbFactor({ name, tier }: Findable, actions: ReturnType<typeof actionsIn>): number {
  const action = actionOf(name);
  // A question without a verb (`labels of a page`) wants to know something.
  if (actions.size === 0) return action === 'read' ? 1 : action === 'remove' ? 0.55 : 0.75;
  if (actions.has(action)) return action === 'read' && actions.size > 1 ? 1 : 1.2;
  if (action === 'remove' || tier === 'destructive') return 0.7;
  return 0.85;
}
