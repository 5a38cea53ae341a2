import type { BodyDiff, DiffEntry } from '#lib/wire';
import { ContentError } from '../content-error.ts';
import { diffStorage } from '../diff/body-diff.ts';
import { escapeXml } from '../parse/entities.ts';
import { checkStorage } from '../parse/parse.ts';
import { textOf } from '../read/text.ts';
import type { Conflict } from './ledger.ts';

/** Parts that stand only inside others, with what they stand in. */
const HOLDERS: [RegExp, string, string][] = [
  [/^<tr\b/, '<table><tbody>', '</tbody></table>'],
  [/^<t[dh]\b/, '<table><tbody><tr>', '</tr></tbody></table>'],
  [/^<li\b/, '<ul>', '</ul>'],
  [/^<ac:task\b/, '<ac:task-list>', '</ac:task-list>'],
];

const asText = (text: string): string => (text === '' ? '' : `<pre>${escapeXml(text)}</pre>`);

/** A disputed part as a body of its own, so that it can be drawn. */
function asBody(part: string, form: Conflict['form']): string {
  if (form === 'text') return asText(part);
  const holder = HOLDERS.find(([start]) => start.test(part));
  const whole = holder ? `${holder[1]}${part}${holder[2]}` : part;
  try {
    checkStorage(whole);
    return whole;
  } catch (error) {
    // The opening of a panel alone is no body.
    if (error instanceof ContentError) return asText(part);
    throw error;
  }
}

const MAX_SHOWN = 40;

function joined(diffs: { diff: BodyDiff; where: string }[]): BodyDiff {
  const entries: DiffEntry[] = [];
  const counts: BodyDiff['counts'] = { ...(diffs[0] as { diff: BodyDiff }).diff.counts };
  for (const [at, { diff, where }] of diffs.entries()) {
    const path = where.split(' > ');
    for (const entry of diff.entries) if (entry.op !== 'keep') entries.push({ ...entry, path });
    if (at > 0)
      for (const key of Object.keys(counts) as (keyof typeof counts)[]) {
        const [sum, more] = [counts[key], diff.counts[key]];
        if (typeof sum === 'number' && typeof more === 'number') Object.assign(counts, { [key]: sum + more });
      }
  }
  return { entries, counts };
}

/**
 * What each side made of the disputed parts, and of nothing else: at most the first 40 of them. The path of each
 * entry is the conflict's `where`.
 */
export function conflictSides(conflicts: Conflict[]): { yours: BodyDiff; theirs: BodyDiff } {
  const side = (name: 'ours' | 'theirs'): BodyDiff =>
    joined(
      conflicts.slice(0, MAX_SHOWN).map(({ base, [name]: now, where, form }) => ({
        diff: diffStorage(asBody(base, form), asBody(now, form)),
        where,
      })),
    );
  return { yours: side('ours'), theirs: side('theirs') };
}

const MAX_WORDS = 200;

/** A disputed part in plain words, one line, at most 200 characters. */
function said(part: string, form: Conflict['form']): string {
  const text = (form === 'text' ? part : textOf(asBody(part, form)) || part).replace(/\s+/g, ' ').trim();
  if (text === '') return 'nothing';
  return `"${text.length > MAX_WORDS ? `${text.slice(0, MAX_WORDS - 1).toWellFormed()}…` : text}"`;
}

/** A conflict in plain words: where it is, and what stands there in each version. */
export type ConflictWords = { where: string; before: string; yours: string; theirs: string };

/** The first conflicts in plain words, for messages. */
export function conflictWords(conflicts: Conflict[], most = 3): ConflictWords[] {
  return conflicts.slice(0, most).map(({ base, ours, theirs, where, form }) => ({
    where,
    before: said(base, form),
    yours: said(ours, form),
    theirs: said(theirs, form),
  }));
}
