import type { BlockTree } from '../blocks/blocks.ts';
import type { Edit } from '../edit/edit-fields.ts';
import {
  ambiguousAmong,
  findBlock,
  missingAmong,
  quoted,
  type Range,
  rangeOf,
  shownElements,
} from '../edit/targets.ts';
import { findWords } from '../edit/words.ts';
import { macroName, parametersOf } from '../parse/elements.ts';
import type { ElementNode } from '../parse/parse.ts';
import { describeMacro } from './candidates.ts';

const next =
  'Name the macro by its block id, or by `macro` (its name) with the heading or words it stands at.';

/** The macros that words name: the innermost one around them, else those beside them, else those with them as a parameter. */
function byWords(tree: BlockTree, macros: ElementNode[], wanted: string, range: Range | null): ElementNode[] {
  const pool = new Set(macros);
  const found = findWords(tree, wanted, range);
  const within = new Set<ElementNode>();
  for (const { run, from, to } of found) {
    const piece = run.pieces.findLast((one) => one.from < to && one.from + one.node.text.length > from);
    let at = piece?.node.parent ?? null;
    while (at && !pool.has(at)) at = at.parent;
    if (at) within.add(at);
  }
  if (within.size > 0) return [...within];
  const beside = new Set(
    found.flatMap(({ block }) =>
      macros.filter((macro) =>
        block.nodes.some(({ start, end }) => start <= macro.start && macro.end <= end),
      ),
    ),
  );
  if (beside.size > 0) return [...beside];
  return macros.filter((macro) => parametersOf(macro).some(({ value }) => value.trim() === wanted.trim()));
}

/**
 * The one macro that an edit names: by block, by name within a section or the page, by words.
 * @throws ContentError `not_found` or `ambiguous` with the candidates
 */
export function findMacro(tree: BlockTree, edit: Edit): ElementNode {
  const { target, macro: name } = edit;
  const range = rangeOf(tree, target);
  const all = shownElements(tree, range, (element) => macroName(element) !== null);
  const macros = name === undefined ? all : all.filter((element) => macroName(element) === name);
  const words = target?.text;
  if (words === undefined && target && 'block' in target) {
    const { element } = findBlock(tree, target.block);
    if (element && macros.includes(element)) return element;
  }
  const found = words === undefined ? macros : byWords(tree, macros, words, range);
  const [macro] = found;
  if (macro && found.length === 1) return macro;
  const what = `The macro${name === undefined ? '' : ` ${name}`}${words === undefined ? '' : ` at ${quoted(words)}`}`;
  const list = (some: ElementNode[]): string[] => some.map((one) => describeMacro(tree, one));
  if (macro) throw ambiguousAmong(what, list(found), next);
  throw missingAmong(what, list(macros.length > 0 ? macros : all), next);
}
