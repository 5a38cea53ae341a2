import type { DiffContainer, RichNode } from '#lib/wire';
import type { BlockNode } from '../blocks/blocks.ts';
import { collapse, isInline as isInlineNode, macroName, parameterOf } from '../parse/elements.ts';
import { stripInvisible } from '../parse/invisible.ts';
import { richNodes } from '../read/rich.ts';
import type { Unit } from '../units.ts';
import { factsOf } from './facts.ts';
import { note } from './nodes.ts';

/** Kind of a unit as the wire names it: `h2`, a macro's name, or the kind of block. */
export function kindOf(unit: Unit): string {
  const { kind, macro, level } = unit.block;
  if (kind === 'heading') return `h${level ?? 1}`;
  return macro && kind === 'macro' ? macro : kind;
}

/** A block as it is drawn, with the facts a diff compares. */
export function drawBlock({ nodes }: BlockNode): RichNode[] {
  const [node] = nodes;
  if (node?.type === 'comment')
    return [{ tag: 'macro', at: { kind: 'source comment' }, kids: [collapse(stripInvisible(node.text))] }];
  const inner = richNodes(nodes, { facts: factsOf });
  return node && isInlineNode(node) ? [{ tag: 'p', kids: inner }] : inner;
}

const drawings = new WeakMap<Unit, RichNode[]>();

/** What a unit shows; of a container's opening only its name, title and parameters. */
export function drawUnit(unit: Unit): RichNode[] {
  const known = drawings.get(unit) ?? drawnUnit(unit);
  drawings.set(unit, known);
  return known;
}

function drawnUnit(unit: Unit): RichNode[] {
  const { element, macro, kind } = unit.block;
  if (unit.part === 'leaf' || !element) return drawBlock(unit.block);
  const title = macroName(element) === null ? '' : stripInvisible(parameterOf(element, 'title') ?? '');
  const at = { kind: macro ?? kind, ...(title === '' ? {} : { title }), facts: factsOf(element) };
  return [{ tag: 'macro', at }];
}

const MAX_WITHIN = 4;

/** The macros a block lies in, outermost first; layouts go without saying. */
export function withinOf(block: BlockNode): DiffContainer[] {
  const out: DiffContainer[] = [];
  for (let one = block.parent; one && out.length < MAX_WITHIN; one = one.parent) {
    if (one.macro === undefined || !one.element) continue;
    const title = stripInvisible(parameterOf(one.element, 'title') ?? '').trim();
    out.push({ kind: one.macro, ...(title === '' ? {} : { title }) });
  }
  return out.reverse();
}

/** What differs between two units of which nothing visible differs. */
export function silentNote(before: Unit, after: Unit): RichNode {
  const same = (even: (text: string) => string): boolean => even(before.key) === even(after.key);
  const spaces = (text: string): string => text.replace(/[ \t\r\n]+/g, '');
  const comments = (text: string): string => text.replace(/<!--[\s\S]*?-->/g, '');
  let what = 'stored form';
  if (same(spaces)) what = 'white space';
  else if (same(stripInvisible)) what = 'invisible characters';
  else if (same(comments)) what = 'source comment';
  return note(what, null, 'changed');
}
