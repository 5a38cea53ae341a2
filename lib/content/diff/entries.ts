import type { DiffEntry, DiffPlace, RichNode } from '#lib/wire';
import type { Unit } from '../units.ts';
import { drawBlock, drawUnit, kindOf, silentNote, withinOf } from './drawing.ts';
import { folded, shortened } from './fold.ts';
import { inlineDiff } from './inline-diff.ts';
import { type Branch, finished, hasMark, marked, unsigned } from './nodes.ts';
import { reflow } from './reflow.ts';
import { diffKids } from './rich-diff.ts';
import { diffLines } from './source-lines.ts';
import { shapeOf } from './unit-look.ts';
import type { UnitPairs } from './unit-pairs.ts';

/** Both bodies by unit, with what became of each; `closeA` and `closeB` as `closings` gives them. */
export type Sides = { a: Unit[]; b: Unit[]; pairs: UnitPairs; closeA: Int32Array; closeB: Int32Array };
type Touched = Exclude<DiffEntry, { op: 'keep' }>;

/** For each opening unit the index of its closing one, else -1. */
export function closings(units: readonly Unit[]): Int32Array {
  const out = new Int32Array(units.length).fill(-1);
  const open: number[] = [];
  for (const [at, { part }] of units.entries()) {
    if (part === 'open') open.push(at);
    else if (part === 'close') out[open.pop() ?? 0] = at;
  }
  return out;
}

/** How many blocks units are: what closes a container is none. */
export const counted = (units: readonly Unit[]): number =>
  units.filter(({ part }) => part !== 'close').length;

/** Where a unit stands, in words of the body it stands in. */
export function placeOf(units: readonly Unit[], at: number): DiffPlace {
  const unit = units[at];
  let before = at - 1;
  while (before >= 0 && (units[before]?.part !== 'leaf' || units[before]?.block.preview === '')) before -= 1;
  const path = unit?.block.headingPath ?? [];
  const last = units[before]?.block;
  // Right under its heading it comes first.
  const first = last?.kind === 'heading' && last.preview === path.at(-1)?.slice(0, last.preview.length);
  return { path, after: first ? null : (last?.preview ?? null) };
}

/** Kind, headings and containers of a unit. */
export const common = (
  unit: Unit,
): Pick<Touched, 'kind' | 'path'> & { within?: Touched['within'] & object } => {
  const within = withinOf(unit.block);
  return { kind: kindOf(unit), path: unit.block.headingPath, ...(within.length > 0 ? { within } : {}) };
};

const sent = (nodes: RichNode[]): RichNode[] => nodes.map((node) => finished(node));

/** The whole of a run of units: containers with what is in them. */
function drawRun(units: readonly Unit[], from: number, to: number, close: Int32Array): RichNode[] {
  const out: RichNode[] = [];
  for (let at = from; at < to; at += 1) {
    const unit = units[at] as Unit;
    const end = close[at] ?? -1;
    if (unit.part === 'close') continue;
    const whole = unit.part === 'open' && end > at && end < to;
    for (const node of whole ? drawBlock(unit.block) : drawUnit(unit)) out.push(node);
    if (whole) at = end;
  }
  return out;
}

/** Units that came or went together: a block, or a container with all that is in it. */
export function wholeEntry(
  op: 'add' | 'remove',
  units: Unit[],
  from: number,
  to: number,
  close: Int32Array,
): DiffEntry {
  const unit = units[from] as Unit;
  const mark = op === 'add' ? 'ins' : 'del';
  // The entry says that all of it came or went; rows and items need not say it again.
  const drawn = drawRun(units, from, to, close).map((node) => unsigned(marked(node, mark)));
  const count = counted(units.slice(from, to));
  const source = units
    .slice(from, to)
    .map(({ gap, bytes }, at) => (at === 0 ? bytes : gap + bytes))
    .join('');
  return {
    op,
    ...common(unit),
    rendered: sent(drawn),
    source,
    ...(count > 1 ? { count } : {}),
    ...(unit.part === 'open' && to === from + 1 ? { frame: true as const } : {}),
  };
}

/** Several paragraphs as one line of nodes, with a sign where each begins. */
function joined(units: readonly Unit[]): RichNode[] {
  return units.flatMap((unit, at): RichNode[] => {
    const kids = drawUnit(unit).flatMap((node) => (typeof node === 'string' ? [node] : (node.kids ?? [])));
    return at === 0 ? kids : [{ tag: 'br', at: { kind: 'paragraph' } }, ...kids];
  });
}

/** Two versions of a unit as one drawing in which something is always marked. */
function drawChange(before: Unit, after: Unit): RichNode[] {
  const [old, now] = [drawUnit(before), drawUnit(after)];
  let drawn: RichNode[];
  if (shapeOf(before) === shapeOf(after) && before.block.level === after.block.level)
    drawn = diffKids(old, now);
  else if (before.part === 'open') {
    const [was, is] = [old[0] as Branch, now[0] as Branch];
    drawn = diffKids([{ ...was, at: { ...was.at, kind: is.at?.kind ?? '' } }], [is]);
  } else drawn = reflow(old, now);
  // A kind that changed is named beside the drawing.
  return kindOf(before) !== kindOf(after) || drawn.some(hasMark)
    ? drawn
    : [...drawn, silentNote(before, after)];
}

/** A unit in its place that reads or is set otherwise; also one that became several, or several that became one. */
export function changeEntry(sides: Sides, from: number, at: number): DiffEntry {
  const { a, b, pairs } = sides;
  const after = b[at] as Unit;
  const [split, merge] = [pairs.splits.get(at), pairs.merges.get(at)];
  const olds = (merge ?? [from]).map((i) => a[i] as Unit);
  const news = (split ?? [at]).map((j) => b[j] as Unit);
  const before = a[from] as Unit;
  const several = olds.length > 1 || news.length > 1;
  const drawn: RichNode[] = several
    ? [{ tag: 'p', kids: inlineDiff(joined(olds), joined(news)) }]
    : drawChange(before, after);
  const was = kindOf(before);
  const bytes = (units: readonly Unit[]): string => units.map((unit) => unit.bytes).join('\n');
  return {
    op: 'change',
    ...common(after),
    ...(was === kindOf(after) ? {} : { was }),
    ...(several ? { shape: news.length > 1 ? ('split' as const) : ('merged' as const) } : {}),
    ...(after.part === 'open' ? { frame: true as const } : {}),
    rendered: sent(drawn.map(folded)),
    lines: diffLines(bytes(olds), bytes(news)),
  };
}

/** A run of units that stands elsewhere now. */
export function moveEntry(
  sides: Sides,
  from: number,
  at: number,
  length: number,
  changed: boolean,
): DiffEntry {
  const { a, b, closeB } = sides;
  const unit = b[at] as Unit;
  const count = counted(b.slice(at, at + length));
  const drawn = changed
    ? drawChange(a[from] as Unit, unit).map(folded)
    : shortened(drawRun(b, at, at + length, closeB), 0);
  return {
    op: 'move',
    ...common(unit),
    ...(count > 1 ? { count } : {}),
    from: placeOf(a, from),
    to: placeOf(b, at),
    changed,
    rendered: sent(drawn),
    lines: changed ? diffLines((a[from] as Unit).bytes, unit.bytes) : [],
  };
}
