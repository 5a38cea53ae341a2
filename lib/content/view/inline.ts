import { collapse, isBlank, macroName, parameterOf } from '../parse/elements.ts';
import { hasHiddenText, stripInvisible } from '../parse/invisible.ts';
import { attr, type ElementNode, type StorageNode } from '../parse/parse.ts';
import { canonical, escapeLineStart, pipesEscaped, pipesPlain } from './canonical.ts';
import { bytesOf, MAX_NESTING, note, type View } from './context.ts';
import { anchor, confluenceLink, image } from './inline-links.ts';
import { joinPieces, type Mark, type Piece } from './pieces.ts';
import { placeholder } from './placeholder.ts';

/** `cell`: inside a table row, where line breaks and pipes need another form. `block`: the element stands alone. */
export type InlineState = {
  cell?: boolean;
  /** All on one line: a heading, a caption. */
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

export function atom(view: View, element: ElementNode, markdown: string, state: InlineState): Piece[] {
  const shown = state.cell ? pipesEscaped(markdown) : markdown;
  const plain = state.cell ? pipesPlain(shown) : markdown;
  const key = canonical(plain);
  if (!view.record.atoms.has(key)) {
    const bytes = bytesOf(view, element);
    // A link inside `code` is shown as code inside a link.
    const coded = state.code && markdown.startsWith('[') && /`|<code>/.test(markdown);
    view.record.atoms.set(key, {
      markdown: plain,
      bytes: coded ? `<code>${bytes}</code>` : bytes,
      block: state.block === true,
    });
  }
  return [{ kind: 'text', text: shown }];
}

export function unknown(view: View, element: ElementNode, state: InlineState): Piece[] {
  const text = placeholder(view, element, state.block === true);
  return [{ kind: 'text', text: state.cell ? pipesEscaped(text) : text }];
}

function textPieces(view: View, raw: string, state: InlineState): Piece[] {
  if (hasHiddenText(raw)) note(view, 'invisible characters');
  const text = stripInvisible(raw).replace(/[ \t\r\n]+/g, ' ');
  if (text === '') return [];
  if (state.code) return [{ kind: 'code', text }];
  return [{ kind: 'plain', text }];
}

function status(view: View, element: ElementNode, state: InlineState): Piece[] {
  const title = collapse(stripInvisible(parameterOf(element, 'title') ?? ''));
  const colour = (parameterOf(element, 'colour') ?? parameterOf(element, 'color') ?? '').toLowerCase();
  const plain = /^[a-z]{0,20}$/.test(colour);
  const known = element.children.every(
    (child) =>
      isBlank(child) ||
      (child.type === 'element' &&
        child.name === 'ac:parameter' &&
        /^(?:title|colou?r)$/.test(attr(child, 'ac:name') ?? '')),
  );
  // The sign has no room for more; a subtle status, say, is shown with all it says.
  if (!known || !plain || title.length > 200 || /[{}|\\]/.test(title)) return unknown(view, element, state);
  return atom(view, element, `{status:${title}${colour === '' ? '' : `|${colour}`}}`, state);
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
  return /^\d{4}-\d\d-\d\d$/.test(date) && element.children.every(isBlank)
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
  span: '',
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
    }
  }
  view.nesting -= 1;
  return pieces;
}

/** Inline nodes as one line of Markdown (hard breaks aside). */
export function inlineMarkdown(view: View, nodes: StorageNode[], state: InlineState = {}): string {
  const text = joinPieces(piecesOf(view, nodes, state), state.cell)
    .replace(/^ +|(?<! ) +$/g, '')
    .replace(/^(?:\\\n *)+/, (run) => '<br>'.repeat(run.split('\n').length - 1))
    .replace(/\\\n(?<!\\\n *\\\n) *(?:\\\n *)*$/, (run) => '<br>'.repeat(run.split('\n').length - 1))
    .replace(/ *\\\n */g, '\\\n');
  if (state.cell) return text;
  if (/^(?:<br>)+$/.test(text)) return '';
  if (state.heading) return text.replace(/(?<!#)#+$/, (run) => run.replace(/#/g, '\\#'));
  return text.split('\n').map(escapeLineStart).join('\n');
}
