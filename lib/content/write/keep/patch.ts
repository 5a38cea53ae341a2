import { childElement, macroName, ownText, parametersOf } from '../../parse/elements.ts';
import { escapeXml, toCdata } from '../../parse/entities.ts';
import { attr, type ElementNode, type StorageNode } from '../../parse/parse.ts';
import type { View } from '../../view/context.ts';
import { openTag, refilled, withAttribute } from './tags.ts';

type Side = { view: View; element: ElementNode };
/** Puts changed words into the original words of a link. */
type MergeText = (view: View, nodes: StorageNode[], next: string) => string;

const slice = ({ view, element }: Side, part: ElementNode = element): string =>
  view.doc.source.slice(part.start, part.end);

const inner = ({ view }: Side, part: ElementNode): string =>
  view.doc.source.slice(part.openEnd, part.closeStart);

const resourceOf = (element: ElementNode): ElementNode | undefined =>
  element.children.find(
    (child): child is ElementNode => child.type === 'element' && child.name.startsWith('ri:'),
  );

/** The attributes that name a resource; others are Confluence's own notes. */
function nameOf(element: ElementNode | undefined): string {
  const named = element?.attributes.filter(({ name }) => name !== 'ri:version-at-save') ?? [];
  return [element?.name ?? '', ...named.map(({ name, value }) => `${name}=${value}`).sort()].join('\n');
}

/** A web link with another text or address: how it is drawn stays. */
function link(old: Side, next: Side, mergeText: MergeText): string {
  const [was, is] = [attr(old.element, 'href'), attr(next.element, 'href')];
  const tag = openTag(old.view.doc.source, old.element);
  const text = mergeText(old.view, old.element.children, inner(next, next.element));
  return `${was === is ? tag : withAttribute(tag, 'href', is)}${text}</a>`;
}

/** A link to a page or file with another text, target or anchor. People are not renamed: another mention is a new one. */
function confluenceLink(old: Side, next: Side, mergeText: MergeText): string | null {
  const [was, is] = [resourceOf(old.element), resourceOf(next.element)];
  if (was?.name === 'ri:user' || is?.name === 'ri:user') return null;
  const sameTarget = nameOf(was) === nameOf(is);
  const body = childElement(next.element, 'ac:link-body');
  const oldBody = childElement(old.element, 'ac:link-body');
  const tag = withAttribute(
    openTag(old.view.doc.source, old.element),
    'ac:anchor',
    attr(next.element, 'ac:anchor'),
  );
  const resource = sameTarget ? (was ? slice(old, was) : '') : is ? slice(next, is) : '';
  const plain = childElement(old.element, 'ac:plain-text-link-body');
  const words = body?.children.every(({ type }) => type === 'text') ? ownText(body) : null;
  let text = body ? slice(next, body) : '';
  if (plain && words !== null)
    text = `${openTag(old.view.doc.source, plain)}${toCdata(words)}</${plain.name}>`;
  if (body && oldBody)
    text = `${openTag(old.view.doc.source, oldBody)}${mergeText(old.view, oldBody.children, inner(next, body))}</ac:link-body>`;
  return `${tag}${resource}${text}</ac:link>`;
}

/** Attributes of an image that Markdown says; its size as it was made, border and ids are kept. */
const IMAGE = ['ac:alt', 'ac:width', 'ac:align', 'ac:layout'];

/** A caption with other words; one of several paragraphs becomes one, for it is written on one line. */
function captioned(
  old: Side,
  next: Side,
  was: ElementNode | null,
  is: ElementNode,
  mergeText: MergeText,
): string {
  const paragraphs = was?.children.filter((child) => child.type === 'element' && child.name === 'p') ?? [];
  const [line, ...others] = paragraphs;
  const [words] = is.children;
  if (!was || line?.type !== 'element' || words?.type !== 'element') return slice(next, is);
  const { source } = old.view.doc;
  if (others.length > 0) return refilled(source, was, inner(next, is));
  const text = refilled(source, line, mergeText(old.view, line.children, inner(next, words)));
  return refilled(
    source,
    was,
    source.slice(was.openEnd, line.start) + text + source.slice(line.end, was.closeStart),
  );
}

/** The same picture with another text, caption or size. */
function image(old: Side, next: Side, mergeText: MergeText): string | null {
  const [was, is] = [resourceOf(old.element), resourceOf(next.element)];
  if (!was || !is || nameOf(was) !== nameOf(is)) return null;
  let tag = openTag(old.view.doc.source, old.element);
  for (const name of IMAGE) {
    const value = attr(next.element, name);
    const plain = name === 'ac:alt' && value === attr(was, 'ri:filename') && attr(old.element, name) === null;
    if (value !== null && value !== attr(old.element, name) && !plain) tag = withAttribute(tag, name, value);
  }
  const [oldCaption, caption] = [
    childElement(old.element, 'ac:caption'),
    childElement(next.element, 'ac:caption'),
  ];
  const written = caption ? captioned(old, next, oldCaption, caption, mergeText) : '';
  const parts = old.element.children.map((child) =>
    child === oldCaption ? written : old.view.doc.source.slice(child.start, child.end),
  );
  return `${tag}${parts.join('')}${oldCaption ? '' : written}</ac:image>`;
}

/** A status with another title or colour keeps its ids and whatever else it has. */
function status(old: Side, next: Side): string | null {
  if (macroName(old.element) !== 'status' || macroName(next.element) !== 'status') return null;
  const { source } = old.view.doc;
  const kind = (name: string): string => (name === 'color' ? 'colour' : name);
  const left = new Map(parametersOf(next.element).map(({ name, value }) => [kind(name), value]));
  const parts = old.element.children.map((child) => {
    const name = child.type === 'element' ? (attr(child, 'ac:name') ?? '') : '';
    const value = left.get(kind(name));
    if (child.type !== 'element' || !/^(?:title|colou?r)$/.test(name))
      return source.slice(child.start, child.end);
    left.delete(kind(name));
    if (value === undefined) return '';
    return ownText(child) === value
      ? source.slice(child.start, child.end)
      : refilled(source, child, escapeXml(value));
  });
  const more = [...left].map(
    ([name, value]) => `<ac:parameter ac:name="${name}">${escapeXml(value)}</ac:parameter>`,
  );
  return `${openTag(source, old.element)}${more.join('')}${parts.join('')}</ac:structured-macro>`;
}

const PATCHES: Record<string, (old: Side, next: Side, mergeText: MergeText) => string | null> = {
  a: link,
  'ac:link': confluenceLink,
  'ac:image': image,
  'ac:structured-macro': status,
};

/**
 * An element that was changed a little: the original with what changed put in, so that attributes and
 * parts that Markdown does not say stay. null where it is another one.
 */
export function patched(old: Side, next: Side, mergeText: MergeText): string | null {
  if (old.element.name !== next.element.name) return null;
  return PATCHES[old.element.name]?.(old, next, mergeText) ?? null;
}
