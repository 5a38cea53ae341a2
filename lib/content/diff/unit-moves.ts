import type { Unit } from '../units.ts';
import { similarity } from './similar.ts';
import type { UnitLook } from './unit-look.ts';

/** Long enough to be known again elsewhere; what is shorter moves only along with its neighbours. */
function isTelling({ part, block }: Unit): boolean {
  if (part !== 'leaf') return false;
  if (/^(table|image|code|extension|heading)$/.test(block.kind))
    return block.chars > 0 || block.preview !== '';
  return block.chars >= 12 || (block.kind === 'macro' && block.preview !== '');
}

/** Units that stand, the same, in another place. Runs grow from telling units to their equal neighbours. */
export function exactMoves(
  a: Unit[],
  b: Unit[],
  oldLeft: readonly boolean[],
  nowLeft: readonly boolean[],
): Map<number, number> {
  const places = new Map<string, number[]>();
  for (let i = a.length - 1; i >= 0; i -= 1) {
    const unit = a[i] as Unit;
    if (!oldLeft[i] || !isTelling(unit)) continue;
    const same = places.get(unit.key);
    if (same) same.push(i);
    else places.set(unit.key, [i]);
  }
  const moves = new Map<number, number>();
  const taken = new Set<number>();
  const take = (i: number, j: number): void => {
    moves.set(j, i);
    taken.add(i);
  };
  for (const [j, unit] of b.entries()) {
    if (!nowLeft[j] || !isTelling(unit)) continue;
    const after = moves.get(j - 1);
    const next = after === undefined ? undefined : after + 1;
    const follows = next !== undefined && oldLeft[next] && !taken.has(next) && a[next]?.key === unit.key;
    const queue = places.get(unit.key);
    let from = follows ? next : queue?.pop();
    while (from !== undefined && taken.has(from)) from = queue?.pop();
    if (from !== undefined) take(from, j);
  }
  const extend = (j: number, step: 1 | -1): void => {
    const from = moves.get(j - step);
    if (from === undefined || moves.has(j) || !nowLeft[j]) return;
    const i = from + step;
    if (oldLeft[i] && !taken.has(i) && a[i]?.key === b[j]?.key) take(i, j);
  };
  for (let j = 0; j < b.length; j += 1) extend(j, 1);
  for (let j = b.length - 1; j >= 0; j -= 1) extend(j, -1);
  return moves;
}

const MIN_SHINGLES = 7;
const MAX_POSTINGS = 12;
const ENOUGH = 0.5;

/** Changed units that are surely versions of each other, wherever they stand: found through their rarer word pairs. */
export function surePairs(
  a: Unit[],
  b: Unit[],
  old: readonly number[],
  now: readonly number[],
  look: UnitLook,
): [number, number][] {
  const postings = new Map<string, number[]>();
  for (const i of old)
    for (const key of look.shingles(a[i] as Unit).keys()) {
      const list = postings.get(key);
      if (!list) postings.set(key, [i]);
      else if (list.length <= MAX_POSTINGS) list.push(i);
    }
  const taken = new Set<number>();
  const out: [number, number][] = [];
  for (const j of now) {
    const own = look.shingles(b[j] as Unit);
    if (own.size < MIN_SHINGLES) continue;
    const votes = new Map<number, number>();
    for (const key of own.keys()) {
      const list = postings.get(key) ?? [];
      if (list.length <= MAX_POSTINGS) for (const i of list) votes.set(i, (votes.get(i) ?? 0) + 1);
    }
    const best = [...votes].sort((x, y) => y[1] - x[1]).slice(0, 4);
    const found = best.find(
      ([i]) =>
        !taken.has(i) &&
        look.shape(a[i] as Unit) === look.shape(b[j] as Unit) &&
        similarity(look.shingles(a[i] as Unit), own) >= ENOUGH,
    );
    if (!found) continue;
    taken.add(found[0]);
    out.push([found[0], j]);
  }
  return out;
}

/** The longest run of pairs, sorted by their second side, whose first sides rise too. */
export function rising(pairs: readonly [number, number][]): [number, number][] {
  const tops: number[] = [];
  const back: number[] = [];
  for (const [at, [i]] of pairs.entries()) {
    let [low, high] = [0, tops.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[tops[middle] ?? 0]?.[0] ?? 0) < i) low = middle + 1;
      else high = middle;
    }
    back[at] = low > 0 ? (tops[low - 1] ?? -1) : -1;
    tops[low] = at;
  }
  const out: [number, number][] = [];
  for (let at = tops.at(-1) ?? -1; at >= 0; at = back[at] ?? -1) out.push(pairs[at] as [number, number]);
  return out.reverse();
}
