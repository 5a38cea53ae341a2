/**
 * Builders for Confluence storage format. They write placeholders where the editor writes ids;
 * `settle` fills them in from the text that follows, so that an unchanged block keeps its ids from
 * one version of a page to the next.
 */
import { hex, uuid } from './ids.ts';
import { personOf } from './people.ts';

/** Stands for a 12-digit `local-id`. */
const SHORT = '\uE001';
/** Stands for a UUID (`ac:macro-id`, `ac:local-id`). */
const LONG = '\uE002';
/** Stands for the next `ac:task-id` of the page. */
const TASK = '\uE003';

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '\u00a0': '&nbsp;',
  '’': '&rsquo;',
  '‘': '&lsquo;',
  '“': '&ldquo;',
  '”': '&rdquo;',
  '‚': '&sbquo;',
  '→': '&rarr;',
  '↔': '&harr;',
  '–': '&ndash;',
  '—': '&mdash;',
  '…': '&hellip;',
  '°': '&deg;',
  '©': '&copy;',
  '\u2003': '&emsp;',
  é: '&eacute;',
  è: '&egrave;',
  ê: '&ecirc;',
  à: '&agrave;',
  á: '&aacute;',
  í: '&iacute;',
  î: '&icirc;',
  ó: '&oacute;',
  ô: '&ocirc;',
  õ: '&otilde;',
  ö: '&ouml;',
  ä: '&auml;',
  ü: '&uuml;',
  Ü: '&Uuml;',
  û: '&ucirc;',
  ç: '&ccedil;',
};

/** Text as the editor saves it: markup escaped, typographic and accented characters as named entities. */
export function esc(text: string): string {
  return text.replace(/[&<>\u00a0’‘“”‚→↔–—…°©\u2003éèêàáíîóôõöäüÜûç]/g, (char) => ENTITIES[char] ?? char);
}

/** A value between double quotes. */
export function attr(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

export function cdata(text: string): string {
  return `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}

/** Fills in the ids of one body. `seed` is the page id; `classic` gives a body of the old editor, without local ids. */
export function settle(seed: string, body: string, classic = false): string {
  const source = classic ? body.replace(/ (?:ac:)?local-id="[\uE001\uE002]"/g, '') : body;
  const seen = new Map<string, number>();
  let task = 0;
  return source.replace(/[\uE001\uE002\uE003]/g, (kind, at: number) => {
    if (kind === TASK) {
      task += 1;
      return String(task);
    }
    const ahead = source.slice(at + 1, at + 400);
    const end = ahead.search(/<\/(?:p|h[1-4]|ac:structured-macro|ac:image|ac:task)>/);
    const context = ahead.slice(0, end < 0 ? 300 : end).replace(/[\uE001\uE002\uE003]/g, '');
    const count = (seen.get(context) ?? 0) + 1;
    seen.set(context, count);
    const key = `${seed} ${context} ${count}`;
    return kind === SHORT ? hex(key).slice(0, 12) : uuid(key);
  });
}

export const p = (html: string) => `<p local-id="${SHORT}">${html}</p>`;
export const h = (level: 1 | 2 | 3 | 4, html: string) => `<h${level} local-id="${SHORT}">${html}</h${level}>`;
export const h2 = (html: string) => h(2, html);
export const h3 = (html: string) => h(3, html);
export const hr = () => '<hr />';
export const strong = (html: string) => `<strong>${html}</strong>`;
export const code = (text: string) => `<code>${esc(text)}</code>`;
export const li = (html: string) => `<li local-id="${SHORT}">${html.startsWith('<p') ? html : p(html)}</li>`;
export const ul = (items: string[]) => `<ul local-id="${SHORT}">${items.map(li).join('')}</ul>`;
export const ol = (items: string[], start = 1) =>
  `<ol start="${start}" local-id="${SHORT}">${items.map(li).join('')}</ol>`;
export const quote = (html: string) => `<blockquote local-id="${SHORT}">${p(html)}</blockquote>`;
export const a = (href: string, text: string) => `<a href="${attr(href)}">${esc(text)}</a>`;
/** A bare smart link, as the editor makes of a pasted address. */
export const smartLink = (href: string) =>
  `<a href="${attr(href)}" data-card-appearance="inline" local-id="${SHORT}">${esc(href)}</a>`;

export type Params = Record<string, string>;

export const params = (values: Params) =>
  Object.entries(values)
    .map(([name, value]) => `<ac:parameter ac:name="${attr(name)}">${esc(value)}</ac:parameter>`)
    .join('');

/** A macro; `inner` is markup that follows the parameters, e.g. a `rich` or `plain` body. */
export const macro = (name: string, values: Params = {}, inner = '', extra = '') =>
  `<ac:structured-macro ac:name="${name}" ac:schema-version="1"${extra} ac:local-id="${LONG}" ac:macro-id="${LONG}">${params(values)}${inner}</ac:structured-macro>`;
export const rich = (html: string) => `<ac:rich-text-body>${html}</ac:rich-text-body>`;
export const plain = (text: string) => `<ac:plain-text-body>${cdata(text)}</ac:plain-text-body>`;

export const codeBlock = (language: string, text: string, values: Params = {}) =>
  macro('code', { language, ...values }, plain(text));
export const box = (kind: 'info' | 'note' | 'warning' | 'tip', html: string, values: Params = {}) =>
  macro(kind, values, rich(html));
export const panel = (html: string, values: Params = {}) =>
  macro(
    'panel',
    { panelIcon: ':bulb:', panelIconId: '1f4a1', panelIconText: '💡', bgColor: '#E6FCFF', ...values },
    rich(html),
  );
export const expand = (title: string, html: string) =>
  macro('expand', { title }, rich(html), ' data-layout="default"');
export const toc = (values: Params = {}) =>
  macro(
    'toc',
    { minLevel: '1', maxLevel: '3', outline: 'false', type: 'list', printable: 'false', ...values },
    '',
    ' data-layout="default"',
  );
export const status = (colour: 'Green' | 'Yellow' | 'Red' | 'Blue' | 'Grey' | 'Purple', title: string) =>
  macro('status', { title, colour });
export const excerpt = (html: string, values: Params = {}) => macro('excerpt', values, rich(html));
export const properties = (rows: [string, string][]) =>
  macro('details', {}, rich(table(rows.map(([name, value]) => [th(name), td(value)]))));

export const mention = (key: string) =>
  `<ac:link><ri:user ri:account-id="${personOf(key).accountId}" /></ac:link>`;
export const time = (iso: string) => `<time datetime="${iso}" />`;

const EMOJI: Record<string, [id: string, fallback: string, name: string]> = {
  rocket: ['1f680', '🚀', 'blue-star'],
  tada: ['1f389', '🎉', 'blue-star'],
  fire: ['1f525', '🔥', 'blue-star'],
  robot: ['1f916', '🤖', 'blue-star'],
  eyes: ['1f440', '👀', 'blue-star'],
  warning: ['atlassian-warning', ':warning:', 'warning'],
  check_mark: ['atlassian-check_mark', ':check_mark:', 'tick'],
  cross_mark: ['atlassian-cross_mark', ':cross_mark:', 'cross'],
  smile: ['1f604', '😄', 'laugh'],
  thumbsup: ['1f44d', '👍', 'thumbs-up'],
};

export function emoji(shortname: string): string {
  const found = EMOJI[shortname];
  if (!found) return `<ac:emoticon ac:name="${attr(shortname)}" />`;
  const [id, fallback, name] = found;
  return `<ac:emoticon ac:emoji-shortname=":${shortname}:" ac:emoji-id="${id}" ac:emoji-fallback="${fallback}" ac:name="${name}" />`;
}

/** Anchor of an inline comment. The ref is made from a name, so that the comment can name it too. */
export const markRef = (name: string) => uuid(`inline ${name}`);
export const mark = (name: string, html: string) =>
  `<ac:inline-comment-marker ac:ref="${markRef(name)}">${html}</ac:inline-comment-marker>`;

export type LinkOptions = { space?: string; text?: string; anchor?: string; card?: boolean; plain?: boolean };

export function pageLink(title: string, options: LinkOptions = {}): string {
  const anchor = options.anchor ? ` ac:anchor="${attr(options.anchor)}"` : '';
  const card = options.card ? ` ac:card-appearance="inline" ac:local-id="${LONG}"` : '';
  const space = options.space ? ` ri:space-key="${attr(options.space)}"` : '';
  const text = options.text ?? title;
  const body = options.plain
    ? `<ac:plain-text-link-body>${cdata(text)}</ac:plain-text-link-body>`
    : `<ac:link-body>${esc(text)}</ac:link-body>`;
  return `<ac:link${anchor}${card}><ri:page${space} ri:content-title="${attr(title)}" ri:version-at-save="1" />${body}</ac:link>`;
}

export const fileLink = (filename: string, text = filename) =>
  `<ac:link><ri:attachment ri:filename="${attr(filename)}" ri:version-at-save="1" /><ac:plain-text-link-body>${cdata(text)}</ac:plain-text-link-body></ac:link>`;

export type ImageOptions = {
  alt?: string;
  caption?: string;
  width?: number;
  height?: number;
  url?: string;
  border?: boolean;
};

/** A picture attached to the page, or, with `url`, one from elsewhere. */
export function image(filename: string, options: ImageOptions = {}): string {
  const { width = 760, height = 428 } = options;
  const source = options.url
    ? `<ri:url ri:value="${attr(options.url)}" />`
    : `<ri:attachment ri:filename="${attr(filename)}" ri:version-at-save="1" />`;
  const caption = options.caption
    ? `<ac:caption ac:local-id="${LONG}"><p local-id="${SHORT}">${esc(options.caption)}</p></ac:caption>`
    : '';
  const border = options.border === false ? '' : '<ac:adf-mark key="border" size="1" color="#091e4224" />';
  return `<ac:image ac:align="center" ac:layout="center" ac:original-height="${height}" ac:original-width="${width}" ac:custom-width="true" ac:alt="${attr(options.alt ?? filename)}" ac:width="${width}" ac:local-id="${LONG}">${source}${caption}${border}</ac:image>`;
}

export type Task = { text: string; done?: boolean };

/** Task bodies hold inline storage: mentions and dates are how the editor keeps owner and due date. */
export const taskList = (tasks: Task[]) =>
  `<ac:task-list ac:task-list-id="${LONG}">${tasks
    .map(
      (task) =>
        `<ac:task><ac:task-id>${TASK}</ac:task-id><ac:task-uuid>${LONG}</ac:task-uuid><ac:task-status>${task.done ? 'complete' : 'incomplete'}</ac:task-status><ac:task-body><span class="placeholder-inline-tasks">${task.text}</span></ac:task-body></ac:task>`,
    )
    .join('\n')}</ac:task-list>`;

export type CellOptions = { colspan?: number; rowspan?: number; colour?: string };

const cell =
  (tag: 'td' | 'th') =>
  (html: string, options: CellOptions = {}) => {
    const span = options.colspan ? ` colspan="${options.colspan}"` : '';
    const rows = options.rowspan ? ` rowspan="${options.rowspan}"` : '';
    const colour = options.colour ? ` data-highlight-colour="${options.colour}"` : '';
    return `<${tag}${span}${rows}${colour} ac:local-id="${LONG}">${html.startsWith('<p') || html.startsWith('<ul') || html.startsWith('<ol') || html.startsWith('<ac:task-list') ? html : p(html)}</${tag}>`;
  };
export const td = cell('td');
export const th = cell('th');

export type TableOptions = {
  widths?: number[];
  layout?: 'default' | 'wide' | 'center' | 'full-width';
  width?: number;
};

export function table(rows: string[][], options: TableOptions = {}): string {
  const cols = options.widths
    ? `<colgroup>${options.widths.map((width) => `<col style="width: ${width.toFixed(1)}px;" />`).join('')}</colgroup>`
    : '';
  const body = rows.map((cells) => `<tr ac:local-id="${LONG}">${cells.join('')}</tr>`).join('');
  return `<table data-table-width="${options.width ?? 760}" data-layout="${options.layout ?? 'default'}" ac:local-id="${LONG}">${cols}<tbody>${body}</tbody></table>`;
}

export type SectionType =
  | 'single'
  | 'two_equal'
  | 'two_left_sidebar'
  | 'two_right_sidebar'
  | 'three_equal'
  | 'three_with_sidebars';

export const section = (type: SectionType, cells: string[]) =>
  `<ac:layout-section ac:type="${type}" ac:breakout-mode="wide" ac:breakout-width="960" ac:local-id="${LONG}">${cells
    .map((html) => `<ac:layout-cell ac:local-id="${LONG}">${html}</ac:layout-cell>`)
    .join('')}</ac:layout-section>`;
export const layout = (sections: string[]) => `<ac:layout>${sections.join('')}</ac:layout>`;

/** A part that storage format cannot say itself: the new editor's node with a fallback for the old one. */
export const adfPanel = (kind: 'note' | 'custom', html: string) =>
  `<ac:adf-extension><ac:adf-node type="panel"><ac:adf-attribute key="panel-type">${kind}</ac:adf-attribute><ac:adf-content>${p(html)}</ac:adf-content></ac:adf-node><ac:adf-fallback><div class="panel conf-macro output-block" style="background-color: rgb(234,230,255);border-color: rgb(153,141,217);border-width: 1.0px;"><div class="panelContent" style="background-color: rgb(234,230,255);"><p>${html}</p></div></div></ac:adf-fallback></ac:adf-extension>`;

export const decisions = (items: string[]) =>
  `<ac:adf-extension><ac:adf-node type="decision-list"><ac:adf-attribute key="local-id">${LONG}</ac:adf-attribute>${items
    .map(
      (html) =>
        `<ac:adf-node type="decision-item"><ac:adf-attribute key="local-id">${LONG}</ac:adf-attribute><ac:adf-attribute key="state">DECIDED</ac:adf-attribute><ac:adf-content>${html}</ac:adf-content></ac:adf-node>`,
    )
    .join(
      '',
    )}</ac:adf-node><ac:adf-fallback><ul class="decision-list">${items.map((html) => `<li>${html}</li>`).join('')}</ul></ac:adf-fallback></ac:adf-extension>`;
