import { blockTree } from './blocks.ts';
import { ContentError } from './content-error.ts';
import { checkStorage, parseStorage } from './parse.ts';
import { type Replaced, runOf, splice, textBlocks } from './replace-text.ts';

/** A place in a text and what is to stand there. */
export type Match = { from: number; to: number; with: string };
/** One replacement: the line of text it stands in, and its place in that line. */
export type Hit = { line: string; from: number; to: number; with: string };

export type Replacement = {
  storage: string;
  hits: Hit[];
  /** Found, but over a change of formatting or a line end, where it is not clear how the new text should look. */
  skipped: Hit[];
  /** Ranges of the old storage that were replaced, in order. */
  touched: { start: number; end: number }[];
  /** What stands there now, one text for each range. */
  inserted: string[];
};

function hitOf(text: string, match: Match): Hit {
  const start = text.lastIndexOf('\n', match.from - 1) + 1;
  const next = text.indexOf('\n', match.to);
  const line = text.slice(start, next === -1 ? text.length : next);
  return { line, from: match.from - start, to: match.to - start, with: match.with };
}

/**
 * Replaces text that a reader sees (code too), and nothing else: no link targets, no macro names, no markup.
 * `find` gets the text of each block and gives the matches in it, in order and not overlapping.
 *
 * @throws ContentError on malformed storage
 */
export function replaceMatches(storage: string, find: (text: string) => Match[]): Replacement {
  const tree = blockTree(parseStorage(storage));
  const hits: Hit[] = [];
  const skipped: Hit[] = [];
  const splices: Replaced[] = [];
  const open = (replaced: Replaced) =>
    splices.every((one) => one.end <= replaced.start || replaced.end <= one.start);
  for (const block of textBlocks(tree)) {
    const run = runOf(tree.doc, block);
    if (run.text === '') continue;
    for (const match of find(run.text)) {
      const hit = hitOf(run.text, match);
      try {
        const replaced = splice(
          tree,
          { block, run, from: match.from, to: match.to, loose: false },
          match.with,
        );
        if (replaced === null) continue;
        if (open(replaced)) {
          splices.push(replaced);
          hits.push(hit);
        } else skipped.push(hit);
      } catch (error) {
        if (!(error instanceof ContentError)) throw error;
        skipped.push(hit);
      }
    }
  }
  const ordered = splices.sort((a, b) => a.start - b.start);
  const parts: string[] = [];
  let done = 0;
  for (const { start, end, text } of ordered) {
    parts.push(storage.slice(done, start), text);
    done = end;
  }
  parts.push(storage.slice(done));
  const changed = parts.join('');
  checkStorage(changed);
  return {
    storage: changed,
    hits,
    skipped,
    touched: ordered.map(({ start, end }) => ({ start, end })),
    inserted: ordered.map(({ text }) => text),
  };
}
