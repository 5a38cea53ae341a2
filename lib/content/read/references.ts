import { locator } from '../blocks/locate.ts';
import { childElement, collapse, macroName, ownText, parameterOf } from '../parse/elements.ts';
import { readable } from '../parse/invisible.ts';
import {
  attr,
  type ElementNode,
  parseStorage,
  type StorageDoc,
  spacedText,
  visibleText,
} from '../parse/parse.ts';

type Titled = { title: string; space: string | null; anchor: string | null };

/** What a body refers to. Titles, names and addresses as written; `space: null` means the page's own space. */
export type ReferenceTarget =
  | ({ kind: 'page' } & Titled)
  | ({ kind: 'blog_post' } & Titled)
  /** By content id, as newer links carry it. */
  | { kind: 'content'; id: string; anchor: string | null }
  /** A place on the same page. */
  | { kind: 'anchor'; anchor: string }
  | {
      kind: 'attachment';
      filename: string;
      /** The page that holds the file, where it is another one. */
      page: { title: string; space: string | null } | null;
    }
  | { kind: 'url'; url: string }
  | { kind: 'space'; space: string }
  /** `accountId` is null for people of the old days, who are known by user key or name only. */
  | { kind: 'person'; accountId: string | null };

/**
 * How it stands on the page: a link, a drawn image, a preview of a file (view-file and its kin), a page drawn in
 * (include), or the parameter of another macro.
 */
export type ReferenceUse = 'link' | 'image' | 'preview' | 'include' | 'parameter';

export type Reference = {
  target: ReferenceTarget;
  use: ReferenceUse;
  /** The macro it is a parameter of. */
  macro: string | null;
  /** Words of the link, or the alternative text of an image. */
  text: string;
  /** Id of the innermost block it is in. */
  block: string | null;
  headingPath: string[];
  /** The line it stands in, at most 160 characters. */
  snippet: string;
};

/** Macros that draw a file of the page; their parameter `name` is the file name. */
const previews = new Set([
  'view-file',
  'viewfile',
  'multimedia',
  'viewpdf',
  'viewdoc',
  'viewxls',
  'viewppt',
  'profile-picture',
]);
const includes = new Set(['include', 'excerpt-include', 'excerpt-include-cloud']);

type Around = { link: ElementNode | null; image: ElementNode | null; macro: ElementNode | null };

/** The link, image and macro parameter an element stands in; a resource is never nested deeper than this. */
function around(element: ElementNode): Around {
  const found: Around = { link: null, image: null, macro: null };
  let parent = element.parent;
  for (let steps = 0; parent !== null && steps < 6; steps += 1) {
    if (parent.name === 'ac:link') found.link ??= parent;
    else if (parent.name === 'ac:image') found.image ??= parent;
    else if (parent.name === 'ac:parameter' && parent.parent && macroName(parent.parent) !== null) {
      found.macro ??= parent.parent;
    } else if (!/^ri:/.test(parent.name) && parent.name !== 'ac:default-parameter') break;
    parent = parent.parent;
  }
  return found;
}

function pageTarget(element: ElementNode, anchor: string | null): ReferenceTarget | null {
  const title = attr(element, 'ri:content-title');
  const id = attr(element, 'ri:content-id');
  if (title !== null && title !== '') {
    const titled: Titled = { title, space: attr(element, 'ri:space-key'), anchor };
    return element.name === 'ri:blog-post' ? { kind: 'blog_post', ...titled } : { kind: 'page', ...titled };
  }
  return id !== null && /^\d+$/.test(id) ? { kind: 'content', id, anchor } : null;
}

const urlOf = (element: ElementNode, name: string): ReferenceTarget | null => {
  const url = attr(element, name)?.trim() ?? null;
  if (url === null) return null;
  return url.startsWith('#') ? { kind: 'anchor', anchor: url.slice(1) } : { kind: 'url', url };
};

/** A link without a resource of its own leads to a place on the same page. */
function samePage(element: ElementNode): ReferenceTarget | null {
  const anchor = attr(element, 'ac:anchor') ?? '';
  const resource = element.children.some((child) => child.type === 'element' && child.name.startsWith('ri:'));
  return resource || anchor === '' ? null : { kind: 'anchor', anchor };
}

function fileTarget(element: ElementNode): ReferenceTarget {
  const holder = childElement(element, 'ri:page') ?? childElement(element, 'ri:blog-post');
  const title = holder === null ? null : attr(holder, 'ri:content-title');
  const page = holder === null || title === null ? null : { title, space: attr(holder, 'ri:space-key') };
  return { kind: 'attachment', filename: attr(element, 'ri:filename') ?? '', page };
}

const pageOutsideFile = (element: ElementNode, anchor: string | null) =>
  element.parent?.name === 'ri:attachment' ? null : pageTarget(element, anchor);

const targets: Record<string, (element: ElementNode, anchor: string | null) => ReferenceTarget | null> = {
  a: (element) => urlOf(element, 'href'),
  img: (element) => urlOf(element, 'src'),
  'ri:url': (element) => urlOf(element, 'ri:value'),
  'ac:link': samePage,
  'ri:page': pageOutsideFile,
  'ri:blog-post': pageOutsideFile,
  'ri:content-entity': pageTarget,
  'ri:attachment': fileTarget,
  'ri:space': (element) => {
    const space = attr(element, 'ri:space-key');
    return space === null ? null : { kind: 'space', space };
  },
  'ri:user': (element) => ({ kind: 'person', accountId: attr(element, 'ri:account-id') }),
};

function targetOf(element: ElementNode, link: ElementNode | null): ReferenceTarget | null {
  return targets[element.name]?.(element, link === null ? null : attr(link, 'ac:anchor')) ?? null;
}

/** `view-file` of old pages names its file as text. */
function namedFile(element: ElementNode): ReferenceTarget | null {
  const macro = element.parent;
  if (element.name !== 'ac:parameter' || attr(element, 'ac:name') !== 'name' || macro === null) return null;
  if (!previews.has(macroName(macro) ?? '')) return null;
  const filename = ownText(element).trim();
  return filename === '' ? null : { kind: 'attachment', filename, page: null };
}

/** A preview may draw the file of another page, which its parameters name. */
function previewed(target: ReferenceTarget, macro: ElementNode | null): ReferenceTarget {
  if (target.kind !== 'attachment' || target.page !== null || macro === null) return target;
  const title = previews.has(macroName(macro) ?? '') ? (parameterOf(macro, 'page') ?? '') : '';
  return title === '' ? target : { ...target, page: { title, space: parameterOf(macro, 'space') } };
}

function usedAs(element: ElementNode, { image, macro }: Around): ReferenceUse {
  if (image !== null || element.name === 'img') return 'image';
  const name = macro === null ? null : macroName(macro);
  if (name === null) return 'link';
  return previews.has(name) ? 'preview' : includes.has(name) ? 'include' : 'parameter';
}

const lines = /^(p|li|td|th|h[1-6]|ac:task-body|ac:adf-content|blockquote)$/;

function lineAround(element: ElementNode): ElementNode | null {
  let parent = element.parent;
  for (let steps = 0; parent !== null && steps < 40; steps += 1) {
    if (lines.test(parent.name)) return parent;
    parent = parent.parent;
  }
  return null;
}

function wordsOf(doc: StorageDoc, element: ElementNode, { link, image }: Around): string {
  if (image !== null) return attr(image, 'ac:alt') ?? '';
  if (element.name === 'img') return attr(element, 'alt') ?? '';
  const shown = link ?? (element.name === 'a' || element.name === 'ac:link' ? element : null);
  return shown === null ? '' : collapse(visibleText(doc, shown, 200));
}

/**
 * Everything a body refers to, in order, with the block and line it stands in: pages, posts, other content, places on
 * the page, files, web addresses, spaces, people. Images and macro parameters included.
 * @throws ContentError on malformed storage
 */
export function references(storage: string): Reference[] {
  const doc = parseStorage(storage);
  const blockAt = locator(doc);
  const found: Reference[] = [];
  for (const node of doc.nodes) {
    if (node.type !== 'element') continue;
    const near = around(node);
    const file = namedFile(node);
    const target = file ?? targetOf(node, near.link);
    if (target === null) continue;
    const macro = file === null ? near.macro : node.parent;
    const block = blockAt(node.start);
    const line = lineAround(node);
    found.push({
      target: previewed(target, macro),
      use: file === null ? usedAs(node, near) : 'preview',
      macro: macro === null ? null : macroName(macro),
      text: readable(wordsOf(doc, node, near)),
      block: block?.id ?? null,
      headingPath: block?.headingPath ?? [],
      snippet: readable(line === null ? '' : spacedText(doc, line, 160)),
    });
  }
  return found;
}
