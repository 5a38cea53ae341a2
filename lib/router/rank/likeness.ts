import type { Features } from './features.ts';

/** A text that stands for one operation. */
export type Example = { name: string; features: Features };

/** Scores by name between 0 and 1. */
export type Scorer = (asked: Features) => Map<string, number>;

const nearest = 5;

function scaled(scores: Map<string, number>): Map<string, number> {
  const most = Math.max(...scores.values(), 0.000001);
  return new Map([...scores].map(([name, score]) => [name, score / most]));
}

/**
 * How much a question looks like the examples of each name: cosine of TF-IDF vectors, the best few examples counting less
 * and less. What fewer names have in their examples weighs more.
 */
export function createLikeness(examples: readonly Example[]): Scorer {
  const holders = new Map<string, Set<string>>();
  for (const { name, features } of examples)
    for (const key of features.keys()) holders.set(key, (holders.get(key) ?? new Set()).add(name));
  const names = new Set(examples.map(({ name }) => name)).size;
  const rarity = (key: string) => Math.log(1 + names / (holders.get(key)?.size ?? 0.5));

  function vector(features: Features): [string, number][] {
    const raw = [...features].map(([key, count]): [string, number] => [key, Math.sqrt(count) * rarity(key)]);
    const length = Math.hypot(...raw.map(([, value]) => value)) || 1;
    return raw.map(([key, value]) => [key, value / length]);
  }

  const postings = new Map<string, [example: number, value: number][]>();
  examples.forEach(({ features }, at) => {
    for (const [key, value] of vector(features)) {
      const list = postings.get(key);
      if (list === undefined) postings.set(key, [[at, value]]);
      else list.push([at, value]);
    }
  });

  return (asked) => {
    const products = new Float64Array(examples.length);
    for (const [key, value] of vector(asked))
      for (const [at, other] of postings.get(key) ?? []) products[at] = (products[at] ?? 0) + value * other;
    const byName = new Map<string, number[]>();
    products.forEach((score, at) => {
      if (score <= 0) return;
      const { name } = examples[at] as Example;
      const list = byName.get(name);
      if (list === undefined) byName.set(name, [score]);
      else list.push(score);
    });
    const total = [...byName].map(([name, scores]): [string, number] => [
      name,
      scores
        .sort((a, b) => b - a)
        .slice(0, nearest)
        .reduce((sum, score, at) => sum + score * 0.5 ** at, 0),
    ]);
    return scaled(new Map(total));
  };
}

const smoothing = { prior: 60, each: 0.1, all: 1000 };
const sharpness = 8;

/**
 * How likely each name is given the words: naive Bayes with Dirichlet smoothing, a feature counted once per example.
 * It weighs all the words of a question together where likeness looks at single examples.
 */
export function createLikelihood(examples: readonly Example[]): Scorer {
  const counts = new Map<string, { of: Map<string, number>; sum: number }>();
  const overall = new Map<string, number>();
  let everything = 0;
  for (const { name, features } of examples) {
    const own = counts.get(name) ?? { of: new Map<string, number>(), sum: 0 };
    for (const [key, count] of features) {
      const once = Math.min(1, count);
      own.of.set(key, (own.of.get(key) ?? 0) + once);
      own.sum += once;
      overall.set(key, (overall.get(key) ?? 0) + once);
      everything += once;
    }
    counts.set(name, own);
  }
  return (asked) => {
    const logs = [...counts].map(([name, own]): [string, number] => {
      let sum = 0;
      for (const [key, count] of asked) {
        const usual = ((overall.get(key) ?? 0) + smoothing.each) / (everything + smoothing.all);
        const here = ((own.of.get(key) ?? 0) + smoothing.prior * usual) / (own.sum + smoothing.prior);
        sum += Math.min(1, count) * Math.log(here / usual);
      }
      return [name, sum];
    });
    const best = Math.max(...logs.map(([, log]) => log));
    return new Map(logs.map(([name, log]) => [name, Math.exp((log - best) / sharpness)]));
  };
}
