import { type Line, linesOf, mentionToken, type TextTable, tablesOf } from '#lib/content';
import { type Due, dueIn } from './due.ts';
import {
  actionHeading,
  actionLine,
  columns,
  deadlineWords,
  decisionHeading,
  decisionLine,
  finished,
  untilAfter,
  untilBefore,
} from './words.ts';

export const howFound = ['task', 'decision_list', 'table', 'prose', 'heading'] as const;

/** What an item was found by. Tasks and decision lists are exact; the rest is guessed from words. */
export type How = (typeof howFound)[number];
export type Kind = 'action_items' | 'decisions' | 'deadlines';

/** One item of a page, before names are known: `@[account id]` stands for a person. */
export type Extracted = {
  kind: Kind;
  how: How;
  text: string;
  /** The account id of the owner where somebody is mentioned. */
  ownerId: string | null;
  /** The owner as written, where nobody is mentioned. */
  ownerWords: string | null;
  due: Due | null;
  done: boolean;
  block: string | null;
  heading: string | null;
};

const mentionIn = (text: string): string | null => [...text.matchAll(mentionToken)][0]?.[1] ?? null;

/** `Marcus to thank ...`, `Ingrid: write ...`, `Chloé asks ...`, `田中さん：...`: who a line begins with. */
function namedAtStart(text: string): string | null {
  const japanese = /^([\p{Script=Han}\p{Script=Katakana}\p{Script=Hiragana}ー]{1,8})(?:さん|様|氏)/u.exec(
    text,
  );
  if (japanese?.[1]) return japanese[1];
  const found = /^(\p{Lu}[\p{L}'’-]+(?:\s\p{Lu}[\p{L}'’-]+)?)(?=\s*:|\s+\p{Ll})/u.exec(text);
  return found?.[1] ?? null;
}

/** `(Marcus)` or `– Marcus` at the end of a line. */
function namedAtEnd(text: string): string | null {
  const found = /(?:\(|[-–—]\s)(?:owner:\s*)?(\p{Lu}[\p{L}'’-]+(?:\s\p{Lu}[\p{L}'’-]+)?)\)?\.?$/u.exec(text);
  return found?.[1] ?? null;
}

function itemOf(
  kind: Kind,
  how: How,
  text: string,
  line: Pick<Line, 'block' | 'headingPath'>,
  written: Date,
): Extracted {
  const ownerId = kind === 'decisions' ? null : mentionIn(text);
  const guess =
    ownerId === null && kind === 'action_items' && how !== 'task'
      ? (namedAtStart(text) ?? namedAtEnd(text))
      : null;
  return {
    kind,
    how,
    text,
    ownerId,
    ownerWords: guess,
    due: dueIn(text, written),
    done: false,
    block: line.block,
    heading: line.headingPath.at(-1) ?? null,
  };
}

const under = (line: Line, heading: RegExp): boolean => heading.test(line.headingPath.at(-1) ?? '');

function ofLine(line: Line, written: Date): Extracted | null {
  const { kind, text } = line;
  if (kind === 'task')
    return { ...itemOf('action_items', 'task', text, line, written), done: line.done === true };
  if (kind === 'decision') return itemOf('decisions', 'decision_list', text, line, written);
  if (kind === 'code' || kind === 'heading') return null;
  const action = actionLine.exec(text)?.groups?.text;
  if (action !== undefined) return itemOf('action_items', 'prose', action, line, written);
  const decision = decisionLine.exec(text)?.groups?.text;
  if (decision !== undefined) return itemOf('decisions', 'prose', decision, line, written);
  if (kind === 'item' && under(line, actionHeading))
    return itemOf('action_items', 'heading', text, line, written);
  if (kind !== 'cell' && under(line, decisionHeading))
    return itemOf('decisions', 'heading', text, line, written);
  return null;
}

/** A line that is no action but speaks of a day by which something must be done. */
function deadlineOf(line: Line, written: Date): Extracted | null {
  if (line.kind === 'code' || line.kind === 'heading') return null;
  const found = itemOf('deadlines', 'prose', line.text, line, written);
  if (!found.due?.date) return null;
  const [front = '', back = ''] = line.text.split(found.due.words, 2);
  return deadlineWords.test(line.text) || untilBefore.test(front) || untilAfter.test(back) ? found : null;
}

function ofTable(table: TextTable, written: Date): Extracted[] {
  const [head, ...rows] = table.rows;
  if (head === undefined) return [];
  const at = (pattern: RegExp) =>
    head.findIndex((cell) => pattern.test(cell.text.replace(/[*:：]/g, '').trim()));
  const [action, owner, due, state] = [
    at(columns.action),
    at(columns.owner),
    at(columns.due),
    at(columns.state),
  ];
  if (action < 0 || (owner < 0 && due < 0)) return [];
  return rows.flatMap((row) => {
    const text = row[action]?.text ?? '';
    if (text === '') return [];
    const who = owner < 0 ? '' : (row[owner]?.text ?? '');
    const when = due < 0 ? '' : (row[due]?.text ?? '');
    const item = itemOf('action_items', 'table', text, table, written);
    return {
      ...item,
      ownerId: mentionIn(who) ?? item.ownerId,
      ownerWords: mentionIn(who) === null && who !== '' ? who : item.ownerWords,
      due: dueIn(when, written) ?? (when === '' ? item.due : { date: null, words: when, relative: true }),
      done: state >= 0 && finished.test(row[state]?.text ?? ''),
    };
  });
}

/**
 * Action items, decisions and deadlines of a body, in order.
 * @param written the day of the notes, from which "by Friday" is reckoned.
 * @throws ContentError on malformed storage
 */
export function extract(storage: string, kinds: ReadonlySet<Kind>, written: Date): Extracted[] {
  const tables = tablesOf(storage).map((table) => ofTable(table, written));
  const inTables = new Set(tables.flat().map((one) => one.block));
  const found: Extracted[] = [];
  for (const line of linesOf(storage)) {
    // A cell of a table that was read as actions is not read again as prose.
    if (line.kind === 'cell' && inTables.has(line.block)) continue;
    const item = ofLine(line, written);
    if (item !== null) found.push(item);
    else if (kinds.has('deadlines')) found.push(...[deadlineOf(line, written)].filter((one) => one !== null));
  }
  return [...found, ...tables.flat()].filter(
    (one) => kinds.has(one.kind) || (kinds.has('deadlines') && one.due?.date),
  );
}
