import type { BlockTree } from '../blocks/blocks.ts';
import type { Edit } from '../edit/edit-fields.ts';
import { ambiguousAmong, findBlock, missingAmong, quoted, rangeOf, shownElements } from '../edit/targets.ts';
import { findWords, missingWords } from '../edit/words.ts';
import { lineOf, whereIs } from '../fine-edits/candidates.ts';
import type { ElementNode } from '../parse/parse.ts';

const next = 'Name the table by its block id, by the heading above it, or by words in it (target.text).';

function described(tree: BlockTree, table: ElementNode): string {
  return `a table ${quoted(lineOf(tree, table, 60))} ${whereIs(tree, table)}`;
}

/** Tables that stand in no other of these. */
function outermost(tables: ElementNode[]): ElementNode[] {
  let end = -1;
  return tables.filter((table) => {
    if (table.start < end) return false;
    end = table.end;
    return true;
  });
}

/** The innermost tables around quoted words. */
function around(tree: BlockTree, pool: ElementNode[], edit: Edit, words: string): ElementNode[] {
  const tables = new Set(pool);
  const range = rangeOf(tree, edit.target);
  const found = findWords(tree, words, range);
  if (found.length === 0) throw missingWords(tree, words, range);
  const hit = new Set<ElementNode>();
  for (const { run, from, to } of found) {
    const piece = run.pieces.find((one) => one.from < to && one.from + one.node.text.length > from);
    let at = piece?.node.parent ?? null;
    while (at && !tables.has(at)) at = at.parent;
    if (at) hit.add(at);
  }
  return [...hit];
}

/**
 * The table an edit names: by block id, by the heading of a section with one table, by words in it; without a target
 * the only one of the page.
 * @throws ContentError `not_found` or `ambiguous` with the candidates
 */
export function findTable(tree: BlockTree, edit: Edit): ElementNode {
  const { target } = edit;
  const all = shownElements(tree, rangeOf(tree, target), ({ name }) => name === 'table');
  const words = target?.text;
  if (words === undefined && target && 'block' in target) {
    const { element } = findBlock(tree, target.block);
    if (element && all.includes(element)) return element;
  }
  const found = words === undefined ? outermost(all) : around(tree, all, edit, words);
  const [table] = found;
  if (table && found.length === 1) return table;
  const what = words === undefined ? 'The table' : `The table with ${quoted(words)}`;
  if (table)
    throw ambiguousAmong(
      what,
      found.map((one) => described(tree, one)),
      next,
    );
  const page = shownElements(tree, null, ({ name }) => name === 'table');
  throw missingAmong(
    what,
    page.map((one) => described(tree, one)),
    next,
  );
}
