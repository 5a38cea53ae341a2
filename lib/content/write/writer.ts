import type { Nodes, Root } from 'mdast';
import { directiveFromMarkdown } from 'mdast-util-directive';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { directive } from 'micromark-extension-directive';
import { gfm } from 'micromark-extension-gfm';
import { ContentError } from '../content-error.ts';
import type { ElementNode } from '../parse.ts';
import { canonical } from '../view/canonical.ts';
import type { Atom, Rendered, Wrapper } from '../view/context.ts';
import { type FenceLine, originalFences, rewriteFences, tooDeep } from './fence-lines.ts';
import { type Stash, stash, unstash } from './stash.ts';

/** What the page has: elements that placeholders name, and blocks that unchanged Markdown stands for. */
export type Originals = {
  source: string;
  atoms: Map<string, Atom>;
  byId: Map<string, Atom>;
  wrappers: Map<string, Wrapper>;
  /** By canonical Markdown, in page order; each is used once. Only what an edit replaces is in here. */
  reusable: Map<string, Rendered[]>;
  /** What was reused so far. */
  spent: { ranges: { start: number; end: number }[]; end: number };
  tables: { node: ElementNode; rows: string[][]; used: boolean }[];
  /** The next free number for a task; shared by all edits of one call. */
  tasks: { next: number };
};

export type Writer = {
  originals: Originals;
  stash: Stash;
  fences: FenceLine[];
  text: string;
};

const MAX_MARKDOWN = 2_000_000;
const MAX_DEPTH = 100;
/** Blocks that moved up the page are looked for only while that is cheap. */
const MAX_SEARCH = 100_000;
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

/** A Markdown parser's work on one paragraph grows with the square of its `*`, `_`, `~` and `[` signs. */
function checkSigns({ text, code }: { text: string; code: boolean[] }): void {
  let [signs, brackets] = [0, 0];
  for (const [row, line] of text.split('\n').entries()) {
    if (code[row] || line.trim() === '' || line.startsWith('|')) [signs, brackets] = [0, 0];
    if (code[row]) continue;
    signs += line.match(/[*_~]+/g)?.length ?? 0;
    brackets += line.match(/\[/g)?.length ?? 0;
    if (signs <= MAX_SIGNS && brackets <= MAX_BRACKETS) continue;
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

/** Parses Markdown with our notation. */
export function readMarkdown(markdown: string, originals: Originals): { root: Root; writer: Writer } {
  const clean = markdown.replace(/\r\n?/g, '\n');
  checkPrefix(clean);
  const fenced = rewriteFences(clean);
  checkSigns(fenced);
  const known = new Set([...originals.atoms.keys()].filter((key) => key.startsWith(':')));
  const stashed = stash(fenced.text, known);
  const root = fromMarkdown(stashed.text, {
    extensions: [gfm(emphasis), containersOnly(), noAutolinks],
    // The first of GFM's is autolinks.
    mdastExtensions: [...gfmFromMarkdown().slice(1), directiveFromMarkdown()],
  });
  checkDepth(root);
  return { root, writer: { originals, stash: stashed, fences: fenced.lines, text: stashed.text } };
}

/** A piece of the parsed text as the person wrote it. */
export function asWritten(writer: Writer, text: string): string {
  return originalFences(unstash(text, writer.stash.tokens), writer.fences);
}

/** The Markdown of a node as the person wrote it. */
export function sourceOf(writer: Writer, node: Nodes): string {
  const { start, end } = node.position ?? {};
  return asWritten(writer, writer.text.slice(start?.offset ?? 0, end?.offset ?? 0));
}

/**
 * The original bytes of a block whose Markdown is unchanged. Each original serves once, with all that is
 * inside it; of several with equal Markdown the next one in page order.
 */
function reuse(writer: Writer, key: string): string | null {
  const { reusable, spent } = writer.originals;
  const list = reusable.get(key) ?? [];
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle]?.start ?? 0) < spent.end) low = middle + 1;
    else high = middle;
  }
  const earlier = (): Rendered | undefined =>
    list.length * spent.ranges.length > MAX_SEARCH
      ? undefined
      : list.find((one) => !spent.ranges.some((used) => one.start < used.end && used.start < one.end));
  const found = list[low] ?? earlier();
  if (!found) return null;
  spent.ranges.push(found);
  spent.end = Math.max(spent.end, found.end);
  return found.bytes;
}

export function reuseNode(writer: Writer, node: Nodes, prefix = ''): string | null {
  if (writer.originals.reusable.size === 0) return null;
  return reuse(writer, prefix + canonical(blockSource(writer, node)));
}

/** Source of a block without the indent or quote signs that its container puts before each line. */
export function blockSource(writer: Writer, node: Nodes): string {
  const column = (node.position?.start.column ?? 1) - 1;
  const source = sourceOf(writer, node);
  if (column === 0 || !source.includes('\n')) return source;
  const pad = new RegExp(`\\n(?:[ \\t]|> ?){0,${column}}`, 'g');
  return source.replace(pad, '\n');
}
