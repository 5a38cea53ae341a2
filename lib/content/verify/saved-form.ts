import { isBlank, isInline, isVolatile, macroName } from '../parse/elements.ts';
import { escapeAttribute, escapeXml } from '../parse/entities.ts';
import { attr, type ElementNode, type StorageDoc, type StorageNode } from '../parse/parse.ts';

/** Confluence writes these as those. */
const RENAMED: Record<string, string> = {
  b: 'strong',
  i: 'em',
  s: 'del',
  strike: 'del',
  'ac:plain-text-link-body': 'ac:link-body',
};

const named = (element: ElementNode): string => RENAMED[element.name] ?? element.name;

/** Attributes that Confluence writes out with what is the default anyway. */
const DEFAULTS: Record<string, string> = {
  'ol start': '1',
  'table data-layout': 'default',
  'table data-table-width': '760',
  'td colspan': '1',
  'td rowspan': '1',
  'th colspan': '1',
  'th rowspan': '1',
  'ac:structured-macro data-layout': 'default',
  'ac:layout-section ac:breakout-mode': 'default',
  'ac:image ac:align': 'center',
  'ac:image ac:layout': 'center',
};

/** `color: red; width:2px` as `color: red;width: 2px;`; what is no plain list of declarations stays. */
function styleOf(value: string): string {
  if (/["']|\([^()]*;/.test(value)) return value;
  return value
    .split(';')
    .filter((declaration) => declaration.trim() !== '')
    .map((declaration) => {
      const colon = declaration.indexOf(':');
      if (colon === -1) return declaration.trim();
      const set = declaration.slice(colon + 1).trim();
      return `${declaration.slice(0, colon).trim().toLowerCase()}: ${set.replace(/(?<!\s)\s*,\s*/g, ',')}`;
    })
    .join(';');
}

function openTag(element: ElementNode): string {
  const attributes = element.attributes
    .filter(
      ({ name, value }) =>
        !isVolatile(name) && name !== 'ac:task-list-id' && DEFAULTS[`${element.name} ${name}`] !== value,
    )
    .map(({ name, value }) => {
      const even = name === 'style' ? styleOf(value) : value.replace(/\r\n?/g, '\n');
      return ` ${name}="${escapeAttribute(even)}"`;
    })
    .sort();
  return `<${named(element)}${attributes.join('')}>`;
}

/** Elements between whose children white space means nothing. */
const STRUCTURE =
  /^(?:ul|ol|table|tbody|thead|tfoot|tr|colgroup|ac:(?:layout(?:-section|-cell)?|structured-macro|macro|task-list|task|image|link|adf-.*))$/;

/** Columns of equal width are what Confluence fills in by itself. */
function isFilledIn(colgroup: ElementNode): boolean {
  const columns = colgroup.children.filter((child) => child.type === 'element');
  const styles = new Set(columns.map((column) => styleOf(attr(column, 'style') ?? '')));
  return (
    styles.size <= 1 && columns.every(({ attributes }) => attributes.every(({ name }) => name === 'style'))
  );
}

const isPlain = (element: ElementNode): boolean => openTag(element) === `<${named(element)}>`;

/** Tags that are there or not without a difference: Confluence puts them around what is inside. */
function isTransparent(element: ElementNode): boolean {
  const { name, parent } = element;
  if (name === 'tbody') return isPlain(element);
  if (parent?.name !== 'ac:task-body') return false;
  if (name === 'span') return attr(element, 'class') === 'placeholder-inline-tasks';
  return (
    name === 'p' && isPlain(element) && parent.children.every((child) => child === element || isBlank(child))
  );
}

/** Pictures and macros without a body stand in a line where there is text beside them. */
function mayStandInLine(node: StorageNode): boolean {
  if (node.type !== 'element') return false;
  if (node.name === 'ac:image' || node.name === 'img') return true;
  const isBody = (child: StorageNode): boolean =>
    child.type === 'element' && /^ac:(?:rich|plain)-text-body$/.test(child.name);
  return macroName(node) !== null && !node.children.some(isBody);
}

const HOLDERS = new Set(['li', 'td', 'th', 'blockquote']);

/** What is to be written around and of the children of list items, cells and quotes. By index of the node. */
type Lines = {
  /** A paragraph begins before this node, ends after that one. */
  begin: Set<number>;
  end: Set<number>;
  /** White space goes from the beginning, from the end; the node goes. */
  trimStart: Set<number>;
  trimEnd: Set<number>;
  gone: Set<number>;
};

/** Bare text in a list item, cell or quote is a paragraph of its own. */
function readLines(holder: ElementNode, lines: Lines): void {
  let run: StorageNode[] = [];
  const flush = (): void => {
    const words = run.filter((node) => !isBlank(node));
    const [first, last] = [words[0], words.at(-1)];
    if (first && last && words.some(isInline)) {
      lines.begin.add(first.index);
      lines.end.add(last.index);
      lines.trimStart.add(first.index);
      lines.trimEnd.add(last.index);
      for (const node of run) {
        if (node.index < first.index || node.index > last.index) lines.gone.add(node.index);
      }
    }
    run = [];
  };
  for (const child of holder.children) {
    if (isInline(child) || mayStandInLine(child)) run.push(child);
    else flush();
  }
  flush();
}

const standsInLine = (node: StorageNode | undefined): boolean => node !== undefined && isInline(node);

/** White space between blocks; between words and inline elements it is a space. */
function isMeaningless(node: StorageNode, before: StorageNode | undefined, doc: StorageDoc): boolean {
  if (!isBlank(node)) return false;
  if (node.parent && STRUCTURE.test(node.parent.name)) return true;
  if (node.parent && isInline(node.parent) && !isTransparent(node.parent)) return false;
  const next = doc.nodes[node.last];
  const after = next && next.parent === node.parent ? next : undefined;
  return !standsInLine(before) || !standsInLine(after);
}

const SKIPPED = new Set(['ac:task-id', 'ac:task-uuid']);

/**
 * Nodes in a form in which what was sent equals what Confluence makes of it on save, and nothing else does: without
 * the ids it adds, references resolved, attributes sorted and without those it fills in with their default, bare
 * text of list items and cells in paragraphs, no `tbody`, no columns of equal width, no numbers of check boxes, no
 * white space between blocks.
 */
export function savedForm(doc: StorageDoc, nodes: readonly StorageNode[]): string {
  const parts: string[] = [];
  const lines: Lines = {
    begin: new Set(),
    end: new Set(),
    trimStart: new Set(),
    trimEnd: new Set(),
    gone: new Set(),
  };
  const lastOf = new Map<ElementNode | null, StorageNode>();
  const text = (node: StorageNode & { text: string }): string => {
    let even = node.text.replace(/\r\n?/g, '\n');
    if (node.type === 'text' && lines.trimStart.has(node.index)) even = even.replace(/^[ \t\n]+/, '');
    if (node.type === 'text' && lines.trimEnd.has(node.index))
      even = even.replace(/(?<![ \t\n])[ \t\n]+$/, '');
    return escapeXml(even);
  };
  for (const root of nodes) {
    const open: { node: ElementNode; close: string }[] = [];
    const ended = (index: number): void => {
      if (lines.end.has(index)) parts.push('</p>');
    };
    const closeTo = (index: number): void => {
      for (let last = open.at(-1); last && last.node.last <= index; last = open.at(-1)) {
        parts.push(last.close);
        ended(last.node.index);
        open.pop();
      }
    };
    for (let i = root.index; i < root.last; i += 1) {
      closeTo(i);
      const node = doc.nodes[i];
      if (!node) continue;
      const before = lastOf.get(node.parent);
      lastOf.set(node.parent, node);
      if (lines.gone.has(i) || isMeaningless(node, before, doc)) continue;
      if (lines.begin.has(i)) parts.push('<p>');
      if (node.type !== 'element') {
        const written =
          node.type === 'text' || node.type === 'cdata'
            ? text(node)
            : doc.source.slice(node.start, node.end).replace(/\r\n?/g, '\n');
        parts.push(written);
        ended(i);
        continue;
      }
      if (SKIPPED.has(node.name) || (node.name === 'colgroup' && isFilledIn(node))) {
        i = node.last - 1;
        continue;
      }
      if (isTransparent(node)) {
        open.push({ node, close: '' });
        continue;
      }
      parts.push(openTag(node));
      open.push({ node, close: `</${named(node)}>` });
      if (!HOLDERS.has(node.name)) continue;
      readLines(node, lines);
      if (node.children.every(isBlank)) parts.push('<p></p>');
    }
    closeTo(root.last);
  }
  return parts.join('');
}
