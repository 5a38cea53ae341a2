import type { Code, List, ListItem, Nodes, PhrasingContent, RootContent, Table } from 'mdast';
import { ContentError } from '../content-error.ts';
import { escapeXml, toCdata } from '../entities.ts';
import { canonical } from '../view/canonical.ts';
import { inlineStorage, tokenStorage, unknownPlaceholder } from './inline.ts';
import { newWrapper, plainWrapper, retitled } from './macro.ts';
import { TOKEN, unstash } from './stash.ts';
import { tableInto, tableStorage } from './table.ts';
import { asWritten, blockSource, reuseNode, sourceOf, type Writer } from './writer.ts';

/** A paragraph that is one placeholder or image alone stands for a block, not for a line of text. */
function loneBlock(writer: Writer, children: PhrasingContent[]): string | null {
  const [only, ...rest] = children;
  if (!only || rest.length > 0) return null;
  if (only.type === 'image') {
    const original = writer.originals.atoms.get(canonical(sourceOf(writer, only)));
    const storage = inlineStorage(writer, [only]);
    return (original?.block ?? true) && storage.startsWith('<ac:image') ? storage : null;
  }
  if (only.type !== 'text') return null;
  const match = /^\s*\u2e28(\d+)\u2e29\s*$/.exec(only.value);
  const entry = match ? writer.stash.tokens[Number(match[1])] : undefined;
  if (entry?.token.kind !== 'placeholder') return null;
  const { id } = entry.token;
  if (id !== null && writer.originals.byId.get(id)?.block === false) return null;
  return tokenStorage(writer, entry.token, entry.source);
}

/** Several placeholders on lines of their own, without blank lines between, are several blocks. */
function blockRun(writer: Writer, children: PhrasingContent[]): string | null {
  const [only, ...rest] = children;
  if (only?.type !== 'text' || rest.length > 0 || !only.value.includes('\n')) return null;
  const lines = only.value.split('\n').map((value) => loneBlock(writer, [{ type: 'text', value }]));
  return lines.every((line) => line !== null) ? lines.join('') : null;
}

function paragraph(writer: Writer, children: PhrasingContent[]): string {
  const inner = inlineStorage(writer, children);
  return inner.trim() === '' ? '' : `<p>${inner}</p>`;
}

function itemStorage(writer: Writer, item: ListItem): string {
  const [only, ...rest] = item.children;
  const kept = only?.type === 'paragraph' && rest.length === 0 ? reuseNode(writer, only, 'li:') : null;
  if (kept !== null) return kept;
  const inner = item.children.map((child) => blockStorage(writer, child)).join('');
  return `<li>${inner === '' ? '<p />' : inner}</li>`;
}

function taskBody(writer: Writer, item: ListItem): string {
  return item.children
    .map((child) =>
      child.type === 'paragraph' ? inlineStorage(writer, child.children) : blockStorage(writer, child),
    )
    .join('');
}

const STATUS = /<ac:task-status>[^<]*<\/ac:task-status>/;

function taskStorage(writer: Writer, item: ListItem): string {
  const [only, ...rest] = item.children;
  const status = `<ac:task-status>${item.checked ? 'complete' : 'incomplete'}</ac:task-status>`;
  const kept = only?.type === 'paragraph' && rest.length === 0 ? reuseNode(writer, only, 'ac:task:') : null;
  if (kept !== null) {
    const done = /<ac:task-status>\s*complete\s*</.test(kept);
    return done === item.checked ? kept : kept.replace(STATUS, () => status);
  }
  const id = writer.originals.tasks.next;
  writer.originals.tasks.next += 1;
  return `<ac:task><ac:task-id>${id}</ac:task-id>${status}<ac:task-body>${taskBody(writer, item)}</ac:task-body></ac:task>`;
}

/** A list; items with a check box become a task list, in runs where both kinds are mixed. */
function listStorage(writer: Writer, list: List): string {
  const parts: string[] = [];
  let number = list.start ?? 1;
  for (let at = 0; at < list.children.length; ) {
    const task = typeof list.children[at]?.checked === 'boolean';
    const run: ListItem[] = [];
    while (at < list.children.length && (typeof list.children[at]?.checked === 'boolean') === task) {
      run.push(list.children[at] as ListItem);
      at += 1;
    }
    if (task) {
      parts.push(`<ac:task-list>${run.map((item) => taskStorage(writer, item)).join('')}</ac:task-list>`);
    } else {
      const items = run.map((item) => itemStorage(writer, item)).join('');
      parts.push(list.ordered ? `<ol start="${number}">${items}</ol>` : `<ul>${items}</ul>`);
    }
    number += run.length;
  }
  return parts.join('');
}

const LANGUAGES: Record<string, string> = {
  sh: 'bash',
  shell: 'bash',
  zsh: 'bash',
  yml: 'yaml',
  html: 'xml',
  plaintext: 'text',
};

function codeStorage(writer: Writer, code: Code): string {
  const value = asWritten(writer, code.value);
  const info = `${code.lang ?? ''} ${code.meta ?? ''}`;
  for (const match of info.matchAll(TOKEN)) {
    const entry = writer.stash.tokens[Number(match[1])];
    if (entry?.token.kind !== 'placeholder') continue;
    const { id, name, parameters } = entry.token;
    const wrapper = id === null ? plainWrapper(name, parameters) : writer.originals.wrappers.get(id);
    if (!wrapper) throw unknownPlaceholder(writer, entry.source);
    const cdata = wrapper.close.startsWith('</ac:plain-text-body>');
    return `${wrapper.open}${cdata ? toCdata(value) : escapeXml(value)}${wrapper.close}`;
  }
  const language = unstash(code.lang ?? '', writer.stash.tokens).toLowerCase();
  const name = LANGUAGES[language] ?? language;
  const parameter = name === '' ? '' : `<ac:parameter ac:name="language">${escapeXml(name)}</ac:parameter>`;
  return `<ac:structured-macro ac:name="code">${parameter}<ac:plain-text-body>${toCdata(value)}</ac:plain-text-body></ac:structured-macro>`;
}

function fenceStorage(writer: Writer, node: Nodes & { type: 'containerDirective' }): string {
  const head = writer.fences[Number(node.attributes?.x ?? Number.NaN)];
  if (!head) return paragraphOfSource(writer, node);
  const frozen = head.id === null ? undefined : writer.originals.byId.get(head.id);
  if (frozen) {
    if (canonical(frozen.markdown) === canonical(blockSource(writer, node))) return frozen.bytes;
    const original = writer.originals.tables.find(
      ({ node: table }) => tableBytes(writer, table) === frozen.bytes,
    );
    const [grid] = node.children;
    if (original && grid?.type === 'table' && node.children.length === 1)
      return tableInto(writer, original, grid);
    throw new ContentError(`What ":::${head.name}" shows cannot be changed through Markdown.`, {
      code: 'not_possible',
      next: 'Keep the fence as it is, change words in it with replace_text, or give storage instead of Markdown.',
    });
  }
  const known = head.id === null ? undefined : writer.originals.wrappers.get(head.id);
  if (head.id !== null && !known) throw unknownPlaceholder(writer, `:::${head.name} {#${head.id}}`);
  const line = head.title === '' ? head.name : `${head.name} ${head.title}`;
  let wrapper = known ?? newWrapper(head.name, head.title);
  if (known && known.line !== line) {
    if (!known.line.startsWith(head.name) || !known.open.includes('structured-macro')) {
      throw new ContentError(`The fence ":::${line}" was ":::${known.line}".`, {
        next: 'Keep the first word of a fence with an id.',
      });
    }
    wrapper = retitled(known, head.title);
  }
  const inner = blocksStorage(writer, node.children);
  return `${wrapper.open}${inner}${wrapper.close}`;
}

function tableBytes(writer: Writer, table: { start: number; end: number }): string {
  return writer.originals.source.slice(table.start, table.end);
}

function paragraphOfSource(writer: Writer, node: Nodes): string {
  const text = escapeXml(sourceOf(writer, node)).trim();
  return text === '' ? '' : `<p>${text.replace(/\n/g, '<br />')}</p>`;
}

function html(writer: Writer, node: Nodes & { type: 'html' }): string {
  const source = asWritten(writer, node.value);
  // Ids written by the view, and the sign that keeps two lists apart.
  const text = source.replace(/<!-- (?:#[\w.-]+ )?-->\n?/g, '').replace(/<!-- -->/g, '');
  if (text.trim() === '') return '';
  if (/^\s*(?:<br *\/?>\s*)+$/i.test(text)) return '';
  return `<p>${escapeXml(text.trim()).replace(/\n/g, '<br />')}</p>`;
}

type BlockWriter = (writer: Writer, node: Nodes) => string;

const WRITERS: Partial<Record<Nodes['type'], BlockWriter>> = {
  paragraph: (writer, node) =>
    node.type === 'paragraph'
      ? (loneBlock(writer, node.children) ??
        blockRun(writer, node.children) ??
        paragraph(writer, node.children))
      : '',
  heading: (writer, node) =>
    node.type === 'heading' ? `<h${node.depth}>${inlineStorage(writer, node.children)}</h${node.depth}>` : '',
  list: (writer, node) => (node.type === 'list' ? listStorage(writer, node) : ''),
  code: (writer, node) => (node.type === 'code' ? codeStorage(writer, node) : ''),
  blockquote: (writer, node) =>
    node.type === 'blockquote'
      ? `<blockquote>${blocksStorage(writer, node.children) || '<p />'}</blockquote>`
      : '',
  thematicBreak: () => '<hr />',
  table: (writer, node) => (node.type === 'table' ? tableStorage(writer, node as Table) : ''),
  containerDirective: (writer, node) =>
    node.type === 'containerDirective' ? fenceStorage(writer, node) : '',
  html: (writer, node) => (node.type === 'html' ? html(writer, node) : ''),
  definition: () => '',
};

function blockStorage(writer: Writer, node: RootContent): string {
  const kept = node.type === 'html' ? null : reuseNode(writer, node);
  return kept ?? (WRITERS[node.type] ?? paragraphOfSource)(writer, node);
}

/** Blocks of Markdown as storage. Blocks whose Markdown is unchanged come back as their original bytes. */
export function blocksStorage(writer: Writer, nodes: RootContent[]): string {
  return nodes.map((node) => blockStorage(writer, node)).join('');
}
