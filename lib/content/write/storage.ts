import { checkStorage } from '../parse/parse.ts';
import { blocksStorage } from './block.ts';
import { inlineStorage } from './inline.ts';
import { noMatches, planMatches } from './keep/plan.ts';
import { checkNesting } from './new-fence.ts';
import { draw, noOriginals, type Originals, originalsOf } from './originals.ts';
import { readMarkdown, type Writer } from './writer.ts';

function written(markdown: string, originals: Originals, tasks: { next: number }): string {
  const { root, ...parsed } = readMarkdown(markdown, originals);
  const writer: Writer = {
    ...parsed,
    originals,
    tasks,
    matches: noMatches(),
    blocks: (parent, children) => blocksStorage(writer, parent, children),
    inline: (children, inLink) => inlineStorage(writer, children, inLink),
    nested: (inner, on) => written(inner, on, tasks),
  };
  checkNesting(writer, root);
  const { page, part } = originals;
  if (page && part) {
    writer.matches.drawn = draw(page, part.children);
    planMatches(writer, root);
  }
  return blocksStorage(writer, root);
}

/** Markdown to storage against known originals (placeholders, blocks that are still the same). */
export function writeMarkdown(markdown: string, originals: Originals): string {
  const storage = written(markdown, originals, { next: 1 });
  checkStorage(storage);
  return storage;
}

/**
 * Markdown (CommonMark, GFM, our placeholders and `:::` fences) as storage format, always well-formed.
 * Raw HTML becomes text. With `originals`, a body that the Markdown replaces, placeholders are put back as
 * their original bytes; blocks, list items and cells whose Markdown is unchanged come back byte for byte; and
 * changed ones keep what Markdown does not say (ids, colours, comment markers, widths).
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
