import type { BlockTree } from '../blocks/blocks.ts';
import { ContentError } from '../content-error.ts';
import type { Change, EditedPage, Worked } from '../edit/change.ts';
import type { Edit } from '../edit/edit-fields.ts';
import { ambiguousAmong, missingAmong, quoted, type Range, rangeOf, shownElements } from '../edit/targets.ts';
import { findWords, missingWords } from '../edit/words.ts';
import { macroName, parameterOf } from '../parse/elements.ts';
import { readable } from '../parse/invisible.ts';
import type { ElementNode } from '../parse/parse.ts';
import { lineOf, whereIs } from './candidates.ts';
import { parameterChange } from './set-parameter.ts';

const COLOURS = ['Grey', 'Red', 'Yellow', 'Green', 'Blue', 'Purple'];

const titleOf = (lozenge: ElementNode): string => readable(parameterOf(lozenge, 'title') ?? '');
const same = (a: string, b: string): boolean => readable(a).toLowerCase() === readable(b).toLowerCase();

/** A lozenge belongs to the words beside it: in its line, its list item or task, or its table row. */
const ENDS =
  /^(?:table|tbody|thead|tfoot|ul|ol|ac:task-list|ac:rich-text-body|ac:layout-cell|ac:adf-content)$/;

function ends(element: ElementNode): boolean {
  if (element.name === 'div') return !/^t[dh]$/.test(element.parent?.name ?? '');
  return ENDS.test(element.name);
}

const MAX_CLIMB = 40;

function beside(lozenges: ElementNode[], word: ElementNode | null): ElementNode[] {
  let steps = 0;
  for (let at = word; at && !ends(at) && steps < MAX_CLIMB; at = at.parent) {
    steps += 1;
    const { start, end } = at;
    const found = lozenges.filter((one) => one.start >= start && one.end <= end);
    if (found.length > 0) return found;
  }
  return [];
}

function byWords(
  tree: BlockTree,
  lozenges: ElementNode[],
  words: string,
  range: Range | null,
): ElementNode[] {
  const titled = lozenges.filter((one) => same(titleOf(one), words.replace(/^\{status:([^|}]*).*\}$/, '$1')));
  if (titled.length > 0) return titled;
  const found = findWords(tree, words, range);
  if (found.length === 0) throw missingWords(tree, words, range);
  const near = found.flatMap(({ block, run, from, to }) => {
    const piece = run.pieces.findLast((one) => one.from < to && one.from + one.node.text.length > from);
    const around = beside(lozenges, piece?.node.parent ?? null);
    if (around.length > 0 || block.element) return around;
    return lozenges.filter((one) => one.start >= block.start && one.end <= block.end);
  });
  return [...new Set(near)];
}

function described(tree: BlockTree, lozenge: ElementNode): string {
  let line = lozenge.parent;
  while (line && !/^(?:p|li|tr|h[1-6]|ac:task)$/.test(line.name)) line = line.parent;
  while (line?.parent && /^(?:p|td|th)$/.test(line.name) && /^(?:td|th|tr)$/.test(line.parent.name))
    line = line.parent;
  const text = line ? ` at ${quoted(lineOf(tree, line, 80))}` : '';
  return `${quoted(titleOf(lozenge))}${text} ${whereIs(tree, lozenge)}`;
}

function findStatus(tree: BlockTree, edit: Edit): ElementNode {
  const { target, status } = edit;
  const range = rangeOf(tree, target);
  const all = shownElements(tree, range, (element) => macroName(element) === 'status');
  const lozenges = status === undefined ? all : all.filter((one) => same(titleOf(one), status));
  const words = target?.text;
  const found = words === undefined ? lozenges : byWords(tree, lozenges, words, range);
  const [lozenge] = found;
  if (lozenge && found.length === 1) return lozenge;
  const what = `The status${status === undefined ? '' : ` ${quoted(status)}`}${words === undefined ? '' : ` at ${quoted(words)}`}`;
  const next = 'Name it by words in its line or table row (target.text), and by its present title (status).';
  const list = (some: ElementNode[]): string[] => some.map((one) => described(tree, one));
  if (lozenge) throw ambiguousAmong(what, list(found), next);
  throw missingAmong(what, list(all), next);
}

function colourOf(given: string): string {
  const wanted = given.trim().toLowerCase().replace('gray', 'grey');
  const found = COLOURS.find((colour) => colour.toLowerCase() === wanted);
  if (found) return found;
  throw new ContentError(`A status cannot be "${given}".`, {
    next: `Its colours are ${COLOURS.join(', ')}.`,
  });
}

/** Gives a status lozenge another title or colour; no other byte changes. */
export function setStatus({ tree }: EditedPage, edit: Edit): Worked {
  const { source } = tree.doc;
  const lozenge = findStatus(tree, edit);
  const changes: Change[] = [];
  if (lozenge.selfClosing) {
    throw new ContentError('The status is empty.', { next: 'Replace it with replace_text or storage.' });
  }
  if (edit.title !== undefined && edit.title.trim() === '')
    throw new ContentError('A status needs a title.', { next: 'To remove it use delete or replace_text.' });
  const now = { title: parameterOf(lozenge, 'title') ?? '', colour: colourNow(lozenge) };
  if (edit.title !== undefined && edit.title !== now.title)
    changes.push(...some(parameterChange(source, lozenge, 'title', { value: edit.title })));
  const colour = edit.colour === undefined ? now.colour : colourOf(edit.colour);
  if (colour.toLowerCase() !== now.colour.toLowerCase()) {
    // Both spellings are in use; a page keeps its own.
    const spelling = parameterOf(lozenge, 'color') === null ? 'colour' : 'color';
    changes.push(...some(parameterChange(source, lozenge, spelling, { value: colour })));
  }
  if (changes.length > 0) return { changes: joined(changes) };
  return { changes, idle: `The status ${quoted(now.title)} is ${now.colour} already.` };
}

const some = (change: Change | null): Change[] => (change === null ? [] : [change]);

/** Without a colour a status is grey. */
function colourNow(lozenge: ElementNode): string {
  return (parameterOf(lozenge, 'colour') ?? parameterOf(lozenge, 'color') ?? '').trim() || 'Grey';
}

/** Two new parameters of one macro are put in at one place, as one change. */
function joined([first, second]: Change[]): Change[] {
  if (!first || !second) return first ? [first] : [];
  if (first.start !== second.start) return [first, second];
  return [{ ...first, text: first.text + second.text }];
}
