import { type BodyDiff, type DiffCounts, type DiffEntry, kindWord } from '#lib/wire';
import { parseStorage } from '../parse/parse.ts';
import { type Unit, unitsOf } from '../units.ts';
import { commentEffects, macroCounts } from './comments.ts';
import { drawUnit } from './drawing.ts';
import {
  changeEntry,
  closings,
  common,
  counted,
  moveEntry,
  placeOf,
  type Sides,
  wholeEntry,
} from './entries.ts';
import { richText } from './nodes.ts';
import { removedBefore } from './similar.ts';
import { type Fate, pairUnits } from './unit-pairs.ts';

type Draft = { entries: DiffEntry[]; kept: Unit[]; counts: DiffCounts & { moved: number } };

/** The block beside a change in a few words; parameters alone would not tell which macro it is. */
const aroundText = ({ block }: Unit): string =>
  block.macro !== undefined && block.chars === 0
    ? `${kindWord(block.macro)}: ${block.preview}`
    : block.preview;

function flushKept(draft: Draft): void {
  const units = draft.kept.filter((unit) => unit.part !== 'close');
  draft.kept = [];
  if (units.length === 0) return;
  draft.counts.kept += units.length;
  // Layouts go without saying.
  if (units.every(({ block }) => /^(layout|section|cell)$/.test(block.kind))) return;
  const headings = new Set<string>();
  for (const unit of units) {
    const heading = unit.block.kind === 'heading' ? unit.block.preview : unit.block.headingPath.at(-1);
    if (heading !== undefined && heading !== '' && headings.size < 20) headings.add(heading);
  }
  const seen = units.filter(({ part, block }) => part === 'leaf' && block.preview !== '');
  const [first, last] = [seen[0], seen.at(-1)].map((unit) => unit && aroundText(unit));
  draft.entries.push({
    op: 'keep',
    count: units.length,
    headings: [...headings],
    ...(first === undefined || last === undefined ? {} : { first, last }),
  });
}

function put(draft: Draft, entry: DiffEntry): void {
  flushKept(draft);
  draft.entries.push(entry);
}

/** Old units of a stretch that are nowhere now, or elsewhere. */
function goneEntries(sides: Sides, from: number, to: number, draft: Draft): void {
  const { a, b, pairs, closeA } = sides;
  for (let at = from; at < to; at += 1) {
    const unit = a[at] as Unit;
    const trace = pairs.old[at];
    if (!trace || unit.part === 'close' || (trace.to !== null && !trace.moved)) continue;
    if (trace.to !== null) {
      let end = at + 1;
      while (end < to && pairs.old[end]?.moved && pairs.old[end]?.to === (pairs.old[end - 1]?.to ?? -2) + 1)
        end += 1;
      const count = counted(a.slice(at, end));
      put(draft, {
        op: 'left',
        ...common(unit),
        ...(count > 1 ? { count } : {}),
        rendered: unit.block.preview === '' ? [] : [unit.block.preview],
        to: placeOf(b, trace.to),
      });
      at = end - 1;
      continue;
    }
    const close = closeA[at] ?? -1;
    const isWhole =
      close > at && close < to && pairs.old.slice(at, close + 1).every(({ to: where }) => where === null);
    const end = isWhole ? close + 1 : at + 1;
    put(draft, wholeEntry('remove', a, at, end, closeA));
    draft.counts.removed += counted(a.slice(at, end));
    at = end - 1;
  }
}

/** How far a run of new units from `at` goes that came or moved together. */
function runEnd(sides: Sides, at: number, to: number): number {
  const { pairs, closeB, b } = sides;
  const fate = pairs.now[at] as Fate;
  if (fate.op === 'move' && !fate.changed) {
    let end = at + 1;
    for (; end < to; end += 1) {
      const next = pairs.now[end] as Fate;
      if (next.op !== 'move' || next.changed || next.from !== fate.from + end - at) break;
    }
    return end;
  }
  const close = closeB[at] ?? -1;
  const whole = fate.op === 'add' && b[at]?.part === 'open' && close > at && close < to;
  return whole && pairs.now.slice(at, close + 1).every(({ op }) => op === 'add') ? close + 1 : at + 1;
}

function gapEntries(sides: Sides, gap: [number, number, number, number], draft: Draft): void {
  const [fromOld, toOld, fromNow, toNow] = gap;
  const { b, pairs, closeB } = sides;
  let done = fromOld;
  const goneUntil = (until: number): void => {
    goneEntries(sides, done, until, draft);
    done = Math.max(done, until);
  };
  const fates = pairs.now.slice(fromNow, toNow).map((fate, k) => ({ fate, at: fromNow + k }));
  const startOf = ({ fate, at }: { fate: Fate; at: number }): number | undefined =>
    fate.op === 'change' ? Math.min(fate.from, ...(pairs.merges.get(at) ?? [])) : undefined;
  const before = removedBefore(fates, startOf, toOld);
  for (let at = fromNow; at < toNow; ) {
    const fate = pairs.now[at] as Fate;
    goneUntil(before[at - fromNow] ?? done);
    const end = runEnd(sides, at, toNow);
    const units = b.slice(at, end);
    if (fate.op === 'change') {
      put(draft, changeEntry(sides, fate.from, at));
      draft.counts.changed += 1;
    } else if (fate.op === 'move' && counted(units) > 0) {
      put(draft, moveEntry(sides, fate.from, at, end - at, fate.changed));
      draft.counts.moved += counted(units);
    } else if (fate.op === 'add' && counted(units) > 0) {
      put(draft, wholeEntry('add', b, at, end, closeB));
      draft.counts.added += counted(units);
    }
    at = end;
  }
  goneUntil(toOld);
}

/**
 * What changed between two bodies, block by block in page order: unchanged runs as counts with the headings they
 * lie under, changed blocks with words, cells, items and values marked, blocks that moved with both places, and
 * the storage itself line by line. Ids that Confluence adds on save are no change. Every other difference shows
 * as a mark or as a named value, at least as "stored form changed".
 *
 * @throws ContentError when one of them is malformed
 */
export function diffStorage(before: string, after: string): BodyDiff {
  const [a, b] = [unitsOf(before).units, unitsOf(after).units];
  const [oldDoc, nowDoc] = [parseStorage(before), parseStorage(after)];
  const macros = macroCounts(oldDoc, nowDoc);
  const comments = commentEffects(oldDoc, nowDoc);
  const draft: Draft = {
    entries: [],
    kept: [],
    counts: {
      kept: 0,
      changed: 0,
      added: 0,
      removed: 0,
      moved: 0,
      macrosKept: macros.kept,
      macrosLost: macros.lost,
      commentMarkersLost: comments.lost,
      commentsAffected: comments.affected,
      commentsKept: comments.kept,
    },
  };
  const pairs = pairUnits(a, b, (unit) => drawUnit(unit).map(richText).join(' '));
  const sides: Sides = { a, b, pairs, closeA: closings(a), closeB: closings(b) };
  let [at] = [0];
  const keepUntil = (until: number): void => {
    for (const unit of b.slice(at, until)) draft.kept.push(unit);
  };
  for (const gap of pairs.gaps) {
    keepUntil(gap[2]);
    gapEntries(sides, gap, draft);
    at = gap[3];
  }
  keepUntil(b.length);
  flushKept(draft);
  return {
    entries: draft.entries,
    counts: draft.counts,
    ...(comments.effects.length > 0 ? { comments: comments.effects } : {}),
  };
}
