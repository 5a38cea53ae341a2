import type { XmlElement, XmlNode } from './parse.ts';
import type { RewriteStep } from './rewrite.ts';
import { eachElement, element, isBlank, isInline, mayStandInLine } from './shape.ts';

const renamed: Record<string, string> = { b: 'strong', i: 'em', s: 'del', strike: 'del' };

export const names: RewriteStep = (nodes) =>
  eachElement(nodes, (node) => {
    if (Object.hasOwn(renamed, node.name)) node.name = renamed[node.name] ?? node.name;
    if (node.name !== 'ac:plain-text-link-body') return;
    node.name = 'ac:link-body';
    for (const child of node.children) if (child.kind === 'text') child.cdata = false;
  });

/** `color: red; width:2px` as `color: red;width: 2px;`. What has quotes or brackets with a semicolon stays. */
function styleOf(value: string): string {
  if (/["']|\([^)]*;/.test(value)) return value;
  return value
    .split(';')
    .map((declaration) => /^\s*([\w-]+)\s*:\s*([\s\S]*?)\s*$/.exec(declaration))
    .filter((declaration) => declaration !== null)
    .map(([, name = '', set = '']) => `${name.toLowerCase()}: ${set.replace(/\s*,\s*/g, ',')};`)
    .join('');
}

export const styles: RewriteStep = (nodes) =>
  eachElement(nodes, (node) => {
    const { style } = node.attributes;
    if (style !== undefined && style.trim() !== '') node.attributes.style = styleOf(style) || style;
  });

const holders = new Set(['li', 'td', 'th', 'blockquote']);

function trimmed(run: XmlNode[]): XmlNode[] {
  const kept = [...run];
  while (kept[0] && isBlank(kept[0])) kept.shift();
  while (kept.length > 0 && isBlank(kept.at(-1) as XmlNode)) kept.pop();
  const [first, last] = [kept[0], kept.at(-1)];
  if (first?.kind === 'text' && !first.cdata) first.text = first.text.replace(/^[ \t\n]+/, '');
  if (last?.kind === 'text' && !last.cdata) last.text = last.text.replace(/[ \t\n]+$/, '');
  return kept;
}

/** Runs of text as paragraphs; a picture or a macro alone stays as it is. */
function inParagraphs(children: XmlNode[]): XmlNode[] {
  const out: XmlNode[] = [];
  let run: XmlNode[] = [];
  const flush = (): void => {
    const hasText = run.some((node) => isInline(node) && !isBlank(node));
    if (hasText) out.push(element('p', {}, trimmed(run)));
    else out.push(...run);
    run = [];
  };
  for (const child of children) {
    if (isInline(child) || mayStandInLine(child)) run.push(child);
    else {
      flush();
      out.push(child);
    }
  }
  flush();
  return out;
}

export const lines: RewriteStep = (nodes) =>
  eachElement(nodes, (node) => {
    if (!holders.has(node.name)) return;
    node.children = inParagraphs(node.children);
    if (node.children.every(isBlank)) node.children = [element('p')];
  });

const structure =
  /^(?:ul|ol|table|tbody|thead|tfoot|tr|colgroup|ac:(?:layout(?:-section|-cell)?|structured-macro|macro|image|link|adf-.*))$/;
const holdBlocks = /^(?:li|td|th|blockquote|div|ac:rich-text-body|ac:caption)$/;

function withoutGaps(children: XmlNode[], parent: XmlElement | null): XmlNode[] {
  const all = parent !== null && structure.test(parent.name);
  if (!all && parent !== null && !holdBlocks.test(parent.name)) return children;
  return children.filter((node, at) => {
    if (!isBlank(node) || (node.kind === 'text' && node.cdata)) return true;
    const [before, after] = [children[at - 1], children[at + 1]];
    return !all && before !== undefined && isInline(before) && after !== undefined && isInline(after);
  });
}

export const isolated: RewriteStep = (nodes) => {
  nodes.splice(0, nodes.length, ...withoutGaps(nodes, null));
  eachElement(nodes, (node) => {
    node.children = withoutGaps(node.children, node);
  });
};
