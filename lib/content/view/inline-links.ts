import { childElement, collapse, isBlank, ownText } from '../parse/elements.ts';
import { stripInvisible } from '../parse/invisible.ts';
import { attr, type ElementNode, type StorageNode } from '../parse/parse.ts';
import { destination, escapeMarkdown, pageAddress } from './canonical.ts';
import { note, type View } from './context.ts';
import { atom, type InlineState, piecesOf, unknown } from './inline.ts';
import { joinPieces, type Piece } from './pieces.ts';

function linkText(view: View, body: ElementNode | null, fallback: string, state: InlineState): string {
  const kids = body?.children ?? [];
  const text = joinPieces(
    piecesOf(view, kids, { ...state, link: true, block: false, marks: [] }),
    state.cell,
  ).trim();
  return text === '' ? escapeMarkdown(collapse(fallback)) : text;
}

const fileAddress = (view: View, name: string): string =>
  view.options.fileUrl?.(name) ?? `attachment:${name}`;

export function confluenceLink(view: View, element: ElementNode, state: InlineState): Piece[] {
  const body = childElement(element, 'ac:link-body') ?? childElement(element, 'ac:plain-text-link-body');
  const resource = element.children.find((c) => c.type === 'element' && c.name.startsWith('ri:')) as
    | ElementNode
    | undefined;
  const known = element.children.every((child) => child === body || child === resource || isBlank(child));
  if (!known) return unknown(view, element, state);
  const anchor = attr(element, 'ac:anchor');
  if (!resource && anchor !== null) {
    return atom(
      view,
      element,
      `[${linkText(view, body, anchor, state)}](${destination(`#${anchor}`)})`,
      state,
    );
  }
  if (resource?.name === 'ri:user') {
    const id = attr(resource, 'ri:account-id');
    if (id === null || !/^[\w:.-]+$/.test(id)) return unknown(view, element, state);
    const name = view.options.people?.[id] ?? (body ? collapse(ownText(body)) : '');
    return atom(view, element, `@[${escapeMarkdown(stripInvisible(name)) || 'someone'}](user:${id})`, state);
  }
  const title = resource ? attr(resource, 'ri:content-title') : null;
  if (resource?.name === 'ri:page' && title !== null) {
    const space = attr(resource, 'ri:space-key');
    const address = pageAddress(title, space, anchor);
    const url = view.options.pageUrl?.(title, space) ?? null;
    const text = linkText(view, body, title, state);
    const target =
      url === null
        ? destination(address)
        : `${destination(anchor === null ? url : `${url}#${anchor}`)} "${address}"`;
    return atom(view, element, `[${text}](${target})`, state);
  }
  const file = resource ? attr(resource, 'ri:filename') : null;
  if (
    resource?.name === 'ri:attachment' &&
    file !== null &&
    anchor === null &&
    resource.children.length === 0
  ) {
    return atom(
      view,
      element,
      `[${linkText(view, body, file, state)}](${destination(fileAddress(view, file))})`,
      state,
    );
  }
  return unknown(view, element, state);
}

export function image(view: View, element: ElementNode, state: InlineState): Piece[] {
  const known = element.children.every(
    (child) =>
      isBlank(child) ||
      (child.type === 'element' && /^(?:ri:(?:attachment|url)|ac:(?:caption|adf-mark))$/.test(child.name)),
  );
  if (!known) return unknown(view, element, state);
  const alt = escapeMarkdown(collapse(attr(element, 'ac:alt') ?? attr(element, 'alt') ?? ''));
  const file = childElement(element, 'ri:attachment');
  const url =
    element.name === 'img'
      ? attr(element, 'src')
      : attr(childElement(element, 'ri:url') ?? element, 'ri:value');
  const caption = childElement(element, 'ac:caption');
  const words = caption
    ? collapse(
        joinPieces(piecesOf(view, flatten(caption), { ...state, heading: true, block: false }), state.cell),
      )
    : '';
  const quoted = words.replace(/"/g, '\\"');
  // Code with a backslash before a quote would end the title.
  if (!/^(?:[^"\\]|\\.)*$/s.test(quoted)) return unknown(view, element, state);
  const title = words === '' ? '' : ` "${quoted}"`;
  const name = file && file.children.length === 0 ? attr(file, 'ri:filename') : null;
  if (name !== null)
    return atom(
      view,
      element,
      `![${alt || escapeMarkdown(name)}](${destination(fileAddress(view, name))}${title})`,
      state,
    );
  if (url !== null) return atom(view, element, `![${alt}](${destination(url)}${title})`, state);
  return unknown(view, element, state);
}

/** Keeps paragraphs apart that are written on one line. */
const BLANK: StorageNode = {
  type: 'text',
  text: ' ',
  parent: null,
  start: 0,
  end: 0,
  index: 0,
  last: 0,
  hidden: false,
};

/** The inline nodes of a caption or cell: paragraphs in it are unwrapped. */
function flatten(element: ElementNode): StorageNode[] {
  return element.children.flatMap((child, at) =>
    child.type === 'element' && /^(?:p|ac:plain-text-body)$/.test(child.name)
      ? [...(at === 0 ? [] : [BLANK]), ...child.children]
      : [child],
  );
}

export function anchor(view: View, element: ElementNode, state: InlineState): Piece[] {
  const href = attr(element, 'href');
  const inner = piecesOf(view, element.children, { ...state, link: true, block: false, marks: [] });
  if (href === null || href.trim() === '') return inner;
  if (!/^(?:https?:|mailto:|tel:|ftp:|\/|#|\?|[^:/?#]*(?:[/?#]|$))/i.test(href.trim())) {
    note(view, 'link whose target is neither web nor mail');
    return inner;
  }
  const text = joinPieces(inner, state.cell).trim();
  const bare = /^https?:\/\/[^\s<>|\\;]+$/.test(href) && (text === '' || text === escapeMarkdown(href));
  return atom(view, element, bare ? `<${href}>` : `[${text}](${destination(href.trim())})`, state);
}
