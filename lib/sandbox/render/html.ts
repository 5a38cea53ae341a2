import { elements, macroParameters, parseXml, textOf, type XmlElement, type XmlNode } from '../xml/parse.ts';
import { escapeHtml, safeHref } from './escape.ts';
import { macroHtml } from './macros.ts';

/** How a body finds what it refers to. Each answers undefined for what is missing. */
export type RenderContext = {
  personName(accountId: string): string | undefined;
  pageUrl(title: string, spaceKey: string | undefined): string | undefined;
  spaceUrl(spaceKey: string): string | undefined;
  attachmentUrl(filename: string): string | undefined;
};

export type Renderer = { context: RenderContext; nodes(nodes: XmlNode[]): string; headings: XmlElement[] };

const plain = new Set(
  'p h1 h2 h3 h4 h5 h6 ul ol li strong b em i u s del sub sup code pre blockquote table tbody thead tr th td colgroup col br hr span div small'.split(
    ' ',
  ),
);
const empty = new Set(['br', 'hr', 'col']);
const kept = new Set(['colspan', 'rowspan', 'start', 'scope', 'dir', 'lang']);
const silent = new Set([
  'ac:parameter',
  'ac:task-id',
  'ac:task-uuid',
  'ac:task-status',
  'ac:adf-attribute',
  'ac:adf-mark',
  'ac:placeholder',
]);
const colours = /^#[0-9a-f]{3,8}$|^rgb\([\d, ]+\)$|^[a-z]{3,20}$/i;

/** Storage format as clean HTML that runs nothing and loads nothing from elsewhere. */
export function storageToHtml(storage: string, context: RenderContext): string {
  const top = parseXml(storage);
  const headings: XmlElement[] = [];
  const collect = (node: XmlNode): void => {
    if (node.kind !== 'element') return;
    if (/^h[1-6]$/.test(node.name)) headings.push(node);
    node.children.forEach(collect);
  };
  top.forEach(collect);
  const renderer: Renderer = {
    context,
    headings,
    nodes: (nodes) => nodes.map((node) => one(node, renderer)).join(''),
  };
  return renderer.nodes(top);
}

/** The fragment id of a heading, as Confluence makes it: its words joined by hyphens. */
export function headingId(heading: XmlElement): string {
  return textOf(heading).trim().replace(/\s+/g, '-');
}

function one(node: XmlNode, renderer: Renderer): string {
  if (node.kind === 'text') return escapeHtml(node.text);
  if (node.kind === 'comment' || silent.has(node.name)) return '';
  const special = specials[node.name];
  if (special) return special(node, renderer);
  const inner = renderer.nodes(node.children);
  if (!plain.has(node.name)) return inner;
  if (empty.has(node.name)) return `<${node.name}>`;
  return `<${node.name}${attributesOf(node)}>${inner}</${node.name}>`;
}

function attributesOf(node: XmlElement): string {
  let text = '';
  for (const [name, value] of Object.entries(node.attributes))
    if (kept.has(name)) text += ` ${name}="${escapeHtml(value)}"`;
  if (/^h[1-6]$/.test(node.name)) text += ` id="${escapeHtml(headingId(node))}"`;
  const styles: string[] = [];
  const highlight = node.attributes['data-highlight-colour'];
  if (highlight && colours.test(highlight)) styles.push(`background:${highlight};color:#172b4d`);
  const align = /text-align:\s*(left|right|center|justify)/.exec(node.attributes.style ?? '')?.[1];
  if (align) styles.push(`text-align:${align}`);
  const colour = /(?:^|;)\s*color:\s*([^;]+)/.exec(node.attributes.style ?? '')?.[1]?.trim();
  if (colour && colours.test(colour)) styles.push(`color:${colour}`);
  return styles.length > 0 ? `${text} style="${styles.join(';')}"` : text;
}

const specials: Record<string, (node: XmlElement, renderer: Renderer) => string> = {
  a: (node, renderer) => anchor(node.attributes.href ?? '', renderer.nodes(node.children)),
  img: (node) =>
    `<span class="missing">[image: ${escapeHtml(node.attributes.alt ?? node.attributes.src ?? '')}]</span>`,
  time: (node) => `<time class="chip">${escapeHtml(node.attributes.datetime ?? '')}</time>`,
  'ac:link': link,
  'ac:image': image,
  'ac:emoticon': (node) =>
    escapeHtml(node.attributes['ac:emoji-fallback'] ?? `:${node.attributes['ac:name'] ?? 'emoticon'}:`),
  'ac:structured-macro': macroHtml,
  'ac:macro': macroHtml,
  'ac:task-list': (node, renderer) => `<ul class="tasks">${renderer.nodes(elements(node))}</ul>`,
  'ac:task': task,
  'ac:layout': (node, renderer) => `<div class="layout">${renderer.nodes(elements(node))}</div>`,
  'ac:layout-section': (node, renderer) =>
    `<div class="section ${escapeHtml((node.attributes['ac:type'] ?? 'single').replaceAll('_', '-'))}">${renderer.nodes(elements(node))}</div>`,
  'ac:layout-cell': (node, renderer) => `<div class="cell">${renderer.nodes(node.children)}</div>`,
  'ac:inline-comment-marker': (node, renderer) => `<mark>${renderer.nodes(node.children)}</mark>`,
  'ac:adf-extension': (node, renderer) => {
    const fallback = elements(node, 'ac:adf-fallback')[0];
    const content = elements(node, 'ac:adf-node').flatMap((one) => elements(one, 'ac:adf-content'));
    return `<div class="panel">${renderer.nodes(fallback ? fallback.children : content)}</div>`;
  },
  'ac:caption': (node, renderer) => `<figcaption>${renderer.nodes(node.children)}</figcaption>`,
  'at:var': (node) => `<code>$${escapeHtml(node.attributes['at:name'] ?? '')}</code>`,
  'at:declarations': () => '',
};

function anchor(href: string, label: string): string {
  const safe = safeHref(href);
  return safe
    ? `<a href="${escapeHtml(safe)}" rel="nofollow noopener">${label}</a>`
    : `<span>${label}</span>`;
}

function link(node: XmlElement, renderer: Renderer): string {
  const { context } = renderer;
  const resource = elements(node).find((child) => child.name.startsWith('ri:'));
  const bodies = elements(node).filter((child) => /^ac:(?:plain-text-)?link-body$/.test(child.name));
  const label = bodies.map((body) => renderer.nodes(body.children)).join('');
  const fragment = node.attributes['ac:anchor'];
  const { attributes } = resource ?? { attributes: {} as Record<string, string> };
  const title = attributes['ri:content-title'] ?? '';
  const filename = attributes['ri:filename'] ?? '';
  if (resource?.name === 'ri:user') {
    const name = context.personName(attributes['ri:account-id'] ?? '') ?? 'Unknown person';
    return `<span class="mention">@${escapeHtml(name)}</span>`;
  }
  const targets: Record<string, () => string | undefined> = {
    'ri:page': () => context.pageUrl(title, attributes['ri:space-key']),
    'ri:blog-post': () => context.pageUrl(title, attributes['ri:space-key']),
    'ri:attachment': () => context.attachmentUrl(filename),
    'ri:space': () => context.spaceUrl(attributes['ri:space-key'] ?? ''),
    'ri:url': () => attributes['ri:value'],
  };
  const target = resource ? targets[resource.name]?.() : '';
  const shown = label || escapeHtml(title || filename || attributes['ri:space-key'] || fragment || 'link');
  if (target === undefined) return `<span class="missing" title="Not found">${shown}</span>`;
  return anchor(fragment ? `${target}#${encodeURIComponent(fragment)}` : target, shown);
}

function image(node: XmlElement, renderer: Renderer): string {
  const alt = node.attributes['ac:alt'] ?? '';
  const filename = elements(node, 'ri:attachment')[0]?.attributes['ri:filename'];
  const outside = elements(node, 'ri:url')[0]?.attributes['ri:value'];
  const caption = elements(node, 'ac:caption')
    .map((child) => renderer.nodes([child]))
    .join('');
  const source = filename ? renderer.context.attachmentUrl(filename) : undefined;
  if (source) {
    const width = /^\d{1,4}$/.test(node.attributes['ac:width'] ?? '')
      ? ` width="${node.attributes['ac:width']}"`
      : '';
    return `<figure><img src="${escapeHtml(source)}" alt="${escapeHtml(alt || filename || '')}"${width}>${caption}</figure>`;
  }
  // Pictures from elsewhere are named, not loaded.
  const shown = escapeHtml(alt || filename || outside || 'image');
  return `<span class="missing">[image: ${outside ? anchor(outside, shown) : shown}]</span>${caption}`;
}

function task(node: XmlElement, renderer: Renderer): string {
  const status = elements(node, 'ac:task-status')[0];
  const done = status !== undefined && textOf(status).trim() === 'complete';
  const body = elements(node, 'ac:task-body')
    .map((one) => renderer.nodes(one.children))
    .join('');
  return `<li><input type="checkbox" disabled${done ? ' checked' : ''} aria-label="${done ? 'Done' : 'Open'}"> <span>${body}</span></li>`;
}

/** The parameters of a macro as a short readable line. */
export function parameterLine(node: XmlElement): string {
  return Object.entries(macroParameters(node))
    .map(([name, value]) => (name ? `${name}: ${value}` : value))
    .join(', ');
}
