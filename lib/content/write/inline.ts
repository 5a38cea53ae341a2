import type { Definition, Html, ImageReference, LinkReference, Nodes, PhrasingContent } from 'mdast';
import { ContentError } from '../content-error.ts';
import { cleanText, escapeAttribute, escapeXml } from '../parse/entities.ts';
import { escapeLineStart, escapeMarkdown } from '../view/canonical.ts';
import { type Attributes, imageAttributes, linkAttributes, readAttributes } from './link-attributes.ts';
import { parameterTag, unknownPlaceholder } from './macro.ts';
import { atomBytes, namedAtom } from './originals.ts';
import { resource } from './resource.ts';
import { TOKEN } from './stash.ts';
import { tokenStorage } from './tokens.ts';
import { htmlOf, parsedText, sourceOf, type Writer } from './writer.ts';

const WEB = /^(?:https?:\/\/|mailto:|tel:|ftp:\/\/)/i;

/**
 * A tag or comment marker that waits for its other end. Without one a tag is text and a marker nothing,
 * so that what is written is always well-formed.
 */
type Waiting = { name: string; at: number; open: string };

function closeWaiting(waiting: Waiting[], name: string, out: string[]): boolean {
  const at = waiting.findLastIndex((one) => one.name === name);
  const [found] = at === -1 ? [] : waiting.splice(at);
  if (found) out[found.at] = found.open;
  return found !== undefined;
}

const ADDRESS = /(?<![\p{L}\p{N}_])https?:\/\/[^\s<>"'`\\[\]{}|\u2e28\u2e29]+/gu;

/** Text in which web addresses are links; signs at their end belong to the sentence. */
export function linked(text: string): string {
  return text
    .replace(ADDRESS, '\u0000$&\u0000')
    .split('\u0000')
    .map((part, at) => {
      if (at % 2 === 0) return escapeXml(part);
      const end = part.includes('(')
        ? /(?<![.,;:!?*_~\]])[.,;:!?*_~\]]+$/
        : /(?<![.,;:!?*_~\])])[.,;:!?*_~\])]+$/;
      const url = part.replace(end, '');
      if (!/^https?:\/\/[^/]/.test(url)) return escapeXml(part);
      return `<a href="${escapeAttribute(url)}">${escapeXml(url)}</a>${escapeXml(part.slice(url.length))}`;
    })
    .join('');
}

function textStorage(writer: Writer, raw: string, out: string[], waiting: Waiting[], inLink: boolean): void {
  const value = raw.replaceAll('\u0000', '');
  const plain = inLink ? escapeXml : linked;
  let done = 0;
  for (const match of value.matchAll(TOKEN)) {
    out.push(plain(value.slice(done, match.index)));
    done = match.index + match[0].length;
    const entry = writer.stash.tokens[Number(match[1])];
    if (!entry) continue;
    const { token, source } = entry;
    if (token.kind === 'comment') {
      const marker = namedAtom(writer.originals.page, token.id);
      if (!marker) throw unknownPlaceholder(writer, source);
      waiting.push({ name: 'comment', at: out.length, open: marker.bytes.replace(/(?<!\s)\s*\/>$/, '>') });
      out.push('');
    } else if (token.kind === 'end-comment') {
      if (closeWaiting(waiting, 'comment', out)) out.push('</ac:inline-comment-marker>');
    } else {
      out.push(tokenStorage(writer, token, source));
    }
  }
  out.push(plain(value.slice(done)));
}

type InlineWriter = (writer: Writer, node: Nodes, inLink: boolean) => string;

const wrap =
  (tag: string): InlineWriter =>
  (writer, node, inLink) => {
    const children = 'children' in node ? (node.children as PhrasingContent[]) : [];
    const inner = inlineStorage(writer, children, inLink);
    return inner === '' ? '' : `<${tag}>${inner}</${tag}>`;
  };

type Target = { url: string; title?: string | null | undefined };

function linkStorage(
  writer: Writer,
  node: Nodes & { children: PhrasingContent[] },
  given: Target,
  attributes: Attributes | null,
): string {
  const source = sourceOf(writer, node);
  const original = attributes ? null : atomBytes(writer.originals.page, source);
  if (original) return original;
  const inner = inlineStorage(writer, node.children, true);
  const url = cleanText(parsedText(writer, node, given.url));
  const titled = given.title?.startsWith('page:') ? given.title : null;
  const target = resource(parsedText(writer, node, titled ?? url));
  const anchored = target ? target.anchor : url.startsWith('#') && url.length > 1 ? url.slice(1) : null;
  if (target || anchored !== null) {
    const anchor = anchored === null ? '' : ` ac:anchor="${escapeAttribute(anchored)}"`;
    const card = linkAttributes(attributes, 'ac:card-appearance');
    return `<ac:link${card}${anchor}>${target?.xml ?? ''}<ac:link-body>${inner}</ac:link-body></ac:link>`;
  }
  const bare = !/^[[<]/.test(source);
  if (!WEB.test(url) && !/^[/?]/.test(url))
    return bare ? inner : `${inner}${url === '' ? '' : escapeXml(` (${url})`)}`;
  if (bare && !/^https?:/i.test(source)) return inner;
  return `<a href="${escapeAttribute(url)}"${linkAttributes(attributes, 'data-card-appearance')}>${inner}</a>`;
}

/** A caption is a line of Markdown; an image's own source has its escapes, which a parsed title has lost. */
function captionStorage(writer: Writer, node: Nodes, title: string): string {
  const [, raw] = / "((?:[^"\\]|\\.)*)"\)$/s.exec(sourceOf(writer, node)) ?? [];
  const markdown = raw?.replaceAll('\\"', '"') ?? escapeMarkdown(parsedText(writer, node, title));
  const line = writer.nested(escapeLineStart(markdown.replace(/(?<!\s)\s*\n\s*/g, ' ')), {
    page: writer.originals.page,
    part: null,
  });
  return line.startsWith('<p>') ? line : `<p>${line}</p>`;
}

function imageStorage(
  writer: Writer,
  node: Nodes & { alt?: string | null | undefined },
  given: Target,
  attributes: Attributes | null,
): string {
  const source = sourceOf(writer, node);
  const original = attributes ? null : atomBytes(writer.originals.page, source);
  if (original) return original;
  const url = cleanText(parsedText(writer, node, given.url));
  const text = cleanText(parsedText(writer, node, node.alt ?? ''));
  const target = url.startsWith('attachment:') ? resource(url) : null;
  if (!target && !/^https?:\/\//i.test(url)) return escapeXml(source);
  const alt = text === '' ? '' : ` ac:alt="${escapeAttribute(text)}"`;
  const caption = given.title ? `<ac:caption>${captionStorage(writer, node, given.title)}</ac:caption>` : '';
  return `<ac:image${imageAttributes(attributes)}${alt}>${target?.xml ?? `<ri:url ri:value="${escapeAttribute(url)}" />`}${caption}</ac:image>`;
}

export function refuseFootnote(writer: Writer, node: Nodes): never {
  throw new ContentError(`Confluence has no footnotes: ${sourceOf(writer, node).slice(0, 60)}`, {
    next: 'Put the note in brackets where it belongs, or in a list at the end. To write "[^" as text put a backslash before it.',
  });
}

const asText: InlineWriter = (writer, node) => escapeXml(sourceOf(writer, node));

const WRITERS: Partial<Record<Nodes['type'], InlineWriter>> = {
  emphasis: wrap('em'),
  strong: wrap('strong'),
  delete: wrap('del'),
  break: () => '<br />',
  inlineCode: (writer, node) =>
    node.type === 'inlineCode' ? `<code>${escapeXml(parsedText(writer, node, node.value))}</code>` : '',
  footnoteReference: refuseFootnote,
};

const PAIRED = /^<(\/?)(u|sub|sup|strong|em|del|code|b|i|s)>$/i;
const TAGS: Record<string, string> = { b: 'strong', i: 'em', s: 'del' };

/** Raw HTML is text, except the few plain tags that Markdown has no sign for, in pairs. */
function htmlStorage(writer: Writer, node: Html, out: string[], waiting: Waiting[]): void {
  const { value } = node;
  const [, slash, written = ''] = PAIRED.exec(value) ?? [];
  const name = TAGS[written.toLowerCase()] ?? written.toLowerCase();
  const text = /^<br *\/?>$/i.test(value) ? '<br />' : escapeXml(htmlOf(writer, node));
  if (slash === '/' && closeWaiting(waiting, name, out)) {
    out.push(`</${name}>`);
    return;
  }
  if (slash === '') waiting.push({ name, at: out.length, open: `<${name}>` });
  out.push(text);
}

type Linking = Nodes & { type: 'link' | 'image' | 'linkReference' | 'imageReference' };

const isLinking = (node: PhrasingContent): node is PhrasingContent & Linking =>
  /^(?:link|image|linkReference|imageReference)$/.test(node.type);

/** A link or picture; a reference finds its definition. */
function linkingStorage(writer: Writer, node: Linking, attributes: Attributes | null): string {
  if (node.type === 'link') return linkStorage(writer, node, node, attributes);
  if (node.type === 'image') return imageStorage(writer, node, node, attributes);
  const definition: Definition | undefined = writer.definitions.get(
    (node as LinkReference | ImageReference).identifier,
  );
  if (!definition) return asText(writer, node, false);
  return node.type === 'linkReference'
    ? linkStorage(writer, node, definition, attributes)
    : imageStorage(writer, node, definition, attributes);
}

/** Inline Markdown as storage. Always well-formed on its own. */
export function inlineStorage(writer: Writer, nodes: PhrasingContent[], inLink = false): string {
  const out: string[] = [];
  const waiting: Waiting[] = [];
  let taken = 0;
  for (const [at, node] of nodes.entries()) {
    if (node.type === 'text') textStorage(writer, node.value.slice(taken), out, waiting, inLink);
    else if (node.type === 'html') htmlStorage(writer, node, out, waiting);
    else if (isLinking(node)) {
      const next = nodes[at + 1];
      const found = next?.type === 'text' ? readAttributes(next.value, /^image/.test(node.type)) : null;
      out.push(linkingStorage(writer, node, found?.attributes ?? null));
      taken = found?.length ?? 0;
      continue;
    } else out.push((WRITERS[node.type] ?? asText)(writer, node, inLink));
    taken = 0;
  }
  return out.join('');
}

const HEADING_ID = /(?<!\s)\s*\{#([\w.:-]{1,100})\}\s*$/;

/** The text of a heading; `{#name}` at its end is an anchor. */
export function headingStorage(writer: Writer, nodes: PhrasingContent[]): string {
  const last = nodes.at(-1);
  const [found, name] = last?.type === 'text' ? (HEADING_ID.exec(last.value) ?? []) : [];
  if (last?.type !== 'text' || found === undefined || name === undefined) return inlineStorage(writer, nodes);
  const text = { ...last, value: last.value.slice(0, -found.length) };
  return `${parameterTag('anchor', [['', name]])}${inlineStorage(writer, [...nodes.slice(0, -1), text])}`;
}
