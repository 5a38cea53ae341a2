import { isInline, macroName } from '../parse/elements.ts';
import { type ElementNode, parseStorage } from '../parse/parse.ts';
import { withinRange } from '../write/originals.ts';
import { writeMarkdown } from '../write/storage.ts';
import type { EditedPage } from './change.ts';

/** Signs that would make a block of a line: `- `, `1. `, `# `, `> `, a rule, a fence, a link definition. */
const BLOCK_SIGN = /^(?:[-+*](?=\s|$)|#{1,6}(?=\s|$)|>|={2,}$|(?:[-*_][ \t]*){3,}$|`{3,}|~{3,}|\[[^\]]*\]:)/;
const NUMBER_SIGN = /^(\d{1,9})([.)])(?=\s|$)/;

/** A line of Markdown that stays a line: `-` and `1.` are text in a table cell, a task is a task. */
function asLine(line: string): string {
  const text = line.trim();
  if (/^[-*+] \[[ xX]\] \S/.test(text)) return text;
  if (BLOCK_SIGN.test(text)) return `\\${text}`;
  return text.replace(NUMBER_SIGN, '$1\\$2');
}

/** The one paragraph of some storage, or null where it is anything else. */
export function soleParagraph(storage: string): ElementNode | null {
  const [only, ...rest] = parseStorage(storage).children;
  return only?.type === 'element' && only.name === 'p' && rest.length === 0 ? only : null;
}

/** New Markdown for a small place: one line is inline text, several lines are blocks. Nothing is taken from the page but what placeholders name. */
export function smallStorage(page: EditedPage, markdown: string): string {
  const text = markdown.trim();
  if (text === '') return '';
  return writeMarkdown(text.includes('\n') ? text : asLine(text), withinRange(page.originals(), 0, -1));
}

/** Markdown as storage that can stand in a line of text, white space at its ends kept; null for blocks. */
export function lineStorage(page: EditedPage, markdown: string): string | null {
  const storage = smallStorage(page, markdown);
  const paragraph = soleParagraph(storage);
  const [head = '', tail = ''] =
    markdown.trim() === '' ? [markdown] : [/^\s*/.exec(markdown)?.[0], /(?<!\s)\s*$/.exec(markdown)?.[0]];
  if (paragraph) return head + storage.slice(paragraph.openEnd, paragraph.closeStart) + tail;
  const nodes = parseStorage(storage).children;
  const inLine = nodes.every(
    (node) => isInline(node) || (macroName(node) !== null && !/-body>/.test(storage)),
  );
  return inLine || nodes.every((node) => node.type === 'element' && node.name === 'ac:image')
    ? head + storage + tail
    : null;
}
