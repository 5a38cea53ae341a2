import { checkAccepted } from './accepted.ts';
import { neverClosed, wrongClose } from './nesting.ts';
import { type Attribute, tokenize } from './tokenize.ts';

export type ElementNode = {
  type: 'element';
  name: string;
  attributes: Attribute[];
  children: StorageNode[];
  parent: ElementNode | null;
  /** Offsets of the whole element. */
  start: number;
  end: number;
  /** Offset after the opening tag; of a self-closing element equal to `end`. */
  openEnd: number;
  /** Offset of the closing tag; of a self-closing element equal to `end`. */
  closeStart: number;
  selfClosing: boolean;
  /** 1 for a top-level element. */
  depth: number;
  /** The element's text nodes are `doc.texts[textFrom..textTo)`. */
  textFrom: number;
  textTo: number;
  /** The node and its descendants are `doc.nodes[index..last)`. */
  index: number;
  last: number;
};

export type LeafNode = {
  type: 'text' | 'cdata' | 'comment' | 'instruction';
  /** Decoded text. */
  text: string;
  parent: ElementNode | null;
  start: number;
  end: number;
  index: number;
  last: number;
  /** Text that a reader of the page does not see: macro parameters, task numbers, ADF fallbacks. */
  hidden: boolean;
};

export type StorageNode = ElementNode | LeafNode;

export type StorageDoc = {
  source: string;
  children: StorageNode[];
  /** All nodes in document order. */
  nodes: StorageNode[];
  /** Text and CDATA nodes in document order. */
  texts: LeafNode[];
  /** `charsBefore[i]`: visible characters in the text nodes before `texts[i]`; one entry more than texts. */
  charsBefore: number[];
  /** Depth of the deepest element. */
  depth: number;
};

const HIDDEN = new Set([
  'ac:parameter',
  'ac:default-parameter',
  'ac:task-id',
  'ac:task-uuid',
  'ac:task-status',
  'ac:adf-attribute',
  'ac:adf-fallback',
  'ac:adf-parameter',
]);

/** The decoded value of an attribute, or null. */
export function attr(element: ElementNode, name: string): string | null {
  for (const attribute of element.attributes) if (attribute.name === name) return attribute.value;
  return null;
}

/** A macro's title is drawn on the page, its other parameters are not. */
function isHidden(name: string, attributes: Attribute[]): boolean {
  if (!HIDDEN.has(name)) return false;
  return !(name === 'ac:parameter' && attributes.some((a) => a.name === 'ac:name' && a.value === 'title'));
}

/** Shorter bodies are read anew as fast as they are found. */
const WORTH_KEEPING = 4096;
/** Of bodies, and of their characters together: a tree takes some twenty times the memory of its text. */
const MAX_RECENT = { bodies: 6, chars: 6_000_000 };

/**
 * The bodies read last, until the work at hand gives way: to edit a page its body is read by the outline, the view,
 * the check and the diff, one after the other. Nothing is kept over an `await`.
 */
const recent: StorageDoc[] = [];

function keep(doc: StorageDoc): void {
  if (recent.length === 0) {
    queueMicrotask(() => {
      recent.length = 0;
    });
  }
  recent.unshift(doc);
  let chars = 0;
  const most = recent.findIndex((one, at) => {
    chars += one.source.length;
    return at > 0 && (at >= MAX_RECENT.bodies || chars > MAX_RECENT.chars);
  });
  if (most !== -1) recent.length = most;
}

/**
 * Parses storage format into a tree that knows the source offsets of every node. Work and memory are
 * linear in the input, whatever its nesting. The tree is shared between callers, so nobody may change it.
 *
 * @throws ContentError (`invalid_input` with line and column, or `too_large`)
 */
export function parseStorage(storage: string): StorageDoc {
  if (storage.length < WORTH_KEEPING) return readStorage(storage);
  const known = recent.find((doc) => doc.source === storage);
  if (known) return known;
  const doc = readStorage(storage);
  keep(doc);
  return doc;
}

function readStorage(storage: string): StorageDoc {
  const doc: StorageDoc = { source: storage, children: [], nodes: [], texts: [], charsBefore: [0], depth: 0 };
  const stack: ElementNode[] = [];
  let hiddenDepth = 0;
  let chars = 0;

  const add = (node: StorageNode): void => {
    (stack.at(-1)?.children ?? doc.children).push(node);
    doc.nodes.push(node);
  };
  const finish = (element: ElementNode, closeStart: number, end: number): void => {
    element.closeStart = closeStart;
    element.end = end;
    element.textTo = doc.texts.length;
    element.last = doc.nodes.length;
  };
  const leaf = (type: LeafNode['type'], text: string, start: number, end: number): void => {
    const index = doc.nodes.length;
    const hidden = hiddenDepth > 0;
    const node: LeafNode = {
      type,
      text,
      parent: stack.at(-1) ?? null,
      start,
      end,
      index,
      last: index + 1,
      hidden,
    };
    add(node);
    if (type !== 'text' && type !== 'cdata') return;
    doc.texts.push(node);
    if (!hidden) chars += text.length;
    doc.charsBefore.push(chars);
  };

  tokenize(storage, {
    open(name, attributes, start, end, selfClosing) {
      const textFrom = doc.texts.length;
      const index = doc.nodes.length;
      const element: ElementNode = {
        type: 'element',
        name,
        attributes,
        children: [],
        parent: stack.at(-1) ?? null,
        start,
        end,
        openEnd: end,
        closeStart: end,
        selfClosing,
        depth: stack.length + 1,
        textFrom,
        textTo: textFrom,
        index,
        last: index + 1,
      };
      add(element);
      if (element.depth > doc.depth) doc.depth = element.depth;
      if (selfClosing) return;
      stack.push(element);
      if (isHidden(name, attributes)) hiddenDepth += 1;
    },
    close(name, start, end) {
      const element = stack.at(-1);
      if (element?.name !== name) throw wrongClose(storage, stack, name, start);
      stack.pop();
      if (isHidden(name, element.attributes)) hiddenDepth -= 1;
      finish(element, start, end);
    },
    text: (text, start, end) => leaf('text', text, start, end),
    cdata: (text, start, end) => leaf('cdata', text, start, end),
    comment: (text, start, end) => leaf('comment', text, start, end),
    instruction: (text, start, end) => leaf('instruction', text, start, end),
  });
  const open = stack.at(-1);
  if (open) throw neverClosed(storage, open);
  return doc;
}

/**
 * Checks that storage is well-formed and that Confluence will take its names and entities.
 *
 * @throws ContentError with line, column and what is wrong
 */
export function checkStorage(storage: string): void {
  checkAccepted(parseStorage(storage));
}

/** Visible text inside a node, as written (white space kept), at most `limit` characters. */
export function visibleText(doc: StorageDoc, node: StorageNode, limit = Number.POSITIVE_INFINITY): string {
  if (node.type !== 'element')
    return node.type === 'text' || node.type === 'cdata' ? node.text.slice(0, limit) : '';
  const parts: string[] = [];
  let length = 0;
  // A bounded look stays bounded where nearly all text is hidden, or nested previews would be quadratic.
  const last = Math.min(node.textTo, node.textFrom + limit * 2);
  for (let i = node.textFrom; i < last && length < limit; i += 1) {
    const text = doc.texts[i];
    if (!text || text.hidden) continue;
    parts.push(text.text);
    length += text.text.length;
  }
  return parts.join('').slice(0, limit);
}

const IN_LINE =
  /^(?:a|strong|b|em|i|u|s|del|sub|sup|code|span|ac:link|ac:link-body|ac:plain-text-link-body|ac:inline-comment-marker)$/;

function lineOf(node: LeafNode): ElementNode | null {
  let parent = node.parent;
  for (let steps = 0; parent && IN_LINE.test(parent.name) && steps < 50; steps += 1) parent = parent.parent;
  return parent;
}

/** As `visibleText`, with a space between texts of different lines, cells or items. */
export function spacedText(doc: StorageDoc, node: StorageNode, limit: number): string {
  if (node.type !== 'element') return visibleText(doc, node, limit);
  let text = '';
  let line: ElementNode | null = null;
  const last = Math.min(node.textTo, node.textFrom + limit * 2);
  for (let i = node.textFrom; i < last && text.length < limit; i += 1) {
    const leaf = doc.texts[i];
    if (!leaf || leaf.hidden) continue;
    const own = lineOf(leaf);
    text += line !== null && own !== line ? ` ${leaf.text}` : leaf.text;
    line = own;
  }
  return text.slice(0, limit);
}

/** Number of visible characters inside a node. */
export function visibleChars(doc: StorageDoc, node: StorageNode): number {
  if (node.type !== 'element') return node.type === 'text' || node.type === 'cdata' ? node.text.length : 0;
  return (doc.charsBefore[node.textTo] ?? 0) - (doc.charsBefore[node.textFrom] ?? 0);
}
