import type { Definition, Html, Nodes, Parents, PhrasingContent, Root, RootContent } from 'mdast';
import { directiveFromMarkdown } from 'mdast-util-directive';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { directive } from 'micromark-extension-directive';
import { gfm } from 'micromark-extension-gfm';
import { ContentError } from '../content-error.ts';
import { pipesPlain } from '../view/canonical.ts';
import { type FenceLine, originalFences, rewriteFences, tooDeep } from './fence-lines.ts';
import type { Matches } from './keep/plan.ts';
import { hasEmoji, type Originals } from './originals.ts';
import { prepare } from './prepare.ts';
import { readStretches } from './read-stretches.ts';
import { type Stash, stash, unstash } from './stash.ts';

/** One piece of Markdown on its way to storage. */
export type Writer = {
  originals: Originals;
  stash: Stash;
  fences: FenceLine[];
  text: string;
  definitions: Map<string, Definition>;
  /** What stands in cells of tables, where pipes are written with a backslash. */
  cells: Set<Nodes>;
  /** Which originals the blocks of the Markdown stand for. */
  matches: Matches;
  /** The next number for a task where there is no page. */
  tasks: { next: number };
  /** Storage of what is in a container, a quote, a list item. */
  blocks(parent: Parents, children?: RootContent[]): string;
  /** Storage of a line of text. */
  inline(children: PhrasingContent[], inLink?: boolean): string;
  /** Storage of other Markdown of the same page, on the given originals. */
  nested(markdown: string, originals: Originals): string;
};

const MAX_MARKDOWN = 2_000_000;
const MAX_DEPTH = 100;
const emphasis = { singleTilde: false };

function containersOnly(): ReturnType<typeof directive> {
  // Only `:::` fences are ours: with the inline forms "10:30" or "note:this" would become directives.
  const container = directive().flow?.[58];
  return { flow: { 58: Array.isArray(container) ? container.slice(0, 1) : container } };
}

/** Bare web addresses are found by us, after our notation is out of the way: GFM would swallow what follows them. */
const noAutolinks = { disable: { null: ['wwwAutolink', 'protocolAutolink', 'emailAutolink'] } };

/** Nesting is limited before parsing: a Markdown parser's work grows with the depth of each line. */
function checkPrefix(markdown: string): void {
  if (markdown.length > MAX_MARKDOWN) {
    throw new ContentError(
      `The Markdown has ${markdown.length} characters; at most ${MAX_MARKDOWN} can be handled.`,
      {
        code: 'too_large',
        next: 'Send it in several edits.',
      },
    );
  }
  if (/^(?:[ \t]*(?:>|[-*+][ \t]|\d{1,9}[.)][ \t])){60}/m.test(markdown) || /\[{2000}/.test(markdown))
    throw tooDeep();
}

const MAX_SIGNS = 2000;
const MAX_BRACKETS = 5000;
/** Of signs in a run of lines without a blank one: what looks like an item may be text of the one before. */
const MAX_RUN = 6000;
const ITEM = /^[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+\S/;

/** A Markdown parser's work on one paragraph grows with the square of its `*`, `_`, `~` and `[` signs. */
function checkSigns({ text, code }: { text: string; code: boolean[] }): void {
  let [signs, brackets, run] = [0, 0, 0];
  for (const [row, line] of text.split('\n').entries()) {
    if (code[row] || line.trim() === '' || line.startsWith('|')) [signs, brackets, run] = [0, 0, 0];
    if (code[row]) continue;
    if (ITEM.test(line)) [signs, brackets] = [0, 0];
    const [more, open] = [line.match(/[*_~]+/g)?.length ?? 0, line.match(/\[/g)?.length ?? 0];
    [signs, brackets, run] = [signs + more, brackets + open, run + more + open];
    if (signs <= MAX_SIGNS && brackets <= MAX_BRACKETS && run <= MAX_RUN) continue;
    throw new ContentError(
      `A paragraph of the Markdown has too many signs like * _ [ to be read (line ${row + 1}).`,
      {
        next: 'Put it into a code fence, or break it up with blank lines.',
      },
    );
  }
}

function checkDepth(root: Root): void {
  let level: Nodes[] = [root];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH) {
      throw new ContentError('The Markdown is nested too deeply to be read.', {
        next: 'Write it with fewer levels.',
      });
    }
    level = level.flatMap((node) => ('children' in node ? (node.children as Nodes[]) : []));
  }
}

export type Parsed = Pick<Writer, 'stash' | 'fences' | 'text' | 'definitions' | 'cells'> & { root: Root };

/** Parses Markdown with our notation. */
export function readMarkdown(markdown: string, { page }: Originals): Parsed {
  const clean = markdown.replace(/\r\n?/g, '\n');
  checkPrefix(clean);
  const fenced = rewriteFences(clean);
  checkSigns(fenced);
  const stashed = stash(fenced.text, (name) => hasEmoji(page, name));
  const options = {
    extensions: [gfm(emphasis), containersOnly(), noAutolinks],
    // The first of GFM's is autolinks.
    mdastExtensions: [...gfmFromMarkdown().slice(1), directiveFromMarkdown()],
  };
  const root = readStretches(stashed.text, (text) => fromMarkdown(text, options));
  checkDepth(root);
  const noted = prepare(root, stashed);
  return { root, stash: stashed, fences: fenced.lines, text: stashed.text, ...noted };
}

/** A piece of the parsed text as the person wrote it. */
export function asWritten(writer: Pick<Writer, 'stash' | 'fences'>, text: string): string {
  return originalFences(unstash(text, writer.stash.tokens), writer.fences);
}

/** The Markdown of a node as the person wrote it; of what stands in a cell, as it would be written elsewhere. */
export function sourceOf(writer: Writer, node: Nodes): string {
  const { start, end } = node.position ?? {};
  const source = asWritten(writer, writer.text.slice(start?.offset ?? 0, end?.offset ?? 0));
  return writer.cells.has(node) ? pipesPlain(source) : source;
}

/** Raw HTML as the person wrote it. */
export function htmlOf(writer: Writer, node: Html): string {
  const text = asWritten(writer, node.value);
  return writer.cells.has(node) ? pipesPlain(text) : text;
}

/** What a parsed node says (its code, address, title), with our notation in it as it was written. */
export function parsedText(writer: Writer, node: Nodes, parsed: string): string {
  return unstash(parsed, writer.stash.tokens, writer.cells.has(node) ? pipesPlain : undefined);
}

/** Source of a block without the indent or quote signs that its container puts before each line. */
export function blockSource(writer: Writer, node: Nodes): string {
  const column = (node.position?.start.column ?? 1) - 1;
  const source = sourceOf(writer, node);
  if (column === 0 || !source.includes('\n')) return source;
  const pad = new RegExp(`\\n(?:[ \\t]|> ?){0,${column}}`, 'g');
  return source.replace(pad, '\n');
}
