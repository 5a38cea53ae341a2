import type { EditedPage } from '../edit/change.ts';
import { smallStorage, soleParagraph } from '../edit/inline-text.ts';
import { escapeAttribute } from '../parse/entities.ts';
import { attr, type ElementNode } from '../parse/parse.ts';
import type { Grid } from './grid.ts';

/** Attributes of a cell that shape the table; colours, ids, spans and the like are the cell's own. */
const SHAPE = new Set([
  'scope',
  'width',
  'align',
  'valign',
  'nowrap',
  'dir',
  'lang',
  'data-colwidth',
  'data-align',
  'data-valign',
]);
const SHAPE_STYLE = /^(?:text-align|vertical-align|width|min-width|max-width|white-space)$/i;

const shapeStyle = (style: string): string =>
  style
    .split(';')
    .map((one) => one.trim())
    .filter((one) => SHAPE_STYLE.test(one.split(':')[0]?.trim() ?? ''))
    .map((one) => `${one};`)
    .join(' ');

const shapeClass = (value: string): string =>
  value
    .split(/\s+/)
    .filter((one) => one !== '' && !/^highlight/i.test(one))
    .join(' ');

const attribute = (name: string, value: string): string =>
  value === '' ? '' : ` ${name}="${escapeAttribute(value)}"`;

/** Attributes that a new cell takes over from one like it. `colour`: of a highlight that all its like have. */
function shapeOf(source: string, model: ElementNode, colour: string | null): string {
  const kept = model.attributes.map(({ name, value, start, end }) => {
    if (SHAPE.has(name)) return ` ${name}=${source.slice(start - 1, end + 1)}`;
    if (name === 'style') return attribute(name, shapeStyle(value));
    return name === 'class' ? attribute(name, shapeClass(value)) : '';
  });
  return kept.join('') + (colour === null ? '' : attribute('data-highlight-colour', colour));
}

/** The colour that all given cells have, where there are several. */
export function sharedColour(cells: readonly ElementNode[]): string | null {
  const colours = new Set(cells.map((cell) => attr(cell, 'data-highlight-colour')));
  const [colour] = colours;
  return cells.length > 1 && colours.size === 1 ? (colour ?? null) : null;
}

/** How text stands in a cell: in a paragraph with these attributes, or bare (null). */
export function paragraphOf(source: string, model: ElementNode | null, table: ElementNode): string | null {
  if (model && model.children.length > 0) {
    const paragraph = model.children.find((child) => child.type === 'element' && child.name === 'p');
    if (paragraph?.type !== 'element')
      return model.children.some((c) => c.type === 'element' && /^[uo]l$/.test(c.name)) ? '' : null;
    return attribute('style', shapeStyle(attr(paragraph, 'style') ?? ''));
  }
  // Beside an empty cell the table itself tells.
  const bare = /<t[dh][^>]*>(?=[^<\s])/.test(
    source.slice(table.start, Math.min(table.end, table.start + 20_000)),
  );
  return bare ? null : '';
}

/** A cell's inside for new Markdown: a line in a paragraph (with these attributes) or bare, blocks as they are. */
export function cellInner(page: EditedPage, markdown: string, paragraph: string | null): string {
  const storage = smallStorage(page, markdown);
  if (storage === '') return paragraph === null ? '' : '<p />';
  const only = soleParagraph(storage);
  if (!only) return storage;
  const inner = storage.slice(only.openEnd, only.closeStart);
  return paragraph === null ? inner : `<p${paragraph}>${inner}</p>`;
}

export type NewCell = {
  kind: 'td' | 'th';
  /** A cell like it. */
  model: ElementNode | null;
  colour: string | null;
  markdown: string;
};

/** A new cell as storage. */
export function cellStorage(page: EditedPage, grid: Grid, cell: NewCell): string {
  const { source } = page.tree.doc;
  const shape = cell.model ? shapeOf(source, cell.model, cell.colour) : '';
  const inner = cellInner(page, cell.markdown, paragraphOf(source, cell.model, grid.table));
  return `<${cell.kind}${shape}>${inner}</${cell.kind}>`;
}

/** Numbers its rows by itself, as Confluence's numbered column does. */
export const isNumbering = (cell: ElementNode): boolean =>
  /(?:^|\s)numberingColumn(?:\s|$)/.test(attr(cell, 'class') ?? '');

/** A cell's opening tag with a span of another size; the attribute goes where the size is 1. */
export function spanChange(
  source: string,
  cell: ElementNode,
  name: 'colspan' | 'rowspan',
  size: number,
): { start: number; end: number; text: string } {
  const given = cell.attributes.find((one) => one.name === name);
  if (!given) {
    const at = cell.start + 1 + cell.name.length;
    return { start: at, end: at, text: ` ${name}="${size}"` };
  }
  if (size > 1) return { start: given.start, end: given.end, text: String(size) };
  const before = source.slice(cell.start, given.start - 1);
  const head = /(?<!\s)\s+[\w:-]+\s*=\s*$/.exec(before)?.[0].length ?? 0;
  return { start: given.start - 1 - head, end: given.end + 1, text: '' };
}
