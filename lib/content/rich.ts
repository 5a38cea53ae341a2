import type { RichNode, RichTag } from '#lib/wire';
import {
  childElement,
  childElements,
  collapse,
  isBlank,
  isInline,
  macroName,
  ownText,
  parameterOf,
  parametersOf,
} from './elements.ts';
import { groupNodes } from './groups.ts';
import { stripInvisible } from './invisible.ts';
import { attr, type ElementNode, parseStorage, type StorageNode } from './parse.ts';
import { tableRows } from './view/table.ts';

export type RichOptions = {
  /** Names of people by account id. */
  people?: Record<string, string>;
  /** The address of a page by title and space key. */
  pageUrl?: (title: string, spaceKey: string | null) => string | null;
  /** The address of a file attached to the page, by its name; it may be relative. Without it images have no address. */
  fileUrl?: (filename: string) => string | null;
  /** `pageUrl` may give relative addresses: for a page that is written down beside others. */
  relative?: boolean;
};

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

/** An address a reader may follow, or undefined. Everything else (javascript:, data:, file:) is dropped. */
export function safeHref(href: string): string | undefined {
  const trimmed = href.trim();
  if (/^(?:https?:\/\/|mailto:)[^\s]+$/i.test(trimmed)) return trimmed;
  return undefined;
}

const words = (text: string): RichNode[] => {
  const clean = stripInvisible(text).replace(/[ \t\r\n]+/g, ' ');
  return clean === '' ? [] : [clean];
};

/** Where a link of Confluence's own leads, as far as the caller can say. */
function linkTarget(
  target: ElementNode | undefined,
  title: string,
  space: string | null,
  options: RichOptions,
): string | undefined {
  if (target?.name === 'ri:attachment' && target.children.length === 0)
    return options.fileUrl?.(title) ?? undefined;
  if (target?.name !== 'ri:page') return undefined;
  const url = options.pageUrl?.(title, space) ?? '';
  return options.relative === true && url !== '' ? url : safeHref(url);
}

function link(element: ElementNode, options: RichOptions, depth: number): RichNode {
  const body = childElement(element, 'ac:link-body') ?? childElement(element, 'ac:plain-text-link-body');
  const target = childElements(element).find((child) => child.name.startsWith('ri:'));
  const inner = body ? richNodes(body.children, options, depth) : [];
  if (target?.name === 'ri:user') {
    const id =
      attr(target, 'ri:account-id') ?? attr(target, 'ri:username') ?? attr(target, 'ri:userkey') ?? '';
    return { tag: 'mention', kids: [`@${stripInvisible(options.people?.[id] ?? id)}`] };
  }
  const title =
    (target &&
      (attr(target, 'ri:content-title') ?? attr(target, 'ri:filename') ?? attr(target, 'ri:space-key'))) ??
    attr(element, 'ac:anchor') ??
    '';
  const space = target ? attr(target, 'ri:space-key') : null;
  const href = linkTarget(target, title, space, options);
  const kids = inner.length > 0 ? inner : words(title);
  return {
    tag: 'a',
    at: { ...(href ? { href } : {}), title: space && space !== title ? `${space} / ${title}` : title },
    kids,
  };
}

function image(element: ElementNode, options: RichOptions): RichNode {
  const file = childElement(element, 'ri:attachment');
  const url = childElement(element, 'ri:url');
  const name = file
    ? attr(file, 'ri:filename')
    : ((url ? attr(url, 'ri:value') : null) ?? attr(element, 'src'));
  const alt = attr(element, 'ac:alt') ?? attr(element, 'alt');
  const title = collapse(
    stripInvisible(alt && name && alt !== name ? `${alt} (${name})` : (alt ?? name ?? '')),
  );
  const caption = childElement(element, 'ac:caption');
  const kids = caption
    ? richNodes(
        caption.children.flatMap((c) => (c.type === 'element' && c.name === 'p' ? c.children : [c])),
        {},
        0,
      )
    : [];
  const href = file && file.children.length === 0 && name !== null ? options.fileUrl?.(name) : null;
  return {
    tag: 'image',
    at: { kind: file ? 'attachment' : 'remote', title, ...(href ? { href } : {}) },
    ...(kids.length > 0 ? { kids } : {}),
  };
}

/** Parameters of a macro as readable text. */
export function parametersText(macro: ElementNode, except: string[] = []): string {
  return parametersOf(macro)
    .filter(({ name }) => !except.includes(name))
    .map(({ name, value }) => (name === '' ? collapse(value) : `${name}=${collapse(value)}`))
    .join(', ');
}

function macro(element: ElementNode, name: string, options: RichOptions, depth: number): RichNode {
  const title = stripInvisible(parameterOf(element, 'title') ?? '');
  const rich = childElement(element, 'ac:rich-text-body');
  const plain = childElement(element, 'ac:plain-text-body');
  const at = title === '' ? { kind: name } : { kind: name, title };
  if (name === 'status') {
    const colour = (parameterOf(element, 'colour') ?? parameterOf(element, 'color') ?? 'grey').toLowerCase();
    return { tag: 'status', at: { kind: colour }, kids: words(title) };
  }
  if (name === 'code' || name === 'noformat') {
    const language = parameterOf(element, 'language') ?? '';
    return {
      tag: 'pre',
      at: title === '' ? { kind: language } : { kind: language, title },
      kids: [stripInvisible(plain ? ownText(plain) : '')],
    };
  }
  if (name === 'expand' && rich)
    return { tag: 'expand', at: { title }, kids: richNodes(rich.children, options, depth) };
  if (rich && /^(info|note|tip|warning|panel)$/.test(name))
    return { tag: 'panel', at, kids: richNodes(rich.children, options, depth) };
  const parameters = stripInvisible(parametersText(element, ['title']));
  const body = rich
    ? richNodes(rich.children, options, depth)
    : plain
      ? [{ tag: 'pre' as const, kids: [stripInvisible(ownText(plain))] }]
      : [];
  return { tag: 'macro', at, kids: [...words(parameters), ...body] };
}

function task(element: ElementNode, options: RichOptions, depth: number): RichNode {
  const status = childElement(element, 'ac:task-status');
  const body = childElement(element, 'ac:task-body');
  const done = status !== null && ownText(status).trim() === 'complete';
  return { tag: 'task', at: { done }, kids: richNodes(body?.children ?? [], options, depth) };
}

function span(cell: ElementNode, name: 'colspan' | 'rowspan'): Record<string, number> {
  const value = Number.parseInt(attr(cell, name) ?? '1', 10);
  return value > 1 && value <= 1000 ? { [name]: value } : {};
}

function table(element: ElementNode, options: RichOptions, depth: number): RichNode {
  const rows = tableRows(element).map(
    (cells): RichNode => ({
      tag: 'tr',
      kids: cells.map(
        (cell): RichNode => ({
          tag: cell.name === 'th' ? 'th' : 'td',
          at: { ...span(cell, 'colspan'), ...span(cell, 'rowspan') },
          kids: richNodes(cell.children, options, depth),
        }),
      ),
    }),
  );
  return { tag: 'table', kids: rows };
}

type Writer = (element: ElementNode, options: RichOptions, depth: number) => RichNode | RichNode[];

const WRITERS: Record<string, Writer> = {
  'ac:link': link,
  'ac:image': image,
  img: image,
  table,
  'ac:task': task,
  'ac:task-list': (element, options, depth) => ({
    tag: 'ul',
    kids: richNodes(childElements(element), options, depth),
  }),
  ol: (element, options, depth) => {
    const start = Number.parseInt(attr(element, 'start') ?? '1', 10);
    return {
      tag: 'ol',
      ...(start > 1 ? { at: { start } } : {}),
      kids: richNodes(element.children, options, depth),
    };
  },
  a: (element, options, depth) => {
    const href = safeHref(attr(element, 'href') ?? '');
    return { tag: 'a', ...(href ? { at: { href } } : {}), kids: richNodes(element.children, options, depth) };
  },
  pre: (element, options, depth) => ({ tag: 'pre', kids: richNodes(element.children, options, depth) }),
  time: (element) => ({ tag: 'date', kids: words(attr(element, 'datetime') ?? '') }),
  'ac:emoticon': (element) => ({
    tag: 'emoji',
    at: { title: attr(element, 'ac:emoji-shortname') ?? attr(element, 'ac:name') ?? '' },
    kids: words(attr(element, 'ac:emoji-fallback') ?? `:${attr(element, 'ac:name') ?? ''}:`),
  }),
  'ac:layout': (element, options, depth) => richNodes(element.children, options, depth),
  div: (element, options, depth) => richNodes(element.children, options, depth),
  'ac:placeholder': (element) => ({
    tag: 'macro',
    at: { kind: 'placeholder' },
    kids: words(ownText(element)),
  }),
  'ac:adf-extension': (element, options, depth) => {
    const node = childElement(element, 'ac:adf-node');
    const content = node ? childElement(node, 'ac:adf-content') : null;
    const kind = (node ? attr(node, 'type') : null) ?? 'extension';
    return { tag: 'macro', at: { kind }, kids: content ? richNodes(content.children, options, depth) : [] };
  },
};

function richElement(element: ElementNode, options: RichOptions, depth: number): RichNode | RichNode[] {
  if (depth > MAX_DEPTH)
    return { tag: 'macro', at: { kind: element.name, title: 'nested too deeply to show' } };
  const name = macroName(element);
  if (name !== null) return macro(element, name, options, depth);
  const writer = WRITERS[element.name];
  if (writer) return writer(element, options, depth);
  const tag = PLAIN[element.name];
  const kids = richNodes(element.children, options, depth);
  if (tag) return kids.length > 0 ? { tag, kids } : { tag };
  const known = /^(tbody|thead|colgroup|col|div|small|big|font|kbd|tt|mark|cite|q)$/.test(element.name);
  return known ? kids : { tag: 'macro', at: { kind: element.name }, kids };
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
