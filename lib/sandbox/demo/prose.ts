/**
 * A compact way to write the plain parts of a page: a small dialect of Markdown becomes storage
 * format. Blocks: `## heading`, paragraphs, `- ` and `1. ` lists (two spaces nest), `- [ ] ` tasks,
 * `> ` quotes, `| tables |`, fenced code, `---`, `!info text` boxes, `{toc}`. Inline: `**strong**`, `*em*`,
 * `` `code` ``, `[text](address)`, `[[Page]]`, `[[KEY:Page|text]]`, `@handle`, `{status:Green|DONE}`,
 * `{date:2026-11-03}`, `{emoji:rocket}`, `{mark:name|commented words}`.
 */
import { isPerson } from './people.ts';
import {
  a,
  box,
  code,
  codeBlock,
  emoji,
  esc,
  h,
  hr,
  mark,
  mention,
  ol,
  p,
  pageLink,
  quote,
  status,
  table,
  taskList,
  td,
  th,
  time,
  toc,
  ul,
} from './storage.ts';

const INLINE =
  /`([^`]+)`|\*\*(.+?)\*\*|\*([^*\s][^*]*)\*|\[\[(?:([A-Z]+):)?([^\]|]+)(?:\|([^\]]+))?\]\]|\[([^\]]+)\]\(([^)\s]+)\)|(?<![\w.])@([a-z]+)\b|\{(status|date|emoji|mark):([^}]+)\}/g;

type Colour = Parameters<typeof status>[0];

const BRACED: Record<string, (value: string) => string> = {
  status: (value) => {
    const [colour = 'Grey', title = ''] = value.split('|');
    return status(colour as Colour, title);
  },
  date: time,
  emoji,
  mark: (value) => {
    const [name = '', ...words] = value.split('|');
    return mark(name, inline(words.join('|')));
  },
};

/** Inline text of the dialect as storage format. */
export function inline(text: string): string {
  let out = '';
  let from = 0;
  for (const match of text.matchAll(INLINE)) {
    out += esc(text.slice(from, match.index));
    from = match.index + match[0].length;
    const [whole, mono, bold, italic, space, title, shown, label, href, handle, brace, value] = match;
    if (mono !== undefined) out += code(mono);
    else if (bold !== undefined) out += `<strong>${inline(bold)}</strong>`;
    else if (italic !== undefined) out += `<em>${inline(italic)}</em>`;
    else if (title !== undefined) out += pageLink(title, { space, text: shown });
    else if (label !== undefined && href !== undefined) out += a(href, label);
    else if (handle !== undefined) out += isPerson(handle) ? mention(handle) : esc(whole);
    else out += BRACED[brace ?? '']?.(value ?? '') ?? esc(whole);
  }
  return out + esc(text.slice(from));
}

const ITEM = /^(\s*)(?:- |(\d+)\. )(.*)$/;

/** One list, with deeper items nested inside the item above them. */
function list(lines: string[]): string {
  const first = ITEM.exec(lines[0] ?? '');
  const indent = first?.[1]?.length ?? 0;
  const items: string[] = [];
  let nested: string[] = [];
  const close = () => {
    if (nested.length === 0) return;
    items[items.length - 1] += list(nested);
    nested = [];
  };
  for (const line of lines) {
    const found = ITEM.exec(line);
    if ((found?.[1]?.length ?? 0) > indent) nested.push(line);
    else {
      close();
      items.push(p(inline(found?.[3] ?? line.trim())));
    }
  }
  close();
  return first?.[2] ? ol(items, Number(first[2])) : ul(items);
}

function rows(lines: string[]): string {
  const cells = lines.map((line) =>
    line
      .replace(/^\||\|$/g, '')
      .split(' | ')
      .map((text) => inline(text.trim())),
  );
  return table(
    cells.map((row, index) =>
      row.map((html) => (index === 0 ? th(`<p><strong>${html}</strong></p>`) : td(html))),
    ),
    { widths: (cells[0] ?? []).map(() => 760 / (cells[0]?.length ?? 1)) },
  );
}

type Kind = 'task' | 'list' | 'quote' | 'table' | 'text' | 'one';

function kindOf(line: string): Kind {
  if (/^\s*- \[[ x]\] /.test(line)) return 'task';
  if (ITEM.test(line)) return 'list';
  if (line.startsWith('> ')) return 'quote';
  if (line.startsWith('|')) return 'table';
  if (/^(#{1,4} |---$|!(info|note|warning|tip) |\{toc\}$)/.test(line)) return 'one';
  return 'text';
}

function single(line: string): string {
  if (line === '---') return hr();
  if (line === '{toc}') return toc();
  const heading = /^(#{1,4}) (.*)$/.exec(line);
  if (heading) return h((heading[1]?.length ?? 2) as 1 | 2 | 3 | 4, inline(heading[2] ?? ''));
  const boxed = /^!(info|note|warning|tip) (.*)$/.exec(line);
  return box((boxed?.[1] ?? 'info') as 'info', p(inline(boxed?.[2] ?? '')));
}

const BLOCKS: Record<Kind, (lines: string[]) => string> = {
  task: (lines) =>
    taskList(
      lines.map((line) => ({
        text: inline(line.replace(/^\s*- \[[ x]\] /, '')),
        done: /^\s*- \[x\]/.test(line),
      })),
    ),
  list,
  quote: (lines) => quote(inline(lines.map((line) => line.slice(2)).join(' '))),
  table: rows,
  text: (lines) => p(inline(lines.map((line) => line.trim()).join(' '))),
  one: (lines) => lines.map(single).join(''),
};

/** A text of the dialect as storage format. */
export function prose(text: string): string {
  const out: string[] = [];
  let kind: Kind | undefined;
  let held: string[] = [];
  let fence: { language: string; lines: string[] } | undefined;
  const flush = () => {
    if (kind && held.length > 0) out.push(BLOCKS[kind](held));
    kind = undefined;
    held = [];
  };
  for (const line of text.replace(/^\n+|\s+$/g, '').split('\n')) {
    if (line.startsWith('```')) {
      flush();
      if (fence) out.push(codeBlock(fence.language, fence.lines.join('\n')));
      fence = fence ? undefined : { language: line.slice(3) || 'text', lines: [] };
    } else if (fence) fence.lines.push(line);
    else if (line.trim() === '') flush();
    else {
      const next = kindOf(line);
      if (next !== kind) flush();
      kind = next;
      held.push(line);
    }
  }
  flush();
  return out.join('');
}
