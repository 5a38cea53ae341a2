import type { BodyDiff } from '#lib/wire';
import { align } from '../align.ts';
import { ContentError } from '../content-error.ts';
import { diffStorage } from '../diff/body-diff.ts';
import { parseStorage } from '../parse/parse.ts';
import { keysOf, type Unit, type Units, unitsOf } from '../units.ts';
import { savedForm } from './saved-form.ts';
import { alteredDetail, namedUnit, pairVersions } from './verify-details.ts';
import { inWords, type VerifyCounts, type VerifyResult } from './verify-words.ts';

export type { VerifyResult } from './verify-words.ts';

const MAX_DETAILS = 20;
const counted = (unit: Unit): boolean => unit.part !== 'close';

const formOf = (storage: string): string => {
  const doc = parseStorage(storage);
  return savedForm(doc, doc.children);
};

/**
 * True when two bodies hold the same, whatever Confluence rewrites on save.
 * @throws ContentError when one of them is malformed
 */
export function sameStorage(approved: string, saved: string): boolean {
  return approved === saved || formOf(approved) === formOf(saved);
}

/**
 * True when the blocks of `piece` stand in `storage` already, one right after the other, with nothing between them.
 * @throws ContentError when one of them is malformed
 */
export function holdsStorage(storage: string, piece: string): boolean {
  const [all, some] = [keysOf(unitsOf(storage, 'saved').units), keysOf(unitsOf(piece, 'saved').units)];
  if (some.length === 0) return false;
  const text = (keys: string[]): string => `\n${keys.map((key) => JSON.stringify(key)).join('\n')}\n`;
  return text(all).includes(text(some));
}

/** What became of each approved unit against the body before: by its index. */
function fates(old: Unit[], wanted: Unit[]): Map<number, 'changed' | 'added'> {
  const found = new Map<number, 'changed' | 'added'>();
  let [i, j] = [0, 0];
  for (const [x, y] of [...align(keysOf(old), keysOf(wanted)), [old.length, wanted.length] as const]) {
    const gone = old.slice(i, x).filter(counted);
    const come = wanted.slice(j, y).map((unit, at) => ({ unit, index: j + at }));
    const changed = new Set(
      pairVersions(
        gone,
        come.map(({ unit }) => unit),
      ).map(([, to]) => to),
    );
    for (const { unit, index } of come)
      if (counted(unit)) found.set(index, changed.has(unit) ? 'changed' : 'added');
    [i, j] = [x + 1, y + 1];
  }
  return found;
}

type Differences = { lost: Unit[]; altered: [Unit, Unit][]; unexpected: Unit[] };

/** The differences of two lists of units, and the approved body in the very bytes that were saved where they agree. */
function compare(wanted: Units, now: Units): Differences & { inSavedBytes: string } {
  const found: Differences = { lost: [], altered: [], unexpected: [] };
  const parts: string[] = [];
  let [i, j] = [0, 0];
  const pairs = align(keysOf(wanted.units), keysOf(now.units));
  for (const [x, y] of [...pairs, [wanted.units.length, now.units.length] as const]) {
    const [missing, extra] = [wanted.units.slice(i, x), now.units.slice(j, y)];
    const versions = pairVersions(missing.filter(counted), extra.filter(counted));
    const [from, to] = [new Set(versions.map(([unit]) => unit)), new Set(versions.map(([, unit]) => unit))];
    for (const piece of versions) found.altered.push(piece);
    for (const piece of missing.filter((unit) => counted(unit) && !from.has(unit))) found.lost.push(piece);
    for (const piece of extra.filter((unit) => counted(unit) && !to.has(unit))) found.unexpected.push(piece);
    for (const unit of missing) parts.push(unit.gap, unit.bytes);
    const there = now.units[y];
    if (there && x < wanted.units.length) parts.push(there.gap, there.bytes);
    [i, j] = [x + 1, y + 1];
  }
  return { ...found, inSavedBytes: parts.join('') + now.tail };
}

function diffOf(approved: string, inSavedBytes: string, saved: string): BodyDiff {
  try {
    return diffStorage(inSavedBytes, saved);
  } catch (error) {
    // Containers that lost their end cannot be put together from two bodies.
    if (error instanceof ContentError) return diffStorage(approved, saved);
    throw error;
  }
}

function detailsOf({ lost, altered, unexpected }: Differences): string[] {
  const elsewhere = new Map<string, Unit[]>();
  for (const unit of unexpected) elsewhere.set(unit.key, [...(elsewhere.get(unit.key) ?? []), unit]);
  const details: string[] = [];
  const moved = new Set<Unit>();
  for (const unit of lost) {
    const there = elsewhere.get(unit.key)?.shift();
    if (there) moved.add(there);
    details.push(
      there
        ? `Not where it was approved: ${namedUnit(unit)}; it is at ${namedUnit(there)}.`
        : `Not on the saved page as approved: ${namedUnit(unit)}`,
    );
  }
  for (const [approved, there] of altered) details.push(alteredDetail(approved, there));
  for (const unit of unexpected)
    if (!moved.has(unit)) details.push(`On the saved page but not approved: ${namedUnit(unit)}`);
  if (details.length === 0)
    details.push('The order of the blocks, or what lies in which panel, is not as approved.');
  return details.length > MAX_DETAILS
    ? [...details.slice(0, MAX_DETAILS), `and ${details.length - MAX_DETAILS} more`]
    : details;
}

/** The numbers that the card showed before Apply. */
function countsOf(before: string, approved: string): VerifyCounts {
  const none: VerifyCounts = {
    kept: 0,
    changed: 0,
    added: 0,
    moved: 0,
    removed: 0,
    lost: 0,
    altered: 0,
    unexpected: 0,
  };
  if (before === approved) return { ...none, kept: unitsOf(approved).units.filter(counted).length };
  const { kept, changed, added, moved, removed } = diffStorage(before, approved).counts;
  return { ...none, kept, changed, added, moved: moved ?? 0, removed };
}

/**
 * Compares what was saved with what was approved, after evening out exactly what Confluence rewrites on save
 * (`savedForm`). `before` tells which blocks the change was about; '' for something new.
 *
 * @throws ContentError when one of the three is malformed
 */
export function verifyStorage(before: string, approved: string, saved: string): VerifyResult {
  const counts = countsOf(before, approved);
  if (sameStorage(approved, saved))
    return { ok: true, ...counts, summary: inWords(counts), details: [], diff: null };
  const [wanted, now] = [unitsOf(approved, 'saved'), unitsOf(saved, 'saved')];
  const { inSavedBytes, ...differences } = compare(wanted, now);
  const { lost, altered, unexpected } = differences;
  const fate = fates(unitsOf(before, 'saved').units, wanted.units);
  const indexOf = new Map(wanted.units.map((unit, index) => [unit, index]));
  const take = (...names: ('kept' | 'changed' | 'added' | 'moved')[]): void => {
    const name = names.find((one) => counts[one] > 0);
    if (name) counts[name] -= 1;
  };
  for (const unit of [...lost, ...altered.map(([one]) => one)]) {
    const what = fate.get(indexOf.get(unit) ?? -1);
    if (what === 'changed') take('changed', 'moved', 'added');
    else if (what === 'added') take('added', 'moved', 'changed');
    else take('kept', 'moved');
  }
  Object.assign(counts, { lost: lost.length, altered: altered.length, unexpected: unexpected.length });
  return {
    ok: false,
    ...counts,
    summary: inWords(counts),
    details: detailsOf(differences),
    diff: diffOf(approved, inSavedBytes, saved),
  };
}
