import { type BlockNode, type BlockTree, blockTree } from '../blocks/blocks.ts';
import { type Group, groupNodes } from '../blocks/groups.ts';
import { ContentError } from '../content-error.ts';
import { findHeading, sectionOf } from '../edit/targets.ts';
import { shortHash } from '../parse/elements.ts';
import { parseStorage, type StorageDoc } from '../parse/parse.ts';
import { blockList } from './block.ts';
import { emptyRecorder, type View, type ViewOptions } from './context.ts';
import { noteUnshown } from './unshown.ts';

export type { ViewOptions } from './context.ts';

export type MarkdownView = {
  markdown: string;
  hasMore: boolean;
  /** Give it back as `cursor` for the next part; null at the end. */
  cursor: string | null;
  /** Characters of the whole Markdown, all parts together. */
  totalChars: number;
  /** What the page has and this Markdown does not show, e.g. text colours. */
  notRendered: { what: string; count: number }[];
  /** Heading paths of the page, joined by ` > `; each may be given as `section`. */
  sections: string[];
};

export function makeView(
  doc: StorageDoc,
  options: ViewOptions = {},
  ids: Map<number, string> | null = null,
): View {
  return {
    doc,
    options,
    notRendered: new Map(),
    record: emptyRecorder(),
    ids,
    nesting: 0,
    described: new Map(),
  };
}

function cut(text: string, from: number, maxChars: number): number {
  if (text.length - from <= maxChars) return text.length;
  const limit = from + Math.max(maxChars, 1);
  for (const mark of ['\n\n', '\n', ' ']) {
    const at = text.lastIndexOf(mark, limit);
    if (at > from + maxChars / 2) return at + mark.length;
  }
  const code = text.charCodeAt(limit - 1);
  return code >= 0xd800 && code <= 0xdbff ? limit + 1 : limit;
}

function readCursor(cursor: string, stamp: string, length: number): number {
  const match = /^m(\d{1,9})-([a-z0-9]+)$/.exec(cursor);
  const from = Number(match?.[1] ?? Number.NaN);
  if (match && match[2] === stamp && from <= length) return from;
  throw new ContentError(
    'The cursor does not belong to this text: the page or the options have changed since.',
    {
      next: 'Read again without a cursor.',
    },
  );
}

/** The blocks of a section, or the one block with this id. */
function partOf(tree: BlockTree, section: string): Group[] {
  const block = tree.byId.get(section.trim().replace(/^#/, ''));
  return block && block.kind !== 'heading' ? [block] : sectionOf(findHeading(tree, section), tree);
}

const pathOf = (block: BlockNode): string => [...block.headingPath, block.preview].join(' > ');

/**
 * The body as Markdown, in which every node is accounted for: what Markdown cannot say stands as a
 * placeholder (`{{macro:jira key=ENG-1 #4f2a1c}}`), in a `:::` fence, or is counted in `notRendered`.
 * `markdownToStorage` with this body as `originals` turns it back.
 *
 * @throws ContentError: malformed storage, `not_found` or `ambiguous` section (with the candidates), stale cursor
 */
export function toMarkdown(storage: string, options: ViewOptions = {}): MarkdownView {
  const doc = parseStorage(storage);
  const tree = blockTree(doc);
  const ids = options.withIds ? new Map(tree.all.map((block) => [block.start, block.id])) : null;
  const view = makeView(doc, options, ids);
  const groups = options.section === undefined ? groupNodes(doc.children) : partOf(tree, options.section);
  const whole = blockList(view, groups)
    .map((part) => part.markdown)
    .join('\n\n');
  const [first, last] = [groups[0]?.nodes[0], groups.at(-1)?.nodes.at(-1)];
  if (options.section === undefined) noteUnshown(view, 0, doc.nodes.length);
  else if (first && last) noteUnshown(view, first.index, last.last);
  const stamp = shortHash(whole);
  const from = options.cursor ? readCursor(options.cursor, stamp, whole.length) : 0;
  const to = cut(whole, from, options.maxChars ?? Number.POSITIVE_INFINITY);
  const hasMore = to < whole.length;
  return {
    markdown: whole.slice(from, to),
    hasMore,
    cursor: hasMore ? `m${to}-${stamp}` : null,
    totalChars: whole.length,
    notRendered: [...view.notRendered].map(([what, count]) => ({ what, count })),
    sections: tree.all.filter((block) => block.kind === 'heading').map(pathOf),
  };
}
