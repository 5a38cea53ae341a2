import { align } from '../align.ts';
import { groupNodes } from '../blocks/groups.ts';
import { headingLevel, isInline } from '../parse/elements.ts';
import type { ElementNode, StorageNode } from '../parse/parse.ts';
import { escapeLineStart, pipesPlain } from '../view/canonical.ts';
import { cellLines } from '../view/table.ts';
import type { NewCell } from './grid.ts';
import { mergeInline } from './keep/inline-merge.ts';
import type { Page } from './originals.ts';
import type { Writer } from './writer.ts';

/** `lines`: the line stands for a paragraph, a list, or another block whose sign the view shows. */
type Kind = 'text' | 'list' | 'other';

const ITEM = /^( *)(•|\[[ x]\]|\d{1,9}\\\.)(?: |$)(.*)$/s;
const BULLETS = /^(?:[-*•]|\d{1,9}\\?[.)])\s+\S/;

function kindOf([node, ...rest]: StorageNode[]): Kind {
  if (node?.type !== 'element' || rest.length > 0 || isInline(node)) return 'text';
  if (/^(?:ul|ol|ac:task-list)$/.test(node.name)) return 'list';
  return headingLevel(node) || /^(?:hr|blockquote)$/.test(node.name) ? 'other' : 'text';
}

type Line = { text: string; group: number; kind: Kind };

/** What may hold the sign of a break, or of code, as text: code, placeholders, addresses, captions. */
const OR_BREAK = new RegExp(
  [
    String.raw`\\.`,
    '(?<!`)(`+)(?!`).*?(?<!`)\\1(?!`)',
    String.raw`\{\{(?:macro|element):(?:"(?:[^"\\]|\\.)*"|[^"{}])*\}\}`,
    String.raw`\]\((?:<(?:[^<>\\]|\\.)*>|(?:[^\s()<>\\]|\\.)*)`,
    '<https?:[^<>\\s]*>',
    String.raw` "(?:[^"\\]|\\.)*"\)`,
    '<br *\\/?>',
  ].join('|'),
  'gis',
);

/** The lines of a cell, which stand in one line of Markdown. */
function lineTexts(cell: string): string[] {
  const lines: string[] = [];
  let from = 0;
  for (const { 0: found, index } of cell.matchAll(OR_BREAK)) {
    if (!/^<br/i.test(found)) continue;
    lines.push(cell.slice(from, index));
    from = index + found.length;
  }
  lines.push(cell.slice(from));
  return lines;
}

function oldLines(page: Page, cell: ElementNode): Line[] {
  return groupNodes(cell.children).flatMap(({ nodes }, group) =>
    cellLines(page.view, nodes)
      .flatMap((lines) => lineTexts(pipesPlain(lines)))
      .map((text) => ({ text, group, kind: kindOf(nodes) })),
  );
}

/** Which line of the original each new one is, or comes instead of. */
function matched(olds: Line[], texts: string[]): (Line | null)[] {
  const out: (Line | null)[] = texts.map(() => null);
  let [fromOld, fromNew] = [0, 0];
  const between = (toOld: number, toNew: number): void => {
    if (toOld - fromOld !== toNew - fromNew) return;
    for (let at = 0; fromOld + at < toOld; at += 1) out[fromNew + at] = olds[fromOld + at] ?? null;
  };
  for (const [old, next] of align(
    olds.map(({ text }) => text),
    texts,
  )) {
    between(old, next);
    out[next] = olds[old] ?? null;
    [fromOld, fromNew] = [old + 1, next + 1];
  }
  between(olds.length, texts.length);
  return out;
}

/** Lines of a cell as Markdown of blocks: a table shows list items as `•`, tasks as `[x]`. */
function blocksOf(lines: { text: string; line: Line | null }[], single: boolean): string {
  const out: string[] = [];
  const indents = [0];
  let before: { kind: Kind; group: number } | null = null;
  for (const { text, line } of lines) {
    const item = line?.kind === 'text' || line?.kind === 'other' ? null : ITEM.exec(text);
    if (item) {
      const depth = Math.min((item[1] ?? '').length / 2, indents.length - 1);
      const sign = (item[2] ?? '').startsWith('[')
        ? `- ${item[2]}`
        : item[2] === '•'
          ? '-'
          : (item[2] ?? '').replace('\\', '');
      // A numbered list that does not begin with 1 needs a blank line before it.
      const opensLate = depth + 1 === indents.length && /^\d/.test(sign) && sign !== '1.';
      indents.length = depth + 1;
      indents.push((indents[depth] ?? 0) + (sign.startsWith('-') ? 2 : sign.length + 1));
      out.push(
        before?.kind === 'list' && !opensLate ? '\n' : '\n\n',
        ' '.repeat(indents[depth] ?? 0),
        sign,
        ' ',
        item[3] || '<br>',
      );
      before = { kind: 'list', group: line?.group ?? -1 };
    } else if (line?.kind === 'list' && before?.kind === 'list') {
      out.push('\n\n', ' '.repeat(indents.at(-1) ?? 0), escapeLineStart(text));
    } else if (line?.kind === 'other') {
      const quoted = before?.group === line.group && text.startsWith('>');
      out.push(quoted ? '\n>\n' : '\n\n', text);
      before = { kind: 'other', group: line.group };
    } else {
      const group = line?.group ?? (single ? 0 : -1);
      const joined = before?.kind === 'text' && before.group === group && group !== -1;
      out.push(joined ? '<br>' : '\n\n', joined ? text : escapeLineStart(text));
      before = { kind: 'text', group };
    }
  }
  return out.join('').trim();
}

/** True for a cell whose content is one line of text, with or without a paragraph around it. */
function onlyLine(cell: ElementNode): { inner: StorageNode[]; paragraph: ElementNode | null } | null {
  const groups = groupNodes(cell.children);
  const [only, ...rest] = groups;
  if (rest.length > 0) return null;
  const [node, ...others] = only?.nodes ?? [];
  if (node?.type === 'element' && node.name === 'p' && others.length === 0)
    return { inner: node.children, paragraph: node };
  return !only || kindOf(only.nodes) !== 'text' || !isInline(node as StorageNode)
    ? null
    : { inner: cell.children, paragraph: null };
}

const isList = (texts: string[]): boolean =>
  texts.every((text) => ITEM.test(text)) || (texts.length > 1 && texts.every((text) => BULLETS.test(text)));

/** The inside of a new cell. Lines that are all list items are a list. */
export function newCellInner(writer: Writer, { cell, source }: NewCell): string {
  const texts = lineTexts(source);
  if (source !== '' && isList(texts)) {
    const lines = texts.map((text) => text.replace(/^([-*])(?= )/, '•').replace(/^(\d{1,9})[.)]/, '$1\\.'));
    return writer.nested(
      blocksOf(
        lines.map((text) => ({ text, line: null })),
        false,
      ),
      {
        page: writer.originals.page,
        part: null,
      },
    );
  }
  const inner = writer.inline(cell.children);
  return inner === '' ? '<p />' : `<p>${inner}</p>`;
}

/** The inside of a cell whose text changed: blocks in it that are the same keep their bytes. */
export function changedCellInner(writer: Writer, page: Page, old: ElementNode, next: NewCell): string {
  const { source } = page.doc;
  const line = onlyLine(old);
  const texts = lineTexts(next.source);
  if (line && !(next.source !== '' && isList(texts))) {
    const text = mergeInline(page.view, line.inner, writer.inline(next.cell.children));
    if (!line.paragraph) return text;
    const { start, openEnd, closeStart, end, selfClosing } = line.paragraph;
    if (selfClosing || text === '') return text === '' ? '<p />' : `<p>${text}</p>`;
    const [head, tail] = [source.slice(old.openEnd, start), source.slice(end, old.closeStart)];
    return head + source.slice(start, openEnd) + text + source.slice(closeStart, end) + tail;
  }
  if (groupNodes(old.children).length === 0) return newCellInner(writer, next);
  const olds = oldLines(page, old);
  const single = new Set(olds.map(({ group }) => group)).size === 1;
  const lines = matched(olds, texts);
  const markdown = blocksOf(
    texts.map((text, at) => ({ text, line: lines[at] ?? null })),
    single,
  );
  const part = { start: old.openEnd, end: old.closeStart, children: old.children };
  return writer.nested(markdown, { page, part }) || '<p />';
}
