import type { BlockNode, BlockTree } from '../blocks/blocks.ts';
import { ContentError } from '../content-error.ts';
import { parseStorage } from '../parse/parse.ts';
import { markdownToStorage } from '../write/storage.ts';
import { type Found, findText, runOf, textBlocks } from './find-text.ts';
import {
  ambiguousAmong,
  describeBlock,
  type EditTarget,
  missingAmong,
  quoted,
  type Range,
  rangeOf,
} from './targets.ts';

/** Words that were quoted from the Markdown view, without its signs; null where they hold none. */
export function asRead(wanted: string): string | null {
  if (!/[*_`~[\]{}\\<#@]|^[^\S\n\r\u2028\u2029]*(?:[-+>]|\d+[.)])\s/m.test(wanted) || wanted.length > 5000)
    return null;
  try {
    const doc = parseStorage(markdownToStorage(wanted));
    const { text } = runOf(doc, doc.children);
    return text.trim() === '' || text.trim() === wanted.trim() ? null : text;
  } catch (error) {
    // Words that only look like our notation are no Markdown.
    if (error instanceof ContentError) return null;
    throw error;
  }
}

/** Blocks with text of their own within a range; all of the page without one. */
export function blocksWithin(tree: BlockTree, range: Range | null): BlockNode[] {
  const all = textBlocks(tree);
  if (range === null) return all;
  return all.filter((one) => one.start >= range.start && one.end <= range.end);
}

/** Where the words of a target stand: as quoted, else read as a quotation from the Markdown view. */
export function findWords(tree: BlockTree, wanted: string, range: Range | null): Found[] {
  const blocks = blocksWithin(tree, range);
  const found = findText(tree, wanted, blocks);
  if (found.length > 0) return found;
  const read = asRead(wanted);
  return read === null ? [] : findText(tree, read, blocks);
}

/** The error for words that stand nowhere; the blocks searched are the candidates. */
export function missingWords(tree: BlockTree, wanted: string, range: Range | null): ContentError {
  const searched = blocksWithin(tree, range).filter((block) => block.chars > 0);
  return missingAmong(
    `The text ${quoted(wanted)}`,
    searched.map(describeBlock),
    'Quote text exactly as the page has it, within one block.',
  );
}

/** The one block that holds the quoted text. */
export function textBlock(tree: BlockTree, target: EditTarget & { text: string }): BlockNode {
  const range = rangeOf(tree, target);
  const found = findWords(tree, target.text, range);
  const blocks = [...new Set(found.map((one) => tree.byId.get(one.block.id) as BlockNode))];
  const [first] = blocks;
  if (first && blocks.length === 1) return first;
  if (!first) throw missingWords(tree, target.text, range);
  throw ambiguousAmong(
    `The text ${quoted(target.text)}`,
    blocks.map(describeBlock),
    'Quote more of it, or name the block by its id.',
  );
}
