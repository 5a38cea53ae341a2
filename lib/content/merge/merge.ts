import { ContentError } from '../content-error.ts';
import { isBlank } from '../parse/elements.ts';
import { parseStorage, type StorageDoc } from '../parse/parse.ts';
import { nameOf, type Unit, type Units, unitsOf } from '../units.ts';
import { mergeBlock } from './blocks.ts';
import { mergeOpening } from './containers.ts';
import { mergeItems } from './items.ts';
import { type Conflict, choose, dispute, type Ledger, map3, type Spot, type Three } from './ledger.ts';
import { idOf, isPlain, shapeOf, textOf } from './parts.ts';
import type { Item } from './sides.ts';

export type { Conflict } from './ledger.ts';

export type MergeResult = { ok: true; storage: string } | { ok: false; conflicts: Conflict[] };

type Placed = { doc: StorageDoc; unit: Unit };

/** How often the parts of a body may be looked at, one level after the other; what is nested deeper is one part. */
const LOOKS = 16;

/** What a conflict is about where it is not a part of a block but the blocks around it. */
const STRUCTURE = 'the nesting of panels or layouts';

function itemsOf({ units, doc }: Units): Item<Placed>[] {
  return units.map((unit): Item<Placed> => {
    const { block, part } = unit;
    const { element, nodes } = block;
    const group = { nodes, start: block.start, end: block.end };
    return {
      key: unit.key,
      bytes: unit.bytes,
      gap: unit.gap,
      shape: part === 'leaf' ? shapeOf(group) : `${part} ${shapeOf(group)}`,
      id: element ? idOf(element) : null,
      name: () => nameOf(unit),
      under: block.headingPath,
      level: block.level ?? null,
      solid: () => part === 'leaf' && saysSomething(unit),
      plain: part !== 'leaf' || isPlain(shapeOf(group)),
      text: () => (part === 'leaf' ? textOf(doc, group) : ''),
      node: { doc, unit },
    };
  });
}

const EMPTY: Record<string, true> = { rule: true, paragraph: true, text: true, list: true };

/** Empty paragraphs and rules look alike: where one went and one came, nothing was moved. */
const saysSomething = ({ block: { chars, kind, preview } }: Unit): boolean =>
  chars > 0 || preview !== '' || EMPTY[kind] === undefined;

/** The name of a block on the way to a part of it: without the text of all of it. */
function stepOf({ block: { kind, macro, preview } }: Unit): string {
  if (kind === 'table' || kind === 'list' || kind === 'tasks') return kind;
  if (kind === 'code' || kind === 'pre') return kind;
  if (macro) return `${kind === 'macro' ? macro : kind}`;
  const short = [...preview].slice(0, 40).join('');
  return short === '' ? kind : `${kind} "${short}${short.length < preview.length ? '…' : ''}"`;
}

function mergeUnit(ledger: Ledger, three: Three<Item<Placed>>, path: string[]): string | null {
  const { base } = three;
  const at = [...path, stepOf(base.node.unit)];
  const part = base.node.unit.part;
  if (part === 'leaf')
    return mergeBlock(
      ledger,
      map3(three, ({ node }): Spot => ({ doc: node.doc, nodes: node.unit.block.nodes })),
      at,
    );
  if (part === 'open')
    return mergeOpening(
      ledger,
      map3(three, ({ node }) => node),
      at,
    );
  return three.theirs.bytes === base.bytes ? three.ours.bytes : three.theirs.bytes;
}

/** Layouts hold sections, sections hold cells; null where storage is not even well-formed. */
function nesting(storage: string): number | null {
  try {
    let wrong = 0;
    for (const node of parseStorage(storage).nodes) {
      const [name, above] = [node.type === 'element' ? node.name : '', node.parent?.name ?? ''];
      if (
        name === 'ac:layout-section'
          ? above !== 'ac:layout'
          : name === 'ac:layout-cell' && above !== 'ac:layout-section'
      )
        wrong += 1;
      if (
        (above === 'ac:layout' || above === 'ac:layout-section') &&
        !name.startsWith('ac:layout') &&
        !isBlank(node)
      )
        wrong += 1;
    }
    return wrong;
  } catch (error) {
    if (error instanceof ContentError) return null;
    throw error;
  }
}

/** What both sides took away may not stand at a new place on one side only, nor at two. */
function checkMoves(ledger: Ledger): void {
  for (const { key, bytes, where } of ledger.gone) {
    const [mine, yours] = [ledger.placed.ours.has(key), ledger.placed.theirs.has(key)];
    if (!(mine || yours) || ledger.agreed.has(key)) continue;
    dispute(ledger, { base: bytes, ours: mine ? bytes : '', theirs: yours ? bytes : '' }, [
      where,
      mine && yours ? 'moved to two places' : 'moved and deleted',
    ]);
  }
}

/**
 * Merges two edits of one base: block by block, and inside a block that both changed by its parts: rows and
 * cells, items, tasks, parameters, lines of code, lines and sentences of text. Changes of different parts are
 * both taken, the same change made twice is taken once, two different changes of one part are a conflict.
 * Nothing is ever dropped. Differences that Confluence makes by itself on save (ids and the like) are no changes.
 * `theirs` is what Confluence holds now: where nobody changed a part, its bytes are taken.
 *
 * @throws ContentError when one of the three is malformed
 */
export function mergeStorage(base: string, ours: string, theirs: string): MergeResult {
  if (ours === theirs || theirs === base) return { ok: true, storage: ours };
  if (ours === base) return { ok: true, storage: theirs };
  const units = map3({ base, ours, theirs }, (body) => unitsOf(body));
  const ledger: Ledger = {
    conflicts: [],
    depth: 0,
    budget: LOOKS * (base.length + ours.length + theirs.length) + 100_000,
    gone: [],
    placed: { ours: new Set(), theirs: new Set() },
    agreed: new Set(),
    enter: mergeBlock,
  };
  const merged = mergeItems(ledger, map3(units, itemsOf), [], (three, path) =>
    mergeUnit(ledger, three, path),
  );
  checkMoves(ledger);
  if (merged === null || ledger.conflicts.length > 0) return { ok: false, conflicts: ledger.conflicts };
  const storage = merged + choose(map3(units, ({ tail }) => tail));
  const wrong = nesting(storage);
  const worst = Math.max(nesting(base) ?? 0, nesting(ours) ?? 0, nesting(theirs) ?? 0);
  if (wrong !== null && wrong <= worst) return { ok: true, storage };
  return { ok: false, conflicts: [{ base, ours, theirs, where: STRUCTURE, form: 'storage' }] };
}
