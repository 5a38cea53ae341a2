import type { BodyDiff, DiffCounts, DiffEntry, RichNode } from '#lib/wire';
import { align, type Pair } from '../align.ts';
import { collapse, isInline } from '../elements.ts';
import { parseStorage } from '../parse.ts';
import { parametersText, richNodes } from '../rich.ts';
import { keysOf, type Unit, unitsOf } from '../units.ts';
import { inventory, lost } from '../warnings.ts';
import { diffKids, marked, richText } from './rich-diff.ts';
import { pairSimilar, similarity, wordsOf } from './similar.ts';
import { diffLines } from './source-lines.ts';

function kindOf(unit: Unit): string {
  const { kind, macro, level } = unit.block;
  if (kind === 'heading') return `h${level ?? 1}`;
  return macro && kind === 'macro' ? macro : kind;
}

/** What a unit shows; of a container's opening only its name, title and parameters. */
function rendered(unit: Unit): RichNode[] {
  const { element, nodes, macro, kind } = unit.block;
  if (unit.part === 'open' && element) {
    const parameters =
      collapse(parametersText(element)) ||
      (element.attributes.find(({ name }) => name === 'ac:type')?.value ?? '');
    return [{ tag: 'macro', at: { kind: macro ?? kind }, kids: parameters === '' ? [] : [parameters] }];
  }
  const [node] = nodes;
  if (node?.type === 'comment')
    return [{ tag: 'macro', at: { kind: 'source comment' }, kids: [collapse(node.text)] }];
  const inner = richNodes(nodes);
  return node && isInline(node) ? [{ tag: 'p', kids: inner }] : inner;
}

function changeOf(before: Unit, after: Unit): DiffEntry {
  const path = after.block.headingPath;
  const drawn = diffKids(rendered(before), rendered(after));
  return {
    op: 'change',
    kind: kindOf(after),
    path,
    rendered: drawn,
    lines: diffLines(before.bytes, after.bytes),
  };
}

function wholeOf(unit: Unit, op: 'add' | 'remove'): DiffEntry {
  const mark = op === 'add' ? 'ins' : 'del';
  const drawn = rendered(unit).map((node) => marked(node, mark));
  return { op, kind: kindOf(unit), path: unit.block.headingPath, rendered: drawn, source: unit.bytes };
}

type Draft = { entries: DiffEntry[]; kept: Unit[]; counts: DiffCounts };

function flushKept(draft: Draft): void {
  const units = draft.kept.filter((unit) => unit.part !== 'close');
  draft.kept = [];
  if (units.length === 0) return;
  const headings = new Set<string>();
  for (const unit of units) {
    const heading = unit.block.kind === 'heading' ? unit.block.preview : unit.block.headingPath.at(-1);
    if (heading !== undefined && heading !== '' && headings.size < 20) headings.add(heading);
  }
  draft.entries.push({ op: 'keep', count: units.length, headings: [...headings] });
  draft.counts.kept += units.length;
}

const shape = (unit: Unit): string => `${unit.part} ${unit.block.kind} ${unit.block.macro ?? ''}`;

function gapEntries(removed: Unit[], added: Unit[], draft: Draft): void {
  const texts = new Map<Unit, Map<string, number>>();
  const words = (unit: Unit): Map<string, number> => {
    const found = texts.get(unit) ?? wordsOf(rendered(unit).map(richText).join(' '));
    texts.set(unit, found);
    return found;
  };
  const alike = (a: Unit, b: Unit): number =>
    shape(a) === shape(b) ? Math.max(similarity(words(a), words(b)), a.block.id === b.block.id ? 0.9 : 0) : 0;
  const [old, now] = [
    removed.filter((unit) => unit.part !== 'close'),
    added.filter((unit) => unit.part !== 'close'),
  ];
  const matches = new Map(pairSimilar(old, now, alike, shape).map(([from, to]) => [to, from]));
  let done = 0;
  const gone = (until: number): void => {
    for (const unit of old.slice(done, until)) {
      draft.entries.push(wholeOf(unit, 'remove'));
      draft.counts.removed += 1;
    }
  };
  for (const [index, unit] of now.entries()) {
    const from = matches.get(index);
    if (from === undefined) {
      draft.entries.push(wholeOf(unit, 'add'));
      draft.counts.added += 1;
      continue;
    }
    gone(from);
    draft.entries.push(changeOf(old[from] as Unit, unit));
    draft.counts.changed += 1;
    done = from + 1;
  }
  gone(old.length);
}

/**
 * What changed between two bodies, block by block in page order: unchanged runs as counts with the
 * headings they lie under, changed blocks with words marked (tables by cell, lists by item), and the
 * storage itself line by line. Ids that Confluence adds on save are no change.
 *
 * @throws ContentError when one of them is malformed
 */
export function diffStorage(before: string, after: string): BodyDiff {
  const [a, b] = [unitsOf(before).units, unitsOf(after).units];
  const [old, now] = [inventory(parseStorage(before)), inventory(parseStorage(after))];
  const sum = (pairs: [string, number][]): number => pairs.reduce((total, [, number]) => total + number, 0);
  const macrosLost = sum(lost(old.macros, now.macros));
  const draft: Draft = {
    entries: [],
    kept: [],
    counts: {
      kept: 0,
      changed: 0,
      added: 0,
      removed: 0,
      macrosKept: sum([...old.macros]) - macrosLost,
      macrosLost,
      commentMarkersLost: lost(old.comments, now.comments, true).length,
    },
  };
  let [i, j] = [0, 0];
  for (const [x, y] of [...align(keysOf(a), keysOf(b)), [a.length, b.length] as Pair]) {
    if (x > i || y > j) {
      const [removed, added] = [a.slice(i, x), b.slice(j, y)];
      if ([...removed, ...added].some((unit) => unit.part !== 'close')) flushKept(draft);
      gapEntries(removed, added, draft);
    }
    const unit = b[y];
    if (unit && x < a.length) draft.kept.push(unit);
    [i, j] = [x + 1, y + 1];
  }
  flushKept(draft);
  return { entries: draft.entries, counts: draft.counts };
}
