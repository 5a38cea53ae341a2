import { blockTree } from '../blocks/blocks.ts';
import { ContentError } from '../content-error.ts';
import { checkStorage, parseStorage } from '../parse/parse.ts';
import type { Change } from './change.ts';
import { runOf, textBlocks } from './find-text.ts';
import { mirrored } from './mirror.ts';
import { plainChange } from './replace-text.ts';

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

type Line = { start: number; end: number };

/** The line around an offset, looked for from the line before it on. */
function lineAt(text: string, offset: number, before: Line): Line {
  let { start, end } = before;
  while (end < offset) {
    start = end + 1;
    const next = text.indexOf('\n', start);
    end = next === -1 ? text.length : next;
  }
  return { start, end };
}

function hitOf(text: string, match: Match, { start, end }: Line): Hit {
  // A match over several lines shows them all.
  const last = match.to <= end ? end : text.indexOf('\n', match.to);
  const line = text.slice(start, last === -1 ? text.length : last);
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
  const splices: Change[] = [];
  for (const block of textBlocks(tree)) {
    const run = runOf(tree.doc, block.nodes);
    if (run.text === '') continue;
    let done = 0;
    let line: Line = { start: 0, end: -1 };
    for (const match of find(run.text)) {
      line = lineAt(run.text, match.from, line);
      const hit = hitOf(run.text, match, line);
      try {
        const replaced = plainChange(
          tree,
          { block, run, from: match.from, to: match.to, loose: false },
          match.with,
        );
        if (replaced === null) continue;
        // A section of CDATA that had to be written anew takes no second change.
        if (replaced.start < done) skipped.push(hit);
        else {
          splices.push(replaced, ...mirrored(tree.doc, replaced));
          hits.push(hit);
          done = replaced.end;
        }
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
