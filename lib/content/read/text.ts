import { isInline, macroName, parameterOf } from '../parse/elements.ts';
import { stripInvisible } from '../parse/invisible.ts';
import { attr, type ElementNode, parseStorage, type StorageNode } from '../parse/parse.ts';

/** What an element without text of its own reads as. */
function wordOf(element: ElementNode): string {
  const macro = macroName(element);
  if (macro === 'status') return parameterOf(element, 'title') ?? '';
  if (element.name === 'ac:emoticon')
    return attr(element, 'ac:emoji-fallback') ?? `:${attr(element, 'ac:name') ?? ''}:`;
  if (element.name === 'time') return attr(element, 'datetime') ?? '';
  if (
    element.name === 'ri:page' &&
    element.parent?.name === 'ac:link' &&
    element.parent.children.length === 1
  ) {
    return attr(element, 'ri:content-title') ?? '';
  }
  return element.name === 'br' ? '\n' : '';
}

function breaks(node: StorageNode): boolean {
  if (node.type === 'element' && node.parent && macroName(node.parent) === 'status') return false;
  return (
    node.type === 'element' &&
    !isInline(node) &&
    !/^(ri:|ac:image|ac:link)/.test(node.name) &&
    macroName(node) !== 'status'
  );
}

/**
 * The plain text a reader sees: one line a block, cells and items on lines of their own, status words,
 * dates and titles of linked pages included.
 *
 * @throws ContentError on malformed storage
 */
export function textOf(storage: string): string {
  const doc = parseStorage(storage);
  const parts: string[] = [];
  const open: ElementNode[] = [];
  const closeTo = (index: number): void => {
    for (let last = open.at(-1); last && last.last <= index; last = open.at(-1)) {
      parts.push('\n');
      open.pop();
    }
  };
  for (const node of doc.nodes) {
    closeTo(node.index);
    if (node.type === 'element') {
      const word = wordOf(node);
      if (breaks(node)) {
        parts.push('\n');
        open.push(node);
      }
      if (word !== '') parts.push(word);
      continue;
    }
    if ((node.type !== 'text' && node.type !== 'cdata') || node.hidden) continue;
    const { parent } = node;
    // The title of a status is already said by the macro itself.
    if (parent?.name === 'ac:parameter' && parent.parent && macroName(parent.parent) === 'status') continue;
    parts.push(node.type === 'cdata' ? node.text : node.text.replace(/[ \t\r\n]+/g, ' '));
  }
  return stripInvisible(parts.join(''))
    .replace(/(?<![ \t])[ \t]*\n[ \t]*/g, '\n')
    .replace(/\n{2,}/g, '\n')
    .trim();
}
