import { ContentError } from '../content-error.ts';
import { isFenceName } from './fence-names.ts';

/** The line that opens a `:::` fence, as written: `:::info Title {key=value #id}`. */
export type FenceLine = {
  source: string;
  name: string;
  title: string;
  id: string | null;
  /** What stands in braces, without the id. */
  details: string;
};

/** `code[row]`: the line belongs to a code fence. */
export type Fenced = { text: string; lines: FenceLine[]; code: boolean[] };

const CODE = /^(?:[ \t>]|[-*+][ \t]|\d{1,9}[.)][ \t])*(`{3,}|~{3,})/;
const FENCE = /^((?:[ \t>]|[-*+][ \t]|\d{1,9}[.)][ \t])*)(:{3,})([ \t]*)(.*)$/;

/** Splits `Title {key=value #id}`; also reads the directive form `[Title]{#id}`. Titles hold no braces, quoted values may. */
export function readHead(rest: string): Omit<FenceLine, 'source'> | null {
  const name = /^([A-Za-z][\w-]*)(?![\w:])/.exec(rest)?.[1];
  if (!name) return null;
  const after = rest.slice(name.length).trim();
  const open = after.lastIndexOf('{');
  const braces = open !== -1 && after.endsWith('}') ? after.indexOf('{') : -1;
  const details = braces === -1 ? '' : after.slice(braces + 1, -1).trim();
  const title = (braces === -1 ? after : after.slice(0, braces)).trim();
  const id = /(?:^|\s)#([\w.-]+)$/.exec(details)?.[1] ?? null;
  const bracketed = /^\[(.*)\]$/.exec(title);
  return {
    name,
    title: bracketed?.[1] ?? title,
    id,
    details: id === null ? details : details.slice(0, -id.length - 1).trim(),
  };
}

/**
 * Rewrites `:::` fences so that a CommonMark directive parser reads them: a title after the name, and
 * nesting without longer outer fences, as people write them. Lines keep their number; code is untouched.
 */
export function rewriteFences(markdown: string): Fenced {
  const rows = markdown.split('\n');
  const lines: FenceLine[] = [];
  const stack: { row: number; height: number; prefix: string; index: number }[] = [];
  const out = [...rows];
  let code: string | null = null;
  const isCode: boolean[] = [];
  const finish = (
    open: { row: number; height: number; prefix: string; index: number },
    closeRow: number,
  ): void => {
    const colons = ':'.repeat(2 + open.height);
    out[open.row] = `${open.prefix}${colons}c{x=${open.index}}`;
    out[closeRow] = (rows[closeRow] ?? '').replace(/(?<!:):{3,}[ \t]*$/, colons);
    const parent = stack.at(-1);
    if (parent) parent.height = Math.max(parent.height, open.height + 1);
  };
  for (const [row, text] of rows.entries()) {
    const mark = CODE.exec(text)?.[1];
    isCode.push(code !== null);
    if (code !== null) {
      // The directive parser ends a fence at such a line even inside code: the fence must be longer.
      const colons = /^[ \t>]*(:{3,})[ \t]*$/.exec(text)?.[1]?.length ?? 0;
      const around = stack.at(-1);
      if (around) around.height = Math.max(around.height, colons - 1);
      if (mark && mark[0] === code[0] && mark.length >= code.length && text.trim().endsWith(mark))
        code = null;
      continue;
    }
    if (mark && !(mark[0] === '`' && text.slice(text.indexOf(mark) + mark.length).includes('`'))) {
      code = mark;
      continue;
    }
    const match = FENCE.exec(text);
    if (!match) continue;
    const [, prefix = '', , space = '', rest = ''] = match;
    if (rest.trim() === '') {
      const open = stack.pop();
      if (open) finish(open, row);
      continue;
    }
    const head = readHead(rest.trim());
    // `::: word` may be text; it is a fence where the word is one we know.
    if (!head || (space !== '' && head.id === null && !isFenceName(head.name))) continue;
    if (stack.length >= MAX_FENCES) throw tooDeep();
    stack.push({ row, height: 1, prefix, index: lines.length });
    lines.push({ ...head, source: text.slice(prefix.length) });
  }
  const left = stack.at(-1);
  if (left) {
    const source = lines[left.index]?.source.slice(0, 80) ?? '';
    throw new ContentError(`The fence "${source}" in line ${left.row + 1} is never closed.`, {
      next: 'End it with a line ":::" of its own. To write ":::" as text put a backslash before it.',
    });
  }
  return { text: out.join('\n'), lines, code: isCode };
}

/** The parser's work grows with the square of the depth; a page is shown to a lesser depth than this. */
const MAX_FENCES = 70;

export function tooDeep(): ContentError {
  return new ContentError('The Markdown is nested too deeply to be read.', {
    next: 'Write it with fewer levels.',
  });
}

/** Undoes `rewriteFences` in a piece of the rewritten text. */
export function originalFences(text: string, lines: FenceLine[]): string {
  return text.replace(
    /(?<!:):{3,}c\{x=(\d+)\}/g,
    (all, index: string) => lines[Number(index)]?.source ?? all,
  );
}
