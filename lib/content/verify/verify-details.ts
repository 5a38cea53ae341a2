import { pairSimilar, similarity, wordsOf } from '../diff/similar.ts';
import { collapse } from '../parse/elements.ts';
import { type ElementNode, parseStorage, type StorageDoc, spacedText } from '../parse/parse.ts';
import { nameOf, type Unit } from '../units.ts';
import { savedForm } from './saved-form.ts';

const shape = (unit: Unit): string => `${unit.part} ${unit.block.kind} ${unit.block.macro ?? ''}`;

/** Pairs blocks with what became of them, in order: those of the same kind with words in common. */
export function pairVersions(from: Unit[], to: Unit[]): [Unit, Unit][] {
  const words = new Map<Unit, Map<string, number>>();
  const wordsIn = (unit: Unit): Map<string, number> => {
    const known = words.get(unit) ?? wordsOf(unit.key.replace(/<[^>]*>/g, ' '));
    words.set(unit, known);
    return known;
  };
  const alike = (a: Unit, b: Unit): number => {
    if (shape(a) !== shape(b)) return 0;
    if (a.block.id === b.block.id) return 0.9;
    return similarity(wordsIn(a), wordsIn(b));
  };
  return pairSimilar(from, to, alike, shape).flatMap(([a, b]): [Unit, Unit][] => {
    const [one, other] = [from[a], to[b]];
    return one && other ? [[one, other]] : [];
  });
}

/** A block as people find it: `paragraph "Text" under "Heading"`. */
export function namedUnit(unit: Unit): string {
  const heading = unit.block.headingPath.at(-1);
  return `${nameOf(unit)}${heading === undefined ? '' : ` under "${heading}"`}`;
}

const EXCERPT = 120;
const BEFORE = 30;

const quoted = (text: string): string => (text === '' ? 'nothing' : `"${text}"`);

/** Two texts from a little before their first difference on. */
function excerpts(a: string, b: string): [string, string] {
  let at = 0;
  while (at < a.length && at < b.length && a[at] === b[at]) at += 1;
  const from = at <= BEFORE ? 0 : at - BEFORE;
  const cut = (text: string): string => {
    const shown = [...text.slice(from, from + EXCERPT * 2)].slice(0, EXCERPT).join('').trim();
    return shown === '' ? '' : `${from > 0 ? '…' : ''}${shown}${from + EXCERPT < text.length ? '…' : ''}`;
  };
  return [cut(a), cut(b)];
}

const tokens = (form: string): string[] => form.split(/(?=<)|(?<=>)/).filter((token) => token !== '');

/** What differs: the words, or where those are the same, the first tag. */
function difference(a: { text: string; form: string }, b: { text: string; form: string }): string {
  if (a.text !== b.text) {
    const [approved, there] = excerpts(a.text, b.text);
    return `approved ${quoted(approved)}, there ${quoted(there)}`;
  }
  const [wanted, found] = [tokens(a.form), tokens(b.form)];
  let at = 0;
  while (at < wanted.length && wanted[at] === found[at]) at += 1;
  const shown = (list: string[]): string => list[at]?.slice(0, EXCERPT * 2) ?? 'nothing more';
  return `approved ${shown(wanted)}, there ${shown(found)}`;
}

type Cell = { text: string; form: string };

const inside = (element: ElementNode, names: readonly string[]): ElementNode[] =>
  element.children.filter(
    (child): child is ElementNode => child.type === 'element' && names.includes(child.name),
  );

function rowsOf(doc: StorageDoc, table: ElementNode): Cell[][] {
  const parts = [...inside(table, ['thead', 'tbody', 'tfoot'])];
  const rows = [table, ...parts].flatMap((part) => inside(part, ['tr']));
  return rows
    .sort((a, b) => a.start - b.start)
    .map((row) =>
      inside(row, ['td', 'th']).map((cell) => ({
        text: collapse(spacedText(doc, cell, 2000)),
        form: savedForm(doc, [cell]),
      })),
    );
}

const MAX_CELLS = 5;

/** The cells that differ, by row and column; null where the difference is not in single cells. */
function cellsThatDiffer(approved: Cell[][], there: Cell[][]): string | null {
  const sameShape =
    approved.length === there.length && approved.every((row, y) => row.length === there[y]?.length);
  if (!sameShape) {
    const left = new Set(there.map((row) => row.map(({ form }) => form).join('')));
    const gone = approved.findIndex((row) => !left.has(row.map(({ form }) => form).join('')));
    const size = `approved ${approved.length} ${approved.length === 1 ? 'row' : 'rows'}, there ${there.length}`;
    const row = approved[gone];
    return row === undefined
      ? size
      : `row ${gone + 1} (${quoted(
          row
            .map(({ text }) => text)
            .join(' | ')
            .slice(0, EXCERPT),
        )}) is not there as approved; ${size}`;
  }
  const found: string[] = [];
  for (const [y, row] of approved.entries())
    for (const [x, cell] of row.entries()) {
      const other = there[y]?.[x];
      if (other && other.form !== cell.form)
        found.push(`row ${y + 1}, column ${x + 1}: ${difference(cell, other)}`);
    }
  if (found.length === 0) return null;
  const more = found.length > MAX_CELLS ? `; and ${found.length - MAX_CELLS} more cells` : '';
  return found.slice(0, MAX_CELLS).join('; ') + more;
}

/** The table that a block is, alone or with others; its own document, so that cells can be read. */
function tableIn(unit: Unit): Cell[][] | null {
  if (unit.block.kind !== 'table') return null;
  const doc = parseStorage(unit.bytes);
  const [table] = doc.children;
  return table?.type === 'element' ? rowsOf(doc, table) : null;
}

function contentOf(unit: Unit): { text: string; form: string } {
  const words = unit.key
    .replace(/<!--[\s\S]*?-->|<[^>]*>/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
  return { text: collapse(words), form: unit.key };
}

/** `Not as approved: table "Plan" under "Limits": row 2, column 3: approved "20", there "50"`. */
export function alteredDetail(approved: Unit, there: Unit): string {
  const [wanted, found] = [tableIn(approved), tableIn(there)];
  const cells = wanted && found ? cellsThatDiffer(wanted, found) : null;
  return `Not as approved: ${namedUnit(approved)}: ${cells ?? difference(contentOf(approved), contentOf(there))}`;
}
