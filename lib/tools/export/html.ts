import type { RichNode } from '#lib/wire';
import { htmlStyle } from './html-style.ts';
import { countedList, prepare } from './prepare.ts';
import type { ExportPage, ExportSet, Made } from './source.ts';

type Element = Exclude<RichNode, string>;

const signs: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => signs[sign] ?? sign);

type Env = {
  image: (name: string) => string | null;
  headings: Map<Element, string>;
  lacking: (what: string) => void;
};

const wordsOf = (nodes: readonly RichNode[]): string =>
  nodes.map((node) => (typeof node === 'string' ? node : wordsOf(node.kids ?? []))).join('');

/** http, https, mailto, places in this file and relative files; nothing that could run. */
const safe = (href: string): boolean =>
  /^(https?:\/\/|mailto:|#)/i.test(href) ||
  (!/^[a-z][a-z0-9+.-]*:/i.test(href) && !href.startsWith('/') && !href.startsWith('\\'));

const same = 'h1 h2 h3 h4 h5 h6 p ul ol li blockquote strong em u s sub sup code ins del'.split(' ');
const empty: Record<string, string> = { br: '<br>', hr: '<hr>' };

function cell(node: Element, env: Env): string {
  const span = (name: 'colspan' | 'rowspan') =>
    node.at?.[name] === undefined ? '' : ` ${name}="${node.at[name]}"`;
  return `<${node.tag}${span('colspan')}${span('rowspan')}>${inside(node, env)}</${node.tag}>`;
}

const inside = (node: Element, env: Env): string => html(node.kids ?? [], env);
const titled = (node: Element): string =>
  node.at?.title ? `<div class="title">${escapeHtml(node.at.title)}</div>` : '';

function picture(node: Element, env: Env): string {
  const name = node.at?.title ?? '';
  const source = node.at?.href === undefined ? null : env.image(node.at.href);
  if (source === null) {
    env.lacking(node.at?.kind === 'remote' ? 'image on another site' : `image "${name}"`);
    return `<span class="missing">[image: ${escapeHtml(name || 'without a name')}]</span>`;
  }
  const caption = (node.kids ?? []).length > 0 ? `<figcaption>${inside(node, env)}</figcaption>` : '';
  return `<figure><img src="${source}" alt="${escapeHtml(name)}">${caption}</figure>`;
}

function contents(env: Env): string {
  const items = [...env.headings].map(
    ([node, id]) =>
      `<li class="l${node.tag[1]}"><a href="#${id}">${escapeHtml(wordsOf(node.kids ?? []))}</a></li>`,
  );
  return `<nav class="toc"><ul>${items.join('')}</ul></nav>`;
}

type Writer = (node: Element, env: Env) => string;

const writers: Record<string, Writer> = {
  a: (node, env) =>
    node.at?.href !== undefined && safe(node.at.href)
      ? `<a href="${escapeHtml(node.at.href)}">${inside(node, env)}</a>`
      : `<span class="link">${inside(node, env)}</span>`,
  image: picture,
  pre: (node, env) => `<div class="code">${titled(node)}<pre><code>${inside(node, env)}</code></pre></div>`,
  ol: (node, env) =>
    `<ol${node.at?.start === undefined ? '' : ` start="${node.at.start}"`}>${inside(node, env)}</ol>`,
  table: (node, env) => `<div class="scroll"><table>${inside(node, env)}</table></div>`,
  tr: (node, env) => `<tr>${inside(node, env)}</tr>`,
  td: cell,
  th: cell,
  panel: (node, env) =>
    `<div class="panel ${escapeHtml(node.at?.kind ?? 'panel')}">${titled(node)}${inside(node, env)}</div>`,
  expand: (node, env) =>
    `<details open><summary>${escapeHtml(node.at?.title || 'Details')}</summary>${inside(node, env)}</details>`,
  status: (node, env) =>
    `<span class="status ${escapeHtml((node.at?.kind ?? 'grey').replace(/[^a-z]/g, ''))}">${inside(node, env)}</span>`,
  task: (node, env) =>
    `<li class="task"><input type="checkbox" disabled${node.at?.done === true ? ' checked' : ''}> ${inside(node, env)}</li>`,
  mention: (node, env) => `<span class="mention">${inside(node, env)}</span>`,
  date: (node, env) => `<time>${inside(node, env)}</time>`,
  emoji: (node, env) => `<span title="${escapeHtml(node.at?.title ?? '')}">${inside(node, env)}</span>`,
  layout: (node, env) => `<div class="layout">${inside(node, env)}</div>`,
  column: (node, env) => `<div>${inside(node, env)}</div>`,
  macro: (node, env) =>
    node.at?.kind === 'toc'
      ? contents(env)
      : `<span class="macro"><b>${escapeHtml(node.at?.kind ?? 'macro')}</b> ${escapeHtml(node.at?.title ?? '')} ${inside(node, env)}</span>`,
};

function html(nodes: readonly RichNode[], env: Env): string {
  return nodes
    .map((node) => {
      if (typeof node === 'string') return escapeHtml(node);
      const fixed = empty[node.tag];
      if (fixed !== undefined) return fixed;
      const writer = writers[node.tag];
      if (writer !== undefined) return writer(node, env);
      if (!same.includes(node.tag)) return inside(node, env);
      const id = env.headings.get(node);
      return `<${node.tag}${id === undefined ? '' : ` id="${id}"`} dir="auto">${inside(node, env)}</${node.tag}>`;
    })
    .join('');
}

function headingsOf(nodes: readonly RichNode[], found = new Map<Element, string>()): Map<Element, string> {
  for (const node of nodes) {
    if (typeof node === 'string') continue;
    if (/^h[1-6]$/.test(node.tag)) found.set(node, `h${found.size + 1}`);
    headingsOf(node.kids ?? [], found);
  }
  return found;
}

/** A whole HTML file around a body: one style, no script, and a policy under which nothing is fetched. */
export function htmlFile(o: { title: string; head: string; body: string }): string {
  return `<!doctype html>
<html lang="und"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">
<title>${escapeHtml(o.title)}</title><style>${htmlStyle}</style></head>
<body><main><header>${o.head}</header>
<article>${o.body}</article></main></body></html>
`;
}

const drawable = new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/svg+xml',
  'image/avif',
]);

/** A page as one HTML file: styles and images within it, no script, nothing fetched from anywhere. */
export function htmlOf(set: ExportSet, page: ExportPage, facts: string, o: { linked: boolean }): Made {
  const { content, notShown } = prepare(set, page, { ending: o.linked ? 'html' : null, file: 'name' });
  const env: Env = {
    headings: headingsOf(content),
    lacking: (what) => notShown.set(what, (notShown.get(what) ?? 0) + 1),
    image: (name) => {
      const file = page.files.find((one) => one.name === name);
      // Inside an <img> an SVG cannot run a script or fetch anything.
      return file?.bytes && drawable.has(file.mediaType)
        ? `data:${file.mediaType};base64,${file.bytes.toString('base64')}`
        : null;
    },
  };
  const body = html(content, env);
  const lacking = countedList(notShown);
  const note =
    lacking.length === 0
      ? ''
      : `<aside><b>Not shown here</b><ul>${lacking.map((one) => `<li>${escapeHtml(one)}</li>`).join('')}</ul></aside>`;
  const { title, url } = page.document;
  const trail = [page.space.name, ...page.trail].join(' › ');
  const head = `<p class="trail">${escapeHtml(trail)}</p><h1 dir="auto">${escapeHtml(title)}</h1><p class="facts">${escapeHtml(facts)}<br><a href="${escapeHtml(url)}">${escapeHtml(url)}</a></p>`;
  return {
    bytes: Buffer.from(htmlFile({ title, head, body: body + note })),
    ending: 'html',
    mediaType: 'text/html; charset=utf-8',
    notShown: lacking,
  };
}
