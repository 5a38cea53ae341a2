import type { Nodes, PhrasingContent } from 'mdast';
import { ContentError } from '../content-error.ts';
import { cleanText, escapeAttribute, escapeXml } from '../entities.ts';
import { canonical, readPageAddress } from '../view/canonical.ts';
import { macroFromPlaceholder } from './macro.ts';
import { TOKEN, type Token, unstash } from './stash.ts';
import { asWritten, sourceOf, type Writer } from './writer.ts';

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

export function unknownPlaceholder(writer: Writer, source: string): ContentError {
  const candidates = [...writer.originals.byId.values()]
    .slice(0, 12)
    .map((atom) => atom.markdown.split('\n')[0] ?? '');
  const has = candidates.length === 0 ? 'The page has none.' : `The page has: ${candidates.join(' ')}`;
  return new ContentError(`The placeholder ${source} names nothing on this page. ${has}`, {
    code: 'not_found',
    next: 'Read the page again and copy its placeholders unchanged, or leave the #id away to make a new macro.',
    data: { candidates },
  });
}

const COLOURS: Record<string, string> = {
  grey: 'Grey',
  gray: 'Grey',
  red: 'Red',
  yellow: 'Yellow',
  green: 'Green',
  blue: 'Blue',
  purple: 'Purple',
};

/** The bytes a token stands for. */
export function tokenStorage(writer: Writer, token: Token, source: string): string {
  const original = writer.originals.atoms.get(canonical(source));
  switch (token.kind) {
    case 'placeholder':
      return placeholderStorage(writer, token, source);
    case 'status': {
      if (original) return original.bytes;
      const colour = token.colour ? (COLOURS[token.colour] ?? null) : null;
      return `<ac:structured-macro ac:name="status"><ac:parameter ac:name="title">${escapeXml(token.title)}</ac:parameter>${
        colour ? `<ac:parameter ac:name="colour">${colour}</ac:parameter>` : ''
      }</ac:structured-macro>`;
    }
    case 'date':
      return original?.bytes ?? `<time datetime="${escapeAttribute(token.date)}" />`;
    case 'mention':
      return original?.bytes ?? `<ac:link><ri:user ri:account-id="${escapeAttribute(token.id)}" /></ac:link>`;
    case 'emoji':
      return original?.bytes ?? `<ac:emoticon ac:name="${escapeAttribute(token.name)}" />`;
    case 'literal':
      return escapeXml(source);
    case 'comment':
    case 'end-comment':
      return '';
  }
}

function placeholderStorage(writer: Writer, token: Token & { kind: 'placeholder' }, source: string): string {
  if (token.id === null) return macroFromPlaceholder(token.name, token.parameters);
  const original = writer.originals.byId.get(token.id);
  if (!original) throw unknownPlaceholder(writer, source);
  const shown = original.markdown.replace(/\\\|/g, '|');
  const written = source.replace(/\\\|/g, '|');
  const short = token.parameters.length === 0;
  if (
    shown.replace(/\s+/g, ' ') !== written.replace(/\s+/g, ' ') &&
    !(short && shown.startsWith(`{{${token.name}`))
  ) {
    throw new ContentError(`The placeholder ${written} was changed; on the page it reads ${shown}.`, {
      next: 'Keep a placeholder as it is; to change the macro itself give its storage instead of Markdown.',
    });
  }
  return original.bytes;
}

const ADDRESS = /(?<![\p{L}\p{N}_])https?:\/\/[^\s<>"'`\\[\]{}|\u2e28\u2e29]+/gu;

/** Text in which web addresses are links; signs at their end belong to the sentence. */
function linked(text: string): string {
  return text
    .replace(ADDRESS, '\u0000$&\u0000')
    .split('\u0000')
    .map((part, at) => {
      if (at % 2 === 0) return escapeXml(part);
      const end = part.includes('(') ? /[.,;:!?*_~\]]+$/ : /[.,;:!?*_~\])]+$/;
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
      const marker = writer.originals.byId.get(token.id);
      if (!marker) throw unknownPlaceholder(writer, source);
      waiting.push({ name: 'comment', at: out.length, open: marker.bytes });
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
    const inner = inlineStorage(
      writer,
      'children' in node ? (node.children as PhrasingContent[]) : [],
      inLink,
    );
    return inner === '' ? '' : `<${tag}>${inner}</${tag}>`;
  };

/** The link and image targets that stand for something in Confluence. */
export function resource(url: string): { xml: string; anchor: string | null } | null {
  if (url.startsWith('page:')) {
    const { title, space, anchor } = readPageAddress(url);
    if (title === '') return null;
    const key = space === null ? '' : ` ri:space-key="${escapeAttribute(space)}"`;
    return { xml: `<ri:page ri:content-title="${escapeAttribute(title)}"${key} />`, anchor };
  }
  if (url.startsWith('attachment:') && url.length > 11) {
    return { xml: `<ri:attachment ri:filename="${escapeAttribute(url.slice(11))}" />`, anchor: null };
  }
  return null;
}

function linkStorage(writer: Writer, node: Nodes & { type: 'link' }): string {
  const source = sourceOf(writer, node);
  const original = writer.originals.atoms.get(canonical(source));
  if (original) return original.bytes;
  const inner = inlineStorage(writer, node.children, true);
  const url = cleanText(unstash(node.url, writer.stash.tokens));
  const titled = node.title?.startsWith('page:') ? node.title : null;
  const target = resource(unstash(titled ?? url, writer.stash.tokens));
  const anchored = target ? target.anchor : url.startsWith('#') && url.length > 1 ? url.slice(1) : null;
  if (target || anchored !== null) {
    const anchor = anchored === null ? '' : ` ac:anchor="${escapeAttribute(anchored)}"`;
    return `<ac:link${anchor}>${target?.xml ?? ''}<ac:link-body>${inner}</ac:link-body></ac:link>`;
  }
  const bare = !/^[[<]/.test(source);
  if (!WEB.test(url) && !/^[/?]/.test(url))
    return bare ? inner : `${inner}${url === '' ? '' : escapeXml(` (${url})`)}`;
  if (bare && !/^https?:/i.test(source)) return inner;
  return `<a href="${escapeAttribute(url)}">${inner}</a>`;
}

function imageStorage(writer: Writer, node: Nodes & { type: 'image' }): string {
  const source = sourceOf(writer, node);
  const original = writer.originals.atoms.get(canonical(source));
  if (original) return original.bytes;
  const url = cleanText(unstash(node.url, writer.stash.tokens));
  const text = cleanText(unstash(node.alt ?? '', writer.stash.tokens));
  const target = url.startsWith('attachment:') ? resource(url) : null;
  if (!target && !/^https?:\/\//i.test(url)) return escapeXml(source);
  const alt = text === '' ? '' : ` ac:alt="${escapeAttribute(text)}"`;
  const caption = node.title
    ? `<ac:caption><p>${escapeXml(unstash(node.title, writer.stash.tokens))}</p></ac:caption>`
    : '';
  return `<ac:image${alt}>${target?.xml ?? `<ri:url ri:value="${escapeAttribute(url)}" />`}${caption}</ac:image>`;
}

const asText: InlineWriter = (writer, node) => escapeXml(sourceOf(writer, node));

const WRITERS: Partial<Record<Nodes['type'], InlineWriter>> = {
  emphasis: wrap('em'),
  strong: wrap('strong'),
  delete: wrap('del'),
  break: () => '<br />',
  inlineCode: (writer, node) =>
    node.type === 'inlineCode' ? `<code>${escapeXml(unstash(node.value, writer.stash.tokens))}</code>` : '',
  link: (writer, node) => (node.type === 'link' ? linkStorage(writer, node) : ''),
  image: (writer, node) => (node.type === 'image' ? imageStorage(writer, node) : ''),
};

const PAIRED = /^<(\/?)(u|sub|sup|strong|em|del)>$/;

/** Raw HTML is text, except the few plain tags that Markdown has no sign for, in pairs. */
function htmlStorage(writer: Writer, value: string, out: string[], waiting: Waiting[]): void {
  const [, slash, name = ''] = PAIRED.exec(value) ?? [];
  const text = /^<br *\/?>$/i.test(value) ? '<br />' : escapeXml(asWritten(writer, value));
  if (slash === '/' && closeWaiting(waiting, name, out)) {
    out.push(`</${name}>`);
    return;
  }
  if (slash === '') waiting.push({ name, at: out.length, open: `<${name}>` });
  out.push(text);
}

/** Inline Markdown as storage. Always well-formed on its own. */
export function inlineStorage(writer: Writer, nodes: PhrasingContent[], inLink = false): string {
  const out: string[] = [];
  const waiting: Waiting[] = [];
  for (const node of nodes) {
    if (node.type === 'text') textStorage(writer, node.value, out, waiting, inLink);
    else if (node.type === 'html') htmlStorage(writer, node.value, out, waiting);
    else out.push((WRITERS[node.type] ?? asText)(writer, node, inLink));
  }
  return out.join('');
}
