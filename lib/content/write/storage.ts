import { checkStorage } from '../parse.ts';
import { blocksStorage } from './block.ts';
import { noOriginals, originalsOf } from './originals.ts';
import { type Originals, readMarkdown } from './writer.ts';

/** Markdown to storage against known originals (placeholders, reusable blocks). */
export function writeMarkdown(markdown: string, originals: Originals): string {
  const { root, writer } = readMarkdown(markdown, originals);
  const storage = blocksStorage(writer, root.children);
  checkStorage(storage);
  return storage;
}

/**
 * Markdown (CommonMark, GFM, our placeholders and `:::` fences) as storage format, always well-formed.
 * Raw HTML becomes text. With `originals` placeholders are put back as their original bytes, and blocks
 * whose Markdown is unchanged come back byte for byte.
 *
 * @throws ContentError: a placeholder that names nothing (`not_found`), one that was changed, an unknown
 *   fence, Markdown that is too large or nested too deeply
 */
export function markdownToStorage(markdown: string, options: { originals?: string } = {}): string {
  return writeMarkdown(
    markdown,
    options.originals === undefined ? noOriginals() : originalsOf(options.originals),
  );
}
