import { childElements, isVolatile, macroName, parametersOf } from '../parse/elements.ts';
import { readable } from '../parse/invisible.ts';
import { attr, type ElementNode, type StorageNode } from '../parse/parse.ts';
import { placeholderValue } from './canonical.ts';
import { bytesOf, idFor, note, type View } from './context.ts';
import { lossOf } from './unshown.ts';
import { parameterDetail, wordsOf } from './words.ts';

const MAX_TEXT = 2000;
/** A placeholder that is longer is not recognised when it comes back. */
const MAX_DETAILS = 4000;

const textDetail = (key: string, text: string): string[] =>
  text === '' ? [] : [`${key}=${placeholderValue(text, MAX_TEXT + 20)}`];

function attributeDetails(element: ElementNode): string[] {
  return element.attributes
    .filter(({ name, value }) => value !== '' && !isVolatile(name) && lossOf(element, name, true) === null)
    .map(
      ({ name, value }) =>
        `${name.replace(/^(?!data-)\w+:/, '').replace(/[^\w.-]/g, '-')}=${placeholderValue(readable(value))}`,
    );
}

/** The attributes of an element whose content is shown beside it. */
export function ownDetails(view: View, element: ElementNode): string[] {
  view.described.set(element, element.index + 1);
  return attributeDetails(element);
}

/** The name of an element in placeholders and fences. */
export function elementName(element: ElementNode): string {
  if (element.name === 'ac:adf-extension') return 'adf';
  const person =
    element.name === 'ac:link' && element.children.some((c) => c.type === 'element' && c.name === 'ri:user');
  return person ? 'mention' : element.name.replace(/^ac:/, '').replace(/[^\w:.-]/g, '-');
}

const isResource = (node: StorageNode): node is ElementNode =>
  node.type === 'element' && node.name.startsWith('ri:') && node.attributes.length > 0;

/** Attributes of an element and of the page, file or person it names; then what else it says. */
function elementDetails(view: View, element: ElementNode): string[] {
  const [resource, ...more] = element.children.filter(isResource);
  const alone = resource !== undefined && more.length === 0 ? resource : null;
  const inner = alone ? alone.children.filter(isResource) : [];
  const flat = alone && inner.length === alone.children.length ? [alone, ...inner] : [];
  const rest = element.children.filter((child) => !(flat as StorageNode[]).includes(child));
  return [
    ...[element, ...flat].flatMap(attributeDetails),
    ...textDetail('text', wordsOf(view, rest, MAX_TEXT)),
  ];
}

const isBody = (node: StorageNode): boolean =>
  node.type === 'element' && /^ac:(?:rich|plain)-text-body$/.test(node.name);

/** What a macro holds besides its parameters and the body that is shown: a second body, images, comments. */
function rest(view: View, macro: ElementNode, body: ElementNode | null): StorageNode[] {
  const nodes = macro.children.filter(
    (child) =>
      child !== body &&
      !(child.type === 'text' && child.text.trim() === '') &&
      !(child.type === 'element' && /^ac:(?:default-)?parameter$/.test(child.name)),
  );
  for (const node of nodes) view.described.set(node, node.last);
  return nodes;
}

/**
 * Parameters of a macro as `key=value`, long values cut visibly; then `more`, what it holds besides its body.
 * `titled`: the title is shown elsewhere.
 */
export function macroDetails(
  view: View,
  macro: ElementNode,
  body: ElementNode | null,
  titled: boolean,
): string[] {
  const details: string[] = [];
  let length = 0;
  let left = 0;
  for (const { name, element } of parametersOf(macro).sort((a, b) => order(a.name) - order(b.name))) {
    view.described.set(element, element.last);
    if (titled && name === 'title') {
      titled = false;
      continue;
    }
    const detail =
      length > MAX_DETAILS ? '' : parameterDetail(view, name || (attr(element, 'name') ?? ''), element);
    if (detail === '') left += 1;
    else details.push(detail);
    length += detail.length;
  }
  if (left > 0) {
    note(view, 'parameters of a macro with very many');
    details.push(`parameters-left-out=${left}`);
  }
  return [...details, ...textDetail('more', wordsOf(view, rest(view, macro, body), MAX_TEXT))];
}

/** What says most comes first: a Jira key before the server it lies on. */
const order = (name: string): number => (/^(?:key|jql|jqlQuery|cql)?$/.test(name) ? 0 : 1);

/** The name of a macro in a placeholder, e.g. `macro:jira`. */
export const macroWord = (name: string): string => `macro:${name.replace(/[^\w:.-]/g, '-')}`;

/** What names a macro or element and all it says: `macro:jira key=ENG-1`. */
export function describeElement(view: View, node: StorageNode): string {
  view.described.set(node, node.last);
  if (node.type !== 'element') {
    const text = node.type === 'comment' || node.type === 'instruction' ? node.text : '';
    return [`element:${node.type}`, ...textDetail('text', readable(text))].join(' ');
  }
  const macro = macroName(node);
  if (macro === null) {
    return [`element:${elementName(node)}`, ...elementDetails(view, node)].join(' ');
  }
  const body = childElements(node).find(isBody) ?? null;
  const text = body ? textDetail('text', wordsOf(view, body.children, MAX_TEXT)) : [];
  return [macroWord(macro), ...macroDetails(view, node, body, false), ...text].join(' ');
}

/**
 * The visible text that stands for an element, e.g. `{{macro:jira key=ENG-1 #4f2a1c}}`. It is recorded
 * with its bytes, so that it can be put back. With `openTag` it stands for the opening half of a pair.
 */
export function placeholder(view: View, node: StorageNode, block: boolean, openTag?: string): string {
  const bytes = openTag ?? bytesOf(view, node);
  const id = idFor(view.record.byId, bytes, (atom) => atom.bytes === bytes);
  const markdown = openTag === undefined ? `{{${describeElement(view, node)} #${id}}}` : `{comment #${id}}`;
  if (!view.record.byId.has(id)) view.record.byId.set(id, { markdown, bytes, block });
  return markdown;
}

/** The attribute details of ADF nodes: `panel-type=custom`. */
export function adfDetails(view: View, node: ElementNode): string[] {
  return childElements(node)
    .filter((child) => child.name === 'ac:adf-attribute' && attr(child, 'key') !== 'local-id')
    .map((child) => {
      view.described.set(child, child.last);
      return parameterDetail(view, attr(child, 'key') ?? '', child);
    });
}
