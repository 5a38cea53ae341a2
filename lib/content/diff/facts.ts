import {
  childElement,
  childElements,
  collapse,
  isVolatile,
  macroName,
  ownText,
  parametersOf,
} from '../parse/elements.ts';
import { stripInvisible } from '../parse/invisible.ts';
import { attr, type ElementNode } from '../parse/parse.ts';
import { tableRows } from '../view/table.ts';

/** Something set on an element that its drawing does not say, by the name a person would use. */
export type Fact = [name: string, value: string];

/** Names of attributes as people call them; the others lose their prefix and dashes. */
const NAMED: Record<string, string> = {
  href: 'link',
  start: 'first number',
  style: 'style',
  colspan: 'columns spanned',
  rowspan: 'rows spanned',
  'data-highlight-colour': 'background',
  'data-table-width': 'table width',
  'data-table-display-mode': 'table display mode',
  'ac:original-width': 'original width',
  'ac:original-height': 'original height',
  'ac:custom-width': 'custom width',
  'ac:alt': 'alternative text',
  alt: 'alternative text',
  'ac:name': 'emoji',
  'ac:emoji-shortname': 'emoji',
  'ac:ref': 'comment',
  'ac:type': 'type',
};

/** Elements of one meaning that are drawn alike. */
const ALIASES = new Set([
  'b',
  'i',
  'strike',
  'del',
  'ins',
  'small',
  'big',
  'font',
  'kbd',
  'tt',
  'mark',
  'cite',
  'q',
]);

const nameOf = (attribute: string): string =>
  NAMED[attribute] ?? attribute.replace(/^(?:ac|ri|data|at):?-?/, '').replaceAll('-', ' ');

function styleFacts(style: string): Fact[] {
  const facts: Fact[] = [];
  for (const declaration of style.split(';')) {
    const at = declaration.indexOf(':');
    const [name, value] =
      at === -1 ? ['style', declaration] : [declaration.slice(0, at), declaration.slice(at + 1)];
    if (value.trim() !== '') facts.push([name.trim().replaceAll('-', ' '), value.trim()]);
  }
  return facts.length === 0 && style !== '' ? [['style', style]] : facts;
}

function attributeFacts(element: ElementNode, except: (name: string) => boolean = () => false): Fact[] {
  const facts: Fact[] = [];
  for (const { name, value } of element.attributes) {
    if (isVolatile(name) || except(name)) continue;
    if (name === 'style') for (const piece of styleFacts(value)) facts.push(piece);
    else facts.push([nameOf(name), value]);
  }
  return facts;
}

const MAX_VALUE = 500;

/** Text and attribute values of an element that is never drawn, in one line. */
function described(element: ElementNode): string {
  const parts: string[] = [];
  const stack: ElementNode[] = [element];
  let length = 0;
  for (let one = stack.pop(); one && length < MAX_VALUE; one = stack.pop()) {
    const values = one.attributes.filter(({ name }) => !isVolatile(name)).map(({ value }) => value);
    for (const part of [collapse(ownText(one)), ...values]) {
      if (part !== '') parts.push(part);
      length += part.length;
    }
    for (const piece of childElements(one).reverse()) stack.push(piece);
  }
  return parts.join(' ');
}

/** Where a link of Confluence's own leads, in words. */
function targetOf(link: ElementNode): Fact[] {
  const target = childElements(link).find(({ name }) => name.startsWith('ri:'));
  const anchor = attr(link, 'ac:anchor');
  const facts: Fact[] = [];
  if (target?.name === 'ri:user') facts.push(['person', described(target)]);
  else if (target || anchor !== null) {
    const space = target ? attr(target, 'ri:space-key') : null;
    const name = target
      ? (attr(target, 'ri:content-title') ??
        attr(target, 'ri:filename') ??
        attr(target, 'ri:value') ??
        described(target))
      : '';
    const place = space !== null && space !== name && name !== '' ? `${space} / ${name}` : name;
    facts.push(['link', `${place}${anchor === null ? '' : `#${anchor}`}`]);
  }
  return [...facts, ...attributeFacts(link, (name) => name === 'ac:anchor')];
}

function imageFacts(image: ElementNode): Fact[] {
  const facts: Fact[] = [];
  for (const child of childElements(image)) {
    if (child.name === 'ri:attachment') facts.push(['file', described(child)]);
    else if (child.name === 'ri:url') facts.push(['address', described(child)]);
    else if (child.name === 'ac:adf-mark') facts.push([attr(child, 'key') ?? 'mark', described(child)]);
    else if (child.name !== 'ac:caption') facts.push([nameOf(child.name), described(child)]);
  }
  return [...facts, ...attributeFacts(image)];
}

function macroFacts(macro: ElementNode, name: string): Fact[] {
  const facts: Fact[] = [];
  for (const { name: parameter, value, element } of parametersOf(macro)) {
    const text = collapse(value) === '' ? described(element) : collapse(value);
    // What a status says is drawn; everything else a macro is given is not, or not as a value.
    if (name === 'status' && parameter === 'title') continue;
    facts.push([parameter === '' ? 'value' : parameter, text]);
  }
  for (const child of childElements(macro)) {
    if (!/^ac:(parameter|default-parameter|rich-text-body|plain-text-body)$/.test(child.name))
      facts.push([nameOf(child.name), described(child)]);
  }
  return [...facts, ...attributeFacts(macro, (attribute) => attribute === 'ac:name')];
}

function tableFacts(table: ElementNode): Fact[] {
  const widths: string[] = [];
  const facts: Fact[] = [];
  for (const group of childElements(table)) {
    if (/^t(body|head|foot)$/.test(group.name)) for (const piece of attributeFacts(group)) facts.push(piece);
    if (group.name !== 'colgroup') continue;
    for (const piece of attributeFacts(group)) facts.push(piece);
    for (const col of childElements(group)) {
      const style = attr(col, 'style');
      const width = style === null ? null : /^\s*width:\s*([\d.]+?)(?:\.0+)?px;?\s*$/.exec(style)?.[1];
      widths.push(width ?? described(col));
    }
  }
  const head = childElements(table).some(({ name }) => name === 'thead');
  if (head && tableRows(table).length > 0) facts.push(['header section', 'yes']);
  if (widths.some((width) => width !== '')) facts.push(['column widths', widths.join(', ')]);
  return [...facts, ...attributeFacts(table)];
}

function taskFacts(task: ElementNode): Fact[] {
  const body = childElement(task, 'ac:task-body');
  const facts = childElements(task)
    .filter(({ name }) => name === 'ac:task-id' || name === 'ac:task-uuid')
    .map(
      (child): Fact => [child.name === 'ac:task-id' ? 'task number' : 'task id', collapse(ownText(child))],
    );
  return [...facts, ...attributeFacts(task), ...(body ? attributeFacts(body) : [])];
}

/** Of an ADF extension: its type and every attribute that stands outside its drawn content. */
function extensionFacts(extension: ElementNode): Fact[] {
  const facts: Fact[] = [];
  for (const node of childElements(extension)) {
    if (node.name === 'ac:adf-fallback') continue;
    for (const piece of attributeFacts(node)) facts.push(piece);
    for (const child of childElements(node)) {
      if (child.name === 'ac:adf-content') continue;
      const key = attr(child, 'key');
      if (key === 'local-id') continue;
      facts.push([
        (key ?? nameOf(child.name)).replaceAll('-', ' '),
        described(child)
          .replace(key ?? '', '')
          .trim(),
      ]);
    }
  }
  return facts;
}

/** Everything set on an element that its drawing does not say as text: attributes, parameters, targets, widths. */
export function factsOf(element: ElementNode): Fact[] {
  const macro = macroName(element);
  let facts: Fact[];
  if (macro !== null) facts = macroFacts(element, macro);
  else if (element.name === 'ac:link') facts = targetOf(element);
  else if (element.name === 'ac:image' || element.name === 'img') facts = imageFacts(element);
  else if (element.name === 'ac:task') facts = taskFacts(element);
  else if (element.name === 'table') facts = tableFacts(element);
  else if (element.name === 'ac:adf-extension') facts = extensionFacts(element);
  else facts = attributeFacts(element, (name) => element.name === 'time' && name === 'datetime');
  if (ALIASES.has(element.name)) facts.push(['element', element.name]);
  return facts.map(([name, value]) => [name, readable(value)]);
}

function readable(value: string): string {
  const text = collapse(stripInvisible(value));
  return text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE).toWellFormed()}…` : text;
}
