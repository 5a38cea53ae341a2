import { choose, dispute, type Ledger, type SideName, type Three } from './ledger.ts';
import { type Fate, type Item, type Put, type Side, sideOf } from './sides.ts';

/** How one disputed item is merged by its parts: its new bytes, or null with the conflict on record. */
export type MergeItem<T> = (three: Three<Item<T>>, path: string[]) => string | null;

type Board<T> = {
  base: Item<T>[];
  ours: Side<T>;
  theirs: Side<T>;
  /** Base items and gaps that are in dispute. */
  badItem: Uint8Array;
  badGap: Uint8Array;
  /** Bytes for items of the base that both changed, and for moved items that the other side edited. */
  merged: Map<number, string>;
  moved: Map<Item<T>, string>;
  /** Of each side, what the other has put in as well. */
  twice: Set<Put<T>>;
};

const other: Record<SideName, SideName> = { ours: 'theirs', theirs: 'ours' };

function spoil<T>(board: Board<T>, put: Put<T>): void {
  for (let gap = put.from; gap <= put.to; gap += 1) board.badGap[gap] = 1;
  for (let i = put.from; i < put.to; i += 1) board.badItem[i] = 1;
}

const samePut = <T>(a: Put<T>, b: Put<T>): boolean =>
  a.from === b.from &&
  a.to === b.to &&
  a.items.length === b.items.length &&
  a.items.every((item, i) => item.key === b.items[i]?.key);

/** More came than went, so it is open what comes first where the other side put something at its edge. */
const grows = <T>(put: Put<T>): boolean => put.items.length > put.to - put.from;

function clash<T>(a: Put<T>, b: Put<T>): boolean {
  if (a.to < b.from || b.to < a.from) return false;
  if (Math.max(a.from, b.from) < Math.min(a.to, b.to)) return true;
  const inside = (one: Put<T>, two: Put<T>): boolean =>
    one.from === one.to && one.from > two.from && one.from < two.to;
  const insertion = a.from === a.to || b.from === b.to;
  return inside(a, b) || inside(b, a) || (insertion && grows(a) && grows(b));
}

function comparePuts<T>(board: Board<T>): void {
  let from = 0;
  for (const mine of board.ours.puts) {
    while ((board.theirs.puts[from]?.to ?? Number.POSITIVE_INFINITY) < mine.from) from += 1;
    for (let i = from; i < board.theirs.puts.length; i += 1) {
      const put = board.theirs.puts[i] as Put<T>;
      if (put.from > mine.to) break;
      if (samePut(mine, put)) board.twice.add(mine);
      else if (clash(mine, put)) {
        spoil(board, mine);
        spoil(board, put);
      }
    }
  }
}

/** What one side put into a run that the other took away: within it, or under a heading that went. */
function checkOrphans<T>(board: Board<T>, name: SideName): void {
  const { base, [other[name]]: rest } = board;
  const gone = (i: number): boolean => rest.fates[i]?.kind === 'gone';
  const heading = new Uint8Array(base.length + 1);
  for (let i = 0; i < base.length; i += 1)
    if (gone(i)) heading[i + 1] = Math.max(base[i]?.level ?? 0, heading[i] ?? 0);
  for (const put of board[name].puts) {
    if (put.from !== put.to || board.twice.has(put)) continue;
    const gap = put.from;
    const within = gap > 0 && gone(gap - 1) && gone(gap);
    const orphan = (heading[gap] ?? 0) > 0 && put.items[0]?.level === null;
    if (!within && !orphan) continue;
    spoil(board, put);
    if (gap > 0) board.badItem[gap - 1] = 1;
    if (within) board.badItem[gap] = 1;
  }
}

type Gone<T> = Extract<Fate<T>, { kind: 'gone' }>;

/** One side took an item away or moved it, the other changed it or took it away too. */
function checkGone<T>(
  board: Board<T>,
  ledger: Ledger,
  i: number,
  fate: Gone<T>,
  rest: Fate<T>,
  mine: SideName,
): void {
  if (rest.kind === 'kept') return;
  const disputed = (): void => {
    board.badItem[i] = 1;
    if (fate.put) spoil(board, fate.put);
    if (rest.kind === 'gone' && rest.put) spoil(board, rest.put);
  };
  if (rest.kind === 'changed') {
    if (fate.movedTo) board.moved.set(fate.movedTo, rest.item.bytes);
    else disputed();
    return;
  }
  if (mine === 'theirs') return;
  const agreed = fate.put === null ? rest.put === null : rest.put !== null && samePut(fate.put, rest.put);
  const item = board.base[i] as Item<T>;
  if (!agreed) disputed();
  else if (item.solid())
    ledger.gone.push({
      key: item.key,
      bytes: item.bytes,
      where: [...item.under, item.name()].join(' > '),
    });
}

function compareFates<T>(board: Board<T>, ledger: Ledger, path: string[], merge: MergeItem<T>): boolean {
  let fine = true;
  for (const [i, base] of board.base.entries()) {
    const [ours, theirs] = [board.ours.fates[i] as Fate<T>, board.theirs.fates[i] as Fate<T>];
    if (ours.kind === 'gone') checkGone(board, ledger, i, ours, theirs, 'ours');
    if (theirs.kind === 'gone') checkGone(board, ledger, i, theirs, ours, 'theirs');
    if (ours.kind !== 'changed' || theirs.kind !== 'changed') continue;
    if (ours.item.key === theirs.item.key || ours.item.bytes === theirs.item.bytes) continue;
    if (!ours.alike || !theirs.alike) {
      board.badItem[i] = 1;
      continue;
    }
    const bytes = merge({ base, ours: ours.item, theirs: theirs.item }, [...path, ...base.under]);
    if (bytes === null) fine = false;
    else board.merged.set(i, bytes);
  }
  return fine;
}

const text = <T>(items: Item<T>[]): string => items.map(({ gap, bytes }) => gap + bytes).join('');

/** What stands in a disputed region in one side's version. */
function inRegion<T>(
  board: Board<T>,
  name: SideName,
  puts: Map<number, Put<T>[]>,
  from: number,
  to: number,
): string {
  const parts: string[] = [];
  for (let at = from; at <= to; at += 1) {
    if (board.badGap[at]) for (const put of puts.get(at) ?? []) parts.push(text(put.items));
    const fate = at < to ? board[name].fates[at] : undefined;
    if (fate && fate.kind !== 'gone') parts.push(fate.item.gap, fate.item.bytes);
  }
  return parts.join('');
}

function putsByGap<T>(puts: Put<T>[]): Map<number, Put<T>[]> {
  const found = new Map<number, Put<T>[]>();
  for (const put of puts) {
    const here = found.get(put.from);
    if (here) here.push(put);
    else found.set(put.from, [put]);
  }
  return found;
}

/** Puts each run of disputed items and gaps on record as one conflict. */
function report<T>(board: Board<T>, ledger: Ledger, path: string[]): boolean {
  const { base, badGap, badItem } = board;
  const [mine, yours] = [putsByGap(board.ours.puts), putsByGap(board.theirs.puts)];
  const closings: (() => void)[] = [];
  let found = false;
  for (let at = 0; at <= base.length; at += 1) {
    if (!badGap[at] && !badItem[at]) continue;
    const from = at;
    while (at < base.length && badItem[at]) at += 1;
    const items = base.slice(from, at);
    const near = base[from] ?? base[from - 1];
    const named = items.find(({ solid }) => solid()) ?? near;
    const name =
      items.length > 0 ? (named?.name() ?? '') : from > 0 ? `after ${base[from - 1]?.name()}` : 'the start';
    const three = {
      base: text(items),
      ours: inRegion(board, 'ours', mine, from, at),
      theirs: inRegion(board, 'theirs', yours, from, at),
    };
    const state = (): unknown => dispute(ledger, three, [...path, ...(named?.under ?? []), name]);
    found = true;
    // What went wrong with a container is told at its opening.
    if (items.length > 0 && items.every(({ shape }) => shape.startsWith('close'))) closings.push(state);
    else state();
  }
  if (ledger.conflicts.length === 0) for (const state of closings) state();
  return found;
}

function assemble<T>(board: Board<T>): string {
  const { base, ours, theirs } = board;
  const puts = putsByGap([...ours.puts.filter((one) => !board.twice.has(one)), ...theirs.puts]);
  const parts: string[] = [];
  for (let i = 0; i <= base.length; i += 1) {
    // What was put before an item comes before what replaced the item.
    for (const one of (puts.get(i) ?? []).sort((x, y) => x.to - y.to))
      for (const item of one.items) parts.push(item.gap, board.moved.get(item) ?? item.bytes);
    const [item, a, b] = [base[i], ours.fates[i], theirs.fates[i]];
    if (!item || !a || !b || a.kind === 'gone' || b.kind === 'gone') continue;
    parts.push(choose({ base: item.gap, ours: a.item.gap, theirs: b.item.gap }));
    const merged = board.merged.get(i);
    if (merged !== undefined) parts.push(merged);
    else if (a.kind === b.kind && a.kind === 'kept')
      parts.push(choose({ base: item.bytes, ours: a.item.bytes, theirs: b.item.bytes }));
    else parts.push(b.kind === 'changed' ? b.item.bytes : a.item.bytes);
  }
  return parts.join('');
}

/**
 * Three-way merge of sequences: what one side changed, put in or took away is taken; where both did, the
 * parts are merged by `merge`, or it is a conflict. Null with the conflicts on record.
 */
export function mergeItems<T>(
  ledger: Ledger,
  three: Three<Item<T>[]>,
  path: string[],
  merge: MergeItem<T>,
): string | null {
  const { base } = three;
  const board: Board<T> = {
    base,
    ours: sideOf(base, three.ours),
    theirs: sideOf(base, three.theirs),
    badItem: new Uint8Array(base.length + 1),
    badGap: new Uint8Array(base.length + 1),
    merged: new Map(),
    moved: new Map(),
    twice: new Set(),
  };
  comparePuts(board);
  checkOrphans(board, 'ours');
  checkOrphans(board, 'theirs');
  const fine = compareFates(board, ledger, path, merge);
  for (const name of ['ours', 'theirs'] as const)
    for (const put of board[name].puts)
      for (const item of put.items) if (item.solid()) ledger.placed[name].add(item.key);
  for (const put of board.twice) for (const item of put.items) ledger.agreed.add(item.key);
  if (report(board, ledger, path) || !fine) return null;
  return assemble(board);
}
