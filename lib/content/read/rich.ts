import type { RichNode, RichTag } from '#lib/wire';
import { groupNodes } from '../blocks/groups.ts';
import { childElement, childElements, isBlank, isInline, macroName, ownText } from '../parse/elements.ts';
import { attr, type ElementNode, parseStorage, type StorageNode } from '../parse/parse.ts';
import {
  image,
  link,
  macro,
  type Pen,
  type RichOptions,
  safeHref,
  table,
  task,
  words,
} from './rich-parts.ts';

export { parametersText, type RichOptions } from './rich-parts.ts';

const MAX_DEPTH = 80;

const PLAIN: Record<string, RichTag> = {
  p: 'p',
  h1: 'h1',
  h2: 'h2',
  h3: 'h3',
  h4: 'h4',
  h5: 'h5',
  h6: 'h6',
  ul: 'ul',
  li: 'li',
  blockquote: 'blockquote',
  strong: 'strong',
  b: 'strong',
  em: 'em',
  i: 'em',
  u: 'u',
  ins: 'u',
  s: 's',
  del: 's',
  strike: 's',
  sub: 'sub',
  sup: 'sup',
  br: 'br',
  hr: 'hr',
  code: 'code',
  span: 'span',
  'ac:layout-section': 'layout',
  'ac:layout-cell': 'column',
  'ac:inline-comment-marker': 'comment',
};

type Writer = (element: ElementNode, pen: Pen) => RichNode | RichNode[];

const WRITERS: Record<string, Writer> = {
  'ac:link': link,
  'ac:image': image,
  img: image,
  table,
  'ac:task': task,
  'ac:task-list': (element, pen) => ({
    tag: 'ul',
    kids: pen.draw(childElements(element)),
  }),
  ol: (element, pen) => {
    const start = Number.parseInt(attr(element, 'start') ?? '1', 10);
    return {
      tag: 'ol',
      ...(start > 1 ? { at: { start } } : {}),
      kids: pen.draw(element.children),
    };
  },
  a: (element, pen) => {
    const href = safeHref(attr(element, 'href') ?? '');
    return { tag: 'a', ...(href ? { at: { href } } : {}), kids: pen.draw(element.children) };
  },
  pre: (element, pen) => ({ tag: 'pre', kids: pen.draw(element.children) }),
  time: (element) => ({ tag: 'date', kids: words(attr(element, 'datetime') ?? '') }),
  'ac:emoticon': (element) => ({
    tag: 'emoji',
    at: { title: attr(element, 'ac:emoji-shortname') ?? attr(element, 'ac:name') ?? '' },
    kids: words(attr(element, 'ac:emoji-fallback') ?? `:${attr(element, 'ac:name') ?? ''}:`),
  }),
  'ac:layout': (element, pen) => pen.draw(element.children),
  div: (element, pen) => pen.draw(element.children),
  'ac:placeholder': (element) => ({
    tag: 'macro',
    at: { kind: 'placeholder' },
    kids: words(ownText(element)),
  }),
  'ac:adf-extension': (element, pen) => {
    const node = childElement(element, 'ac:adf-node');
    const content = node ? childElement(node, 'ac:adf-content') : null;
    const kind = (node ? attr(node, 'type') : null) ?? 'extension';
    return { tag: 'macro', at: { kind }, kids: content ? pen.draw(content.children) : [] };
  },
};

const DISSOLVED = /^(tbody|thead|colgroup|col|div|small|big|font|kbd|tt|mark|cite|q)$/;

function drawn(element: ElementNode, pen: Pen): RichNode | RichNode[] {
  const name = macroName(element);
  if (name !== null) return macro(element, name, pen);
  const writer = WRITERS[element.name];
  if (writer) return writer(element, pen);
  const tag = PLAIN[element.name];
  const kids = pen.draw(element.children);
  if (tag) return kids.length > 0 ? { tag, kids } : { tag };
  return DISSOLVED.test(element.name) ? kids : { tag: 'macro', at: { kind: element.name }, kids };
}

/** True where a macro stands in a line of text and has nothing that would break the line. */
function standsInLine(element: ElementNode): boolean {
  if (
    element.children.some(
      (child) => child.type === 'element' && /^ac:(rich|plain)-text-body$/.test(child.name),
    )
  )
    return false;
  const { parent } = element;
  return isInline(element) || (parent !== null && (/^(p|h[1-6])$/.test(parent.name) || isInline(parent)));
}

/** An element with what is set on it, for a diff. What draws nothing of its own gets a box to carry it. */
function withFacts(
  element: ElementNode,
  made: RichNode | RichNode[],
  options: RichOptions,
): RichNode | RichNode[] {
  const facts = options.facts?.(element) ?? [];
  if (facts.length === 0 || typeof made === 'string') return made;
  if (!Array.isArray(made)) return { ...made, at: { ...made.at, facts } };
  return { tag: isInline(element) ? 'span' : 'div', at: { facts }, kids: made };
}

function richElement(element: ElementNode, options: RichOptions, depth: number): RichNode | RichNode[] {
  if (depth > MAX_DEPTH)
    return { tag: 'macro', at: { kind: element.name, title: 'nested too deeply to show' } };
  const made = drawn(element, { options, draw: (nodes) => richNodes(nodes, options, depth) });
  const inline = typeof made === 'object' && 'tag' in made && made.tag === 'macro' && standsInLine(element);
  return withFacts(element, inline ? { ...made, at: { ...made.at, inline } } : made, options);
}

/** Nodes as a safe tree: known tags only, checked addresses, nothing that could run or load. */
export function richNodes(nodes: StorageNode[], options: RichOptions = {}, depth = 0): RichNode[] {
  const out: RichNode[] = [];
  const blocks = nodes.some((node) => node.type === 'element' && !isInline(node));
  for (const node of nodes) {
    if (node.type === 'element') {
      const made = richElement(node, options, depth + 1);
      if (Array.isArray(made)) for (const one of made) out.push(one);
      else out.push(made);
    } else if (node.type === 'text' || node.type === 'cdata') {
      if (!(blocks && isBlank(node))) for (const one of words(node.text)) out.push(one);
    }
  }
  return out;
}

/**
 * A body as the browser draws it: a small tree of known tags in which nothing can run and nothing loads.
 * Addresses other than http, https and mailto are dropped; macros are named with their parameters.
 *
 * @throws ContentError on malformed storage
 */
export function toRich(storage: string, options: RichOptions = {}): RichNode[] {
  const doc = parseStorage(storage);
  return groupNodes(doc.children).flatMap(({ nodes }): RichNode[] => {
    const [node] = nodes;
    const inner = richNodes(nodes, options);
    return node && isInline(node) ? [{ tag: 'p', kids: inner }] : inner;
  });
}
