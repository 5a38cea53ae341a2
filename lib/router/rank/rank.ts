import { type Action, actionOf, actionsIn } from './actions.ts';
import { featuresOf } from './features.ts';
import { createLikelihood, createLikeness, type Example } from './likeness.ts';
import { wantsToKnow, withoutNames } from './question.ts';
import { createSpelling } from './spelling.ts';
import { foreignWords, plainWord, stemsOf, wordsIn } from './words.ts';

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
  /** Above 1 for what is asked for most: decides where words alone do not. */
  lift?: number;
};

/** Scores by name, highest is best; names that have nothing in common with the question are left out. */
export type Ranker = (query: string) => Map<string, number>;

const weight = { likeness: 0.4, likelihood: 0.6 };

/** How much an operation that does something else than the verbs of a question say is set back. */
const setBack = { agrees: 1.1, question: 0.7, removes: 0.75, other: 0.88, noVerb: 0.85 };

const textsOf = (one: Findable): string[] =>
  [
    ...new Set([
      one.title,
      one.name.replaceAll('_', ' '),
      one.summary,
      one.keywords,
      ...one.aliases,
      ...one.examples,
      ...one.phrases,
    ]),
  ].filter((text) => text !== '');

function factor(name: string, actions: ReadonlySet<Action>, question: boolean): number {
  const action = actionOf(name);
  if (actions.size === 0) return action === 'read' ? 1 : setBack.noVerb;
  if (actions.has(action)) return action === 'read' && actions.size > 1 ? 1 : setBack.agrees;
  if (question) return setBack.question;
  return action === 'remove' ? setBack.removes : setBack.other;
}

/**
 * Ranks operations for a question in plain words by what is known of each: its name, summary, aliases, and how people
 * say it. It knows no operation by itself, so that those of another toolkit are found the same way.
 */
export function createRanker(operations: readonly Findable[]): Ranker {
  const lifts = new Map(operations.map(({ name, lift }) => [name, lift ?? 1]));
  const known = new Map<string, number>(foreignWords.map((word) => [word, 1]));
  const examples: Example[] = [];
  for (const one of operations) {
    for (const text of textsOf(one)) {
      const words = wordsIn(withoutNames(text));
      for (const word of words.map(plainWord)) known.set(word, (known.get(word) ?? 0) + 1);
      examples.push({ name: one.name, features: featuresOf(stemsOf(words)) });
    }
  }
  const spelling = createSpelling(known);
  const likeness = createLikeness(examples);
  const likelihood = createLikelihood(examples);

  return (query) => {
    const words = stemsOf(wordsIn(withoutNames(query)).map(spelling));
    const features = featuresOf(words);
    const alike = likeness(features);
    const likely = likelihood(features);
    const question = wantsToKnow(query);
    const actions: ReadonlySet<Action> = question ? new Set(['read']) : actionsIn(words);
    return new Map(
      [...alike].map(([name, score]) => [
        name,
        (weight.likeness * score + weight.likelihood * (likely.get(name) ?? 0)) *
          factor(name, actions, question) *
          (lifts.get(name) ?? 1),
      ]),
    );
  };
}
