import type { BlockTree } from '../blocks/blocks.ts';
import { blockAt } from '../blocks/locate.ts';
import { parametersOf } from '../parse/elements.ts';
import { readable } from '../parse/invisible.ts';
import { attr, type ElementNode, spacedText } from '../parse/parse.ts';

/** Where a part of a block stands, for candidates: `in #table-1x2y3z, under Heading`. */
export function whereIs(tree: BlockTree, element: ElementNode): string {
  const block = blockAt(tree, element.start);
  if (!block) return '';
  const under = block.headingPath.length === 0 ? '' : `, under ${block.headingPath.join(' > ')}`;
  return `in #${block.id}${under}`;
}

/** A macro as candidates name it: `expand title=More in #m-1x2y3z`. */
export function describeMacro(tree: BlockTree, macro: ElementNode): string {
  const said = parametersOf(macro)
    .slice(0, 3)
    .map(({ name, value }) => `${name || '(unnamed)'}=${readable(value).slice(0, 40)}`);
  return [attr(macro, 'ac:name') ?? '', ...said, whereIs(tree, macro)]
    .filter((part) => part !== '')
    .join(' ');
}

/** Text of an element as a line: words, and dates where it holds some. */
export function lineOf(tree: BlockTree, element: ElementNode, limit = 120): string {
  const text = readable(spacedText(tree.doc, element, limit));
  if (text !== '') return text;
  const said: string[] = [];
  const last = Math.min(element.last, element.index + 30);
  for (let i = element.index; i < last; i += 1) {
    const node = tree.doc.nodes[i];
    if (node?.type !== 'element') continue;
    const value = attr(node, 'datetime') ?? attr(node, 'ri:content-title') ?? attr(node, 'ri:filename');
    if (value !== null) said.push(value);
  }
  return said.join(' ');
}
