import {
  adfMentions,
  adfNodes,
  adfSection,
  adfToMarkdown,
  mentions,
  type Part,
  partOf,
  type Section,
  toMarkdown,
} from '#lib/content';
import { adfOnlyBody } from '../adf-only.ts';
import type { Document } from '../documents.ts';
import { idleInput } from '../inputs.ts';
import type { Context } from '../operation.ts';
import { mentionNames } from '../people.ts';
import { type BodyProblem, orProblem, tagless } from '../readable-body.ts';
import type { ViewOptions } from './document-view.ts';
import { fitting, type OutlineLine, outlineLines, sectionLines, summaryOf } from './view-outline.ts';
import { adfStretch, stretchOf } from './view-raw.ts';

type Counts = { what: string; count: number }[];

/** A body in one of its formats. `before` and `after` frame it in the text for a model. */
export type ShownBody = {
  body: string;
  format: string;
  cursor: string | null;
  /** Whether storage holds it, or only Atlassian's document format does. */
  source: 'storage' | 'adf';
  notShown: Counts;
  problem: BodyProblem | null;
  before: string;
  after: string;
  outline?: OutlineLine[];
  sections?: Section[];
};

/** Characters of a reply when none are asked for: a page that fits is shown whole. */
const usualChars = 20_000;
/** Of a page that does not fit: its headings and its beginning. */
const headingChars = 4_000;
const beginningChars = 2_000;
const outlineChars = 10_000;

const plain = { notShown: [], problem: null, before: '', after: '', source: 'storage' as const };
const wayOn = (left: string, cursor: string | null, how = ''): string =>
  cursor === null ? '' : `\n\n(${left}: call again with cursor "${cursor}"${how}.)`;

/** A malformed body: its words where Markdown was wanted, else its bytes; never a failure. */
function broken(found: Document, problem: BodyProblem, format: string, o: ViewOptions): ShownBody {
  const storage = found.body ?? '';
  const words = format === 'markdown';
  const part = stretchOf(words ? tagless(storage) : storage, o.max_chars ?? usualChars, o.cursor);
  const instead = words
    ? 'its plain text, without structure (format storage gives the bytes)'
    : 'its raw storage';
  const section =
    o.section === undefined ? '' : ' Sections cannot be told apart in it, so this is all of it.';
  return {
    ...plain,
    body: part.body,
    format: words ? 'text' : 'storage',
    cursor: part.cursor,
    notShown: words ? [{ what: 'structure of a malformed body', count: 1 }] : [],
    problem,
    before: `Confluence holds this body malformed at line ${problem.line}, column ${problem.column}, so this is ${instead}.${section} It cannot be edited before it was saved anew in Confluence. ${problem.message}\n\n`,
    after: wayOn(part.left, part.cursor),
  };
}

/** The headings of a long text with their sizes. */
function overview(part: Part, total: number, limit: number): { text: string; sections: Section[] } {
  const { text, shown } = sectionLines(part.sections, limit);
  const what = part.start === 0 ? 'page' : 'section';
  return {
    text: `The ${what} is long (${total} characters of Markdown; ${summaryOf(part)}) Its headings, with id and characters under each:\n${text}\n\nIts beginning:\n\n`,
    sections: shown,
  };
}

async function markdownBody(ctx: Context, storage: string, o: ViewOptions): Promise<ShownBody> {
  const options = {
    section: o.section,
    people: await mentionNames(ctx, mentions(storage)),
    withIds: o.include?.includes('block_ids') === true,
  };
  const maxChars = o.max_chars ?? usualChars;
  const whole = toMarkdown(storage, { ...options, maxChars, cursor: o.cursor });
  const part = whole.hasMore && o.cursor === undefined ? partOf(storage, o.section) : null;
  // One heading tells nothing about where to go on.
  const long = part !== null && part.sections.length > 1;
  const view =
    long && o.max_chars === undefined ? toMarkdown(storage, { ...options, maxChars: beginningChars }) : whole;
  const head = long ? overview(part, view.totalChars, Math.min(headingChars, maxChars * 2)) : null;
  const to = long ? ', or with section set to a heading, a path "A > B" or an id' : '';
  return {
    ...plain,
    body: view.markdown,
    format: 'markdown',
    cursor: view.cursor,
    notShown: view.notRendered,
    before: head?.text ?? '',
    after: wayOn('More follows', view.cursor, to),
    ...(head === null ? {} : { sections: head.sections }),
  };
}

const blockCursor = /^b(\d{1,7})$/;

function outlineBody(storage: string, o: ViewOptions): ShownBody {
  const part = partOf(storage, o.section);
  const lines = outlineLines(part);
  const limit = o.max_chars ?? outlineChars;
  const given = o.cursor === undefined ? null : blockCursor.exec(o.cursor)?.[1];
  if (given === undefined || Number(given ?? 0) > lines.length)
    throw idleInput('cursor', 'It is of another text than this outline.');
  const all = lines.reduce((sum, { line }) => sum + line.length + 1, 0);
  const before = o.cursor === undefined ? `${summaryOf(part)}\n\n` : '';
  const how =
    '\n\nLines: #id, kind, characters (of a heading: under it), first words. section takes an id or heading; edit_page takes the ids.';
  if (all > limit && given === null && part.sections.length > 3) {
    const { text, shown } = sectionLines(part.sections, limit);
    return {
      ...plain,
      body: text,
      format: 'outline',
      cursor: 'b0',
      before,
      after: `\n\nThese are its headings, with id and characters under each. For the blocks: section (an id or heading), or cursor "b0" for all in order.`,
      outline: lines.filter(({ section }) => section !== null && shown.includes(section)),
    };
  }
  const from = Number(given ?? 0);
  const to =
    from +
    fitting(
      lines.slice(from).map(({ line }) => line),
      limit,
    );
  const shown = lines.slice(from, to);
  const cursor = to < lines.length ? `b${to}` : null;
  return {
    ...plain,
    body: shown.map(({ line }) => line).join('\n'),
    format: 'outline',
    cursor,
    before,
    after: `${wayOn(`${lines.length - to} more blocks`, cursor)}${how}`,
    outline: shown,
  };
}

/** A body that only the document format holds, as Markdown to read. */
async function adfAsMarkdown(ctx: Context, json: string, o: ViewOptions): Promise<ShownBody> {
  const all = adfNodes(json) ?? [];
  const nodes = o.section === undefined ? all : adfSection(all, o.section);
  const view = adfToMarkdown(nodes, await mentionNames(ctx, adfMentions(nodes)));
  const part = stretchOf(view.markdown, o.max_chars ?? usualChars, o.cursor);
  return {
    ...plain,
    source: 'adf',
    body: part.body,
    format: 'markdown',
    cursor: part.cursor,
    notShown: view.notRendered,
    before:
      "Only Atlassian's document format (ADF) holds this body; Confluence gives no storage format of it. This is drawn from the ADF, to read: its parts have no ids and edit_page cannot change them. format adf gives all of it.\n\n",
    after: wayOn(part.left, part.cursor),
  };
}

function adfBody(json: string, o: ViewOptions): ShownBody {
  const part = adfStretch(json, o.max_chars ?? usualChars, o);
  return {
    ...plain,
    body: part.body,
    format: 'adf',
    cursor: part.cursor,
    notShown:
      part.folded === 0 ? [] : [{ what: 'inside of a node too large for max_chars', count: part.folded }],
    after: wayOn(part.left, part.cursor, o.section === undefined ? ', or read one section' : ''),
  };
}

function storageBody(storage: string, o: ViewOptions): ShownBody {
  const { start, end } =
    o.section === undefined ? { start: 0, end: storage.length } : partOf(storage, o.section);
  const part = stretchOf(storage.slice(start, end), o.max_chars ?? usualChars, o.cursor);
  return {
    ...plain,
    body: part.body,
    format: 'storage',
    cursor: part.cursor,
    after: wayOn(part.left, part.cursor, o.section === undefined ? ', or read one section' : ''),
  };
}

type Format = NonNullable<ViewOptions['format']>;
const fromStorage: Record<
  Exclude<Format, 'adf' | 'view'>,
  (ctx: Context, storage: string, o: ViewOptions) => ShownBody | Promise<ShownBody>
> = {
  markdown: markdownBody,
  outline: (_ctx, storage, o) => outlineBody(storage, o),
  storage: (_ctx, storage, o) => storageBody(storage, o),
};

/**
 * The body of a document in the format asked for. `found` carries it in `formatFor(o.format)`.
 * @throws ContentError `not_found` or `ambiguous` section with the candidates; a cursor of another text
 */
export async function shownBody(ctx: Context, found: Document, o: ViewOptions): Promise<ShownBody> {
  const format = o.format ?? 'markdown';
  const body = found.body ?? '';
  if (format === 'adf') return adfBody(body, o);
  if (format === 'view') {
    if (o.section !== undefined) throw idleInput('section', 'The rendered view is not read by sections.');
    const part = stretchOf(body, o.max_chars ?? usualChars, o.cursor);
    return { ...plain, body: part.body, format, cursor: part.cursor, after: wayOn(part.left, part.cursor) };
  }
  const adf = await adfOnlyBody(ctx, found);
  if (adf !== null) {
    if (format !== 'storage') return adfAsMarkdown(ctx, adf, o);
    const before =
      'Confluence gives no storage format of this body, though it has one in ADF: read it with format adf or markdown.\n\n';
    return { ...plain, source: 'adf', body: '', format, cursor: null, before };
  }
  const { problem } = orProblem(() => mentions(body));
  if (problem !== null) return broken(found, problem, format, o);
  return fromStorage[format](ctx, body, o);
}

/** The placeholders of a Markdown text by what they stand for. */
export function placeholdersIn(markdown: string): Counts {
  const counts = new Map<string, number>();
  for (const [, what = ''] of markdown.matchAll(/(?<!\\)\{\{((?:macro|element|adf):[\w:.-]+)/g))
    counts.set(what, (counts.get(what) ?? 0) + 1);
  return [...counts].map(([what, count]) => ({ what, count }));
}
