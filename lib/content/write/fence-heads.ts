import type { ElementNode } from '../parse/parse.ts';
import { type FenceLine, readHead } from './fence-lines.ts';
import type { Writer } from './writer.ts';

/** The first line of the fence that shows an element of the page. */
export function originalHead(writer: Writer, element: ElementNode): FenceLine | null {
  const markdown = writer.matches.drawn.blocks.get(`${element.start}:${element.end}`)?.markdown ?? '';
  const source = /^:{3,}.*/.exec(markdown)?.[0];
  const head = source === undefined ? null : readHead(source.replace(/^:+/, ''));
  return head && source !== undefined ? { ...head, source } : null;
}
