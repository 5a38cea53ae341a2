import { collapse } from '../parse/elements.ts';
import { escapeAttribute } from '../parse/entities.ts';
import {
  attr,
  checkStorage,
  type ElementNode,
  parseStorage,
  type StorageDoc,
  visibleText,
} from '../parse/parse.ts';

/** A reference from a body to something else. `image`: it is drawn, not linked. */
export type PageLink =
  | { kind: 'page'; title: string; space: string | null; anchor: string | null; text: string }
  | {
      kind: 'attachment';
      filename: string;
      page: string | null;
      space: string | null;
      image: boolean;
      text: string;
    }
  | { kind: 'url'; url: string; image: boolean; text: string }
  | { kind: 'space'; space: string; text: string };

function ancestor(element: ElementNode, name: string): ElementNode | null {
  const { parent } = element;
  return parent?.name === name ? parent : null;
}

function linkOf(doc: StorageDoc, element: ElementNode): PageLink | null {
  const link = ancestor(element, 'ac:link');
  const image = ancestor(element, 'ac:image') !== null;
  const text = link ? collapse(visibleText(doc, link, 300)) : '';
  const space = attr(element, 'ri:space-key');
  if (element.name === 'a' || element.name === 'img') {
    const url = attr(element, element.name === 'a' ? 'href' : 'src');
    return url === null
      ? null
      : { kind: 'url', url, image: element.name === 'img', text: collapse(visibleText(doc, element, 300)) };
  }
  if (element.name === 'ri:url') return { kind: 'url', url: attr(element, 'ri:value') ?? '', image, text };
  if (element.name === 'ri:space' && space !== null) return { kind: 'space', space, text };
  if (element.name === 'ri:attachment') {
    const page = element.children.find((child) => child.type === 'element' && child.name === 'ri:page') as
      | ElementNode
      | undefined;
    return {
      kind: 'attachment',
      filename: attr(element, 'ri:filename') ?? '',
      page: page ? attr(page, 'ri:content-title') : null,
      space: page ? attr(page, 'ri:space-key') : null,
      image,
      text,
    };
  }
  const title = attr(element, 'ri:content-title');
  if (element.name !== 'ri:page' || title === null || element.parent?.name === 'ri:attachment') return null;
  return { kind: 'page', title, space, anchor: link ? attr(link, 'ac:anchor') : null, text };
}

/** Everything a body refers to, in order: pages by title, attachments, web addresses, spaces. @throws ContentError */
export function links(storage: string): PageLink[] {
  const doc = parseStorage(storage);
  return doc.nodes.flatMap((node) => (node.type === 'element' ? (linkOf(doc, node) ?? []) : []));
}

/** Account ids of the people a body mentions, each once, in order. @throws ContentError */
export function mentions(storage: string): string[] {
  const ids = new Set<string>();
  for (const node of parseStorage(storage).nodes) {
    const id = node.type === 'element' && node.name === 'ri:user' ? attr(node, 'ri:account-id') : null;
    if (id !== null && id !== '') ids.add(id);
  }
  return [...ids];
}

/**
 * Changes targets of web links and remote images, and nothing else. `change` gets each address and
 * gives the new one, or null to leave it.
 *
 * @throws ContentError on malformed storage
 */
export function replaceLinkTargets(
  storage: string,
  change: (url: string) => string | null,
): { storage: string; touched: { start: number; end: number }[]; inserted: string[] } {
  const parts: string[] = [];
  const touched: { start: number; end: number }[] = [];
  const inserted: string[] = [];
  let done = 0;
  for (const node of parseStorage(storage).nodes) {
    if (node.type !== 'element') continue;
    const name = { a: 'href', img: 'src', 'ri:url': 'ri:value' }[node.name];
    const target = node.attributes.find((attribute) => attribute.name === name);
    const next = target ? change(target.value) : null;
    if (!target || next === null || next === target.value) continue;
    const text = escapeAttribute(next).replace(/'/g, '&#39;');
    parts.push(storage.slice(done, target.start), text);
    touched.push({ start: target.start, end: target.end });
    inserted.push(text);
    done = target.end;
  }
  parts.push(storage.slice(done));
  const changed = parts.join('');
  checkStorage(changed);
  return { storage: changed, touched, inserted };
}
