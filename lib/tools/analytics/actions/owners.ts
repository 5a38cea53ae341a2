import { plain } from '../../near.ts';

/** People who can be meant by a name in prose: those mentioned on the pages read, their authors and owners. */
export type Known = { accountId: string; name: string };

/**
 * Whose name it is, when exactly one known person is called so: by full name, else by first name.
 * @returns null where nobody or several fit.
 */
export function ownerNamed(words: string, people: readonly Known[]): Known | null {
  const wanted = plain(words);
  if (wanted === '') return null;
  const full = people.filter((one) => plain(one.name) === wanted);
  if (full.length > 0) return full.length === 1 ? (full[0] ?? null) : null;
  const first = people.filter((one) => plain(one.name).split(' ')[0] === wanted);
  return first.length === 1 ? (first[0] ?? null) : null;
}

/** Words that stand at the start of an action with a capital letter and are nobody's name. */
const verbs =
  /^(?:please|all|everybody|everyone|nobody|we|the|a|an|add|ask|book|buy|call|change|check|clarify|clean|close|collect|compare|complete|confirm|contact|create|decide|define|delete|deploy|discuss|document|draft|finish|fix|follow|get|give|improve|inform|investigate|invite|look|make|measure|meet|merge|migrate|move|order|organi[sz]e|plan|prepare|publish|read|rename|replace|report|request|review|run|schedule|send|set|share|show|start|stop|talk|tell|test|update|upload|verify|write|alle|wir|bitte|die|der|das|todos|el|la|los|las|enviar|revisar|preparar)$/i;

/** A guessed name, or null when it is plainly a verb or an article. */
export function plausibleName(words: string | null): string | null {
  return words === null || verbs.test(words.split(/\s/)[0] ?? '') ? null : words;
}
