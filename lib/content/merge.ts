import { align } from './align.ts';
import { ContentError } from './content-error.ts';
import { checkStorage } from './parse.ts';
import { keysOf, nameOf, type Unit, type Units, unitsOf } from './units.ts';

export type Conflict = {
  /** Storage of the disputed place in each version; '' where it is not there. */
  base: string;
  ours: string;
  theirs: string;
  /** Heading path and block. */
  where: string;
};

export type MergeResult = { ok: true; storage: string } | { ok: false; conflicts: Conflict[] };

/** Units `from..to` of the base became `lines` on one side. */
type Hunk = { from: number; to: number; units: Unit[] };

/** `match[i]`: the unit that base unit i became unchanged, or null. */
type Side = { hunks: Hunk[]; match: (Unit | null)[] };

function sideOf(base: Unit[], other: Unit[]): Side {
  const match: (Unit | null)[] = Array<Unit | null>(base.length).fill(null);
  const hunks: Hunk[] = [];
  let [i, j] = [0, 0];
  const flush = (to: number, until: number): void => {
    const units = other.slice(j, until);
    if (to - i === units.length)
      for (const [k, unit] of units.entries()) hunks.push({ from: i + k, to: i + k + 1, units: [unit] });
    else hunks.push({ from: i, to, units });
  };
  for (const [x, y] of [...align(keysOf(base), keysOf(other)), [base.length, other.length] as const]) {
    if (x > i || y > j) flush(x, y);
    if (x < base.length) match[x] = other[y] ?? null;
    [i, j] = [x + 1, y + 1];
  }
  return { hunks, match };
}

const bytes = (units: Unit[]): string => units.map((unit) => unit.gap + unit.bytes).join('');
const same = (a: Hunk, b: Hunk): boolean =>
  a.from === b.from &&
  a.to === b.to &&
  a.units.length === b.units.length &&
  a.units.every((unit, i) => unit.key === b.units[i]?.key);

/** True where two changes concern the same place. Neighbours do not, unless it would be open what comes first. */
function clash(a: Hunk, b: Hunk): boolean {
  if (Math.max(a.from, b.from) < Math.min(a.to, b.to)) return true;
  const [insertion, other] = a.from === a.to ? [a, b] : [b, a];
  if (insertion.from !== insertion.to) return false;
  if (other.from === other.to) return insertion.from === other.from;
  if (insertion.from > other.from && insertion.from < other.to) return true;
  const touches = insertion.from === other.from || insertion.from === other.to;
  return touches && other.units.length > other.to - other.from;
}

function conflictOf(base: Unit[], ours: Hunk, theirs: Hunk): Conflict {
  const [from, to] = [Math.min(ours.from, theirs.from), Math.max(ours.to, theirs.to)];
  const unit = base[from] ?? base[from - 1];
  const path = unit ? [...unit.block.headingPath, nameOf(unit)].join(' > ') : 'the empty page';
  return {
    base: bytes(base.slice(from, to)).trim(),
    ours: bytes(ours.units).trim(),
    theirs: bytes(theirs.units).trim(),
    where: from < to ? path : `after ${path}`,
  };
}

/** Where both sides kept a unit, the side that rewrote its bytes (ids Confluence added) gives them; theirs first. */
function choose(base: string, ours: string, theirs: string): string {
  return theirs === base ? ours : theirs;
}

function assemble(base: Units, ours: Side, theirs: Side, hunks: Hunk[], tail: string): string {
  const parts: string[] = [];
  let at = 0;
  const keep = (until: number): void => {
    for (; at < until; at += 1) {
      const [unit, mine, other] = [base.units[at], ours.match[at], theirs.match[at]];
      if (!unit || !mine || !other) continue;
      parts.push(choose(unit.gap, mine.gap, other.gap), choose(unit.bytes, mine.bytes, other.bytes));
    }
  };
  for (const hunk of hunks) {
    keep(hunk.from);
    parts.push(bytes(hunk.units));
    at = Math.max(at, hunk.to);
  }
  keep(base.units.length);
  parts.push(tail);
  return parts.join('');
}

function isWellFormed(storage: string): boolean {
  try {
    checkStorage(storage);
    return true;
  } catch (error) {
    if (error instanceof ContentError) return false;
    throw error;
  }
}

/**
 * Merges two edits of one base, block by block. Changes of different blocks are both taken, the same
 * change made twice is taken once, two different changes of one block are a conflict. Nothing is ever
 * dropped. Differences that Confluence makes by itself on save (ids and the like) are no changes.
 *
 * @throws ContentError when one of the three is malformed
 */
export function mergeStorage(base: string, ours: string, theirs: string): MergeResult {
  if (ours === theirs || theirs === base) return { ok: true, storage: ours };
  if (ours === base) return { ok: true, storage: theirs };
  const [b, o, t] = [unitsOf(base), unitsOf(ours), unitsOf(theirs)];
  const [mine, other] = [sideOf(b.units, o.units), sideOf(b.units, t.units)];
  const conflicts: Conflict[] = [];
  const agreed = new Set<Hunk>();
  let from = 0;
  for (const hunk of mine.hunks) {
    while ((other.hunks[from]?.to ?? Number.POSITIVE_INFINITY) < hunk.from) from += 1;
    for (let i = from; i < other.hunks.length; i += 1) {
      const theirHunk = other.hunks[i];
      if (!theirHunk || theirHunk.from > hunk.to) break;
      if (same(hunk, theirHunk)) agreed.add(hunk);
      else if (clash(hunk, theirHunk)) conflicts.push(conflictOf(b.units, hunk, theirHunk));
    }
  }
  if (conflicts.length > 0) return { ok: false, conflicts };
  const hunks = [...mine.hunks.filter((hunk) => !agreed.has(hunk)), ...other.hunks].sort(
    (x, y) => x.from - y.from || x.to - y.to,
  );
  const storage = assemble(b, mine, other, hunks, choose(b.tail, o.tail, t.tail));
  if (isWellFormed(storage)) return { ok: true, storage };
  return { ok: false, conflicts: [{ base, ours, theirs, where: 'the nesting of panels or layouts' }] };
}
