import { elements, macroParameters, textOf, type XmlElement } from '../xml/parse.ts';
import { escapeHtml } from './escape.ts';
import { headingId, parameterLine, type Renderer } from './html.ts';

type Draw = (node: XmlElement, renderer: Renderer) => string;

/** One macro as HTML: the common ones as they look, the others as a labelled box with what they hold. */
export function macroHtml(node: XmlElement, renderer: Renderer): string {
  const name = node.attributes['ac:name'] ?? 'macro';
  const draw = Object.hasOwn(drawings, name) ? drawings[name] : undefined;
  return draw ? draw(node, renderer) : box(node, renderer);
}

function rich(node: XmlElement, renderer: Renderer): string {
  return elements(node, 'ac:rich-text-body')
    .map((body) => renderer.nodes(body.children))
    .join('');
}

function plainBody(node: XmlElement): string {
  return elements(node, 'ac:plain-text-body').map(textOf).join('');
}

function box(node: XmlElement, renderer: Renderer): string {
  const name = escapeHtml(node.attributes['ac:name'] ?? 'macro');
  const line = parameterLine(node);
  const text = plainBody(node);
  const body = rich(node, renderer) + (text ? `<pre><code>${escapeHtml(text)}</code></pre>` : '');
  const note = line ? ` <span class="muted">${escapeHtml(line)}</span>` : '';
  return body
    ? `<div class="macro"><div class="macro-name">${name}${note}</div>${body}</div>`
    : `<span class="macro inline"><span class="macro-name">${name}</span>${note}</span>`;
}

function panel(kind: string): Draw {
  return (node, renderer) => {
    const { title } = macroParameters(node);
    const head = title ? `<p class="panel-title">${escapeHtml(title)}</p>` : '';
    return `<div class="panel ${kind}">${head}${rich(node, renderer)}</div>`;
  };
}

function code(node: XmlElement): string {
  const { title, language } = macroParameters(node);
  const head = title || language ? `<div class="code-head">${escapeHtml(title ?? language ?? '')}</div>` : '';
  return `<div class="code">${head}<pre><code>${escapeHtml(plainBody(node))}</code></pre></div>`;
}

const lozenges = new Set(['grey', 'red', 'yellow', 'green', 'blue', 'purple']);

const drawings: Record<string, Draw> = {
  info: panel('info'),
  note: panel('note'),
  tip: panel('tip'),
  warning: panel('warning'),
  panel: panel('plain'),
  excerpt: (node, renderer) => rich(node, renderer),
  details: (node, renderer) => `<div class="details">${rich(node, renderer)}</div>`,
  section: (node, renderer) => `<div class="section">${rich(node, renderer)}</div>`,
  column: (node, renderer) => `<div class="cell">${rich(node, renderer)}</div>`,
  code,
  noformat: code,
  expand: (node, renderer) =>
    `<details class="expand"><summary>${escapeHtml(macroParameters(node).title ?? 'Click here to expand...')}</summary>${rich(node, renderer)}</details>`,
  status: (node) => {
    const { title, colour } = macroParameters(node);
    const tone = (colour ?? 'grey').toLowerCase();
    return `<span class="lozenge ${lozenges.has(tone) ? tone : 'grey'}">${escapeHtml(title ?? 'status')}</span>`;
  },
  anchor: (node) => `<span id="${escapeHtml(macroParameters(node)[''] ?? '')}"></span>`,
  toc: (_node, { headings }) =>
    `<nav class="toc" aria-label="Contents"><ul>${headings
      .map(
        (one) =>
          `<li class="${one.name}"><a href="#${escapeHtml(encodeURIComponent(headingId(one)))}">${escapeHtml(textOf(one))}</a></li>`,
      )
      .join('')}</ul></nav>`,
};
