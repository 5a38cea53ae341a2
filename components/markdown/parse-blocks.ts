import type { RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { closeMarks } from './close-marks.ts';

/** One top-level block. The object stays the same while its text does, so a drawn block is never drawn again. */
export type Block = { id: string; start: number; node: RootContent };
export type Parsed = { text: string; blocks: readonly Block[] };

const options = { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] };

function parseFrom(text: string, start: number, streaming: boolean): Block[] {
  const source = text.slice(start);
  const closed = streaming ? closeMarks(source) : source;
  return fromMarkdown(closed, options).children.map((node) => {
    const offset = start + (node.position?.start.offset ?? 0);
    return { id: `${offset}:${node.type}`, start: offset, node };
  });
}

/**
 * Splits Markdown (with tables, task lists, strikethrough, bare links) into top-level blocks. When `text`
 * only grew since `before`, all blocks but the last are kept as they are and only the rest is parsed, so
 * the cost of a long streamed answer stays linear. While `streaming`, unfinished marks are closed for show.
 */
export function parseBlocks(text: string, streaming: boolean, before: Parsed | null): Parsed {
  const grew = before !== null && before.blocks.length > 1 && text.startsWith(before.text);
  const last = grew ? before.blocks.at(-1) : undefined;
  if (before === null || last === undefined) return { text, blocks: parseFrom(text, 0, streaming) };
  const start = text.lastIndexOf('\n', last.start - 1) + 1;
  const kept = before.blocks.slice(0, -1).filter((block) => block.start < start);
  return { text, blocks: [...kept, ...parseFrom(text, start, streaming)] };
}
