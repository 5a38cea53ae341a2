import { childElement, collapse, macroName, ownText, parameterOf } from '../elements.ts';
import { hasHiddenText, stripInvisible } from '../invisible.ts';
import { attr, type ElementNode, type StorageNode } from '../parse.ts';
import { canonical, destination, escapeLineStart, escapeMarkdown, pageAddress } from './canonical.ts';
import { bytesOf, MAX_NESTING, note, type View } from './context.ts';
import { joinPieces, type Mark, type Piece } from './pieces.ts';
import { placeholder } from './placeholder.ts';

/** `cell`: inside a table row, where line breaks and pipes need another form. `block`: the element stands alone. */
export type InlineState = {
  cell?: boolean;
  heading?: boolean;
  code?: boolean;
  link?: boolean;
  block?: boolean;
  /** Marks that are on already: the same one inside itself says nothing. */
  marks?: Mark[];
};

const MARKS: Record<string, Mark> = {
  strong: 'strong',
  b: 'strong',
  em: 'em',
  i: 'em',
  del: 'del',
  s: 'del',
  strike: 'del',
  u: 'u',
  ins: 'u',
  sub: 'sub',
  sup: 'sup',
};

function atom(view: View, element: ElementNode, markdown: string, state: InlineState): Piece[] {
  const key = canonical(markdown);
  if (!view.record.atoms.has(key)) {
    const bytes = bytesOf(view, element);
    // A link inside `code` is shown as code inside a link.
    const coded = state.code && markdown.startsWith('[') && markdown.includes('`');
    view.record.atoms.set(key, {
      markdown,
      bytes: coded ? `<code>${bytes}</code>` : bytes,
      block: state.block === true,
    });
  }
  return [{ kind: 'text', text: state.cell ? markdown.replace(/(?<!\\)\|/g, '\\|') : markdown }];
}

function unknown(view: View, element: ElementNode, state: InlineState): Piece[] {
  const text = placeholder(view, element, state.block === true);
  return [{ kind: 'text', text: state.cell ? text.replace(/(?<!\\)\|/g, '\\|') : text }];
}

function textPieces(view: View, raw: string, state: InlineState): Piece[] {
  if (hasHiddenText(raw)) note(view, 'invisible characters');
  const text = stripInvisible(raw).replace(/[ \t\r\n]+/g, ' ');
  if (text === '') return [];
  if (state.code) return [{ kind: 'code', text: state.cell ? text.replace(/\|/g, '\\|') : text }];
  return [{ kind: 'plain', text }];
}

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

function confluenceLink(view: View, element: ElementNode, state: InlineState): Piece[] {
  const body = childElement(element, 'ac:link-body') ?? childElement(element, 'ac:plain-text-link-body');
  const resource = element.children.find((c) => c.type === 'element' && c.name.startsWith('ri:')) as
    | ElementNode
    | undefined;
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
  if (resource?.name === 'ri:attachment' && file !== null && resource.children.length === 0) {
    return atom(
      view,
      element,
      `[${linkText(view, body, file, state)}](${destination(fileAddress(view, file))})`,
      state,
    );
  }
  return unknown(view, element, state);
}

function image(view: View, element: ElementNode, state: InlineState): Piece[] {
  const alt = escapeMarkdown(collapse(attr(element, 'ac:alt') ?? attr(element, 'alt') ?? ''));
  const file = childElement(element, 'ri:attachment');
  const url =
    element.name === 'img'
      ? attr(element, 'src')
      : attr(childElement(element, 'ri:url') ?? element, 'ri:value');
  const caption = childElement(element, 'ac:caption');
  const words = caption
    ? collapse(joinPieces(piecesOf(view, flatten(caption), { ...state, block: false })))
    : '';
  const title = words === '' ? '' : ` "${words.replace(/"/g, '\\"')}"`;
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

/** The inline nodes of a caption or cell: paragraphs in it are unwrapped. */
export function flatten(element: ElementNode): StorageNode[] {
  return element.children.flatMap((child) =>
    child.type === 'element' && child.name === 'p' ? child.children : [child],
  );
}

function anchor(view: View, element: ElementNode, state: InlineState): Piece[] {
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

function status(view: View, element: ElementNode, state: InlineState): Piece[] {
  const title = collapse(stripInvisible(parameterOf(element, 'title') ?? '')).replace(/[{}|]/g, ' ');
  const colour = (parameterOf(element, 'colour') ?? parameterOf(element, 'color') ?? '').toLowerCase();
  return atom(view, element, `{status:${title}${/^[a-z]+$/.test(colour) ? `|${colour}` : ''}}`, state);
}

function emoticon(view: View, element: ElementNode, state: InlineState): Piece[] {
  const name = (attr(element, 'ac:emoji-shortname') ?? attr(element, 'ac:name') ?? '').replace(/:/g, '');
  return /^[a-z0-9_+-]{1,40}$/.test(name)
    ? atom(view, element, `:${name}:`, state)
    : unknown(view, element, state);
}

function marker(view: View, element: ElementNode, state: InlineState): Piece[] {
  const bytes = view.doc.source.slice(element.start, element.openEnd);
  const line = placeholder(view, element, false, bytes);
  const inner = piecesOf(view, element.children, { ...state, block: false });
  return [{ kind: 'text', text: line }, ...inner, { kind: 'text', text: '{/comment}' }];
}

function time(view: View, element: ElementNode, state: InlineState): Piece[] {
  const date = attr(element, 'datetime') ?? '';
  return /^\d{4}-\d\d-\d\d$/.test(date)
    ? atom(view, element, `{date:${date}}`, state)
    : unknown(view, element, state);
}

const WRITERS: Record<string, (view: View, element: ElementNode, state: InlineState) => Piece[]> = {
  a: anchor,
  'ac:link': confluenceLink,
  'ac:image': image,
  img: image,
  'ac:emoticon': emoticon,
  'ac:inline-comment-marker': marker,
  time,
  br: (_view, _element, state) => [{ kind: 'text', text: state.cell || state.heading ? '<br>' : '\\\n' }],
};

/** Elements without meaning of their own: their text is shown, what they add is counted as not shown. */
const TRANSPARENT: Record<string, string> = {
  span: 'text colour or style',
  font: 'text colour or style',
  small: 'text size',
  big: 'text size',
  p: '',
  kbd: 'keyboard style',
  tt: 'fixed-width style',
  q: 'quotation style',
  cite: 'citation style',
  mark: 'highlight',
  var: 'variable style',
  samp: 'sample style',
  abbr: 'abbreviation',
};

function elementPieces(view: View, element: ElementNode, state: InlineState): Piece[] {
  const mark = MARKS[element.name];
  if (mark && state.marks?.includes(mark))
    return piecesOf(view, element.children, { ...state, block: false });
  if (mark) {
    const inner = piecesOf(view, element.children, {
      ...state,
      block: false,
      marks: [...(state.marks ?? []), mark],
    });
    return [{ kind: 'open', mark }, ...inner, { kind: 'close', mark }];
  }
  if (element.name === 'code')
    return piecesOf(view, element.children, { ...state, code: true, block: false });
  const writer = WRITERS[element.name];
  if (writer) return writer(view, element, state);
  if (macroName(element) === 'status') return status(view, element, state);
  const lost = TRANSPARENT[element.name];
  if (lost === undefined) return unknown(view, element, state);
  if (lost !== '' && element.children.length > 0) note(view, lost);
  return piecesOf(view, element.children, state);
}

/** Inline nodes as pieces of Markdown. Nodes that Markdown cannot say become placeholders. */
export function piecesOf(view: View, nodes: StorageNode[], state: InlineState): Piece[] {
  const pieces: Piece[] = [];
  view.nesting += 1;
  for (const node of nodes) {
    if (node.type === 'text' || node.type === 'cdata') {
      for (const piece of textPieces(view, node.text, state)) pieces.push(piece);
    } else if (node.type === 'element') {
      const made = view.nesting > MAX_NESTING ? unknown(view, node, state) : elementPieces(view, node, state);
      for (const piece of made) pieces.push(piece);
    } else {
      note(view, node.type === 'comment' ? 'hidden source comment' : 'processing instruction');
    }
  }
  view.nesting -= 1;
  return pieces;
}

/** Inline nodes as one line of Markdown (hard breaks aside). */
export function inlineMarkdown(view: View, nodes: StorageNode[], state: InlineState = {}): string {
  const text = joinPieces(piecesOf(view, nodes, state), state.cell)
    .replace(/^ +| +$/g, '')
    .replace(/^(?:\\\n *)+/, (run) => '<br>'.repeat(run.split('\n').length - 1))
    .replace(/(?:\\\n *)+$/, (run) => '<br>'.repeat(run.split('\n').length - 1))
    .replace(/ *\\\n */g, '\\\n');
  if (state.cell) return text;
  if (/^(?:<br>)+$/.test(text)) return '';
  if (state.heading) return text.replace(/(#+)$/, (run) => run.replace(/#/g, '\\#'));
  return text.split('\n').map(escapeLineStart).join('\n');
}
