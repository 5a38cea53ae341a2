import { z } from 'zod';
import { partOf } from '#lib/content';
import { type Document, findDocument, itemOf, type ReadOptions } from '../documents.ts';
import { type include, itemShape, type pageFormat } from '../inputs.ts';
import type { Context, ReadResult } from '../operation.ts';
import { namesOf } from '../people.ts';
import { orProblem } from '../readable-body.ts';
import { day, link, oneLine, sourceOf } from '../render.ts';
import { placeholdersIn, type ShownBody, shownBody } from './document-body.ts';
import { extrasOf } from './document-extras.ts';
import { type ShownThreads, threadData, threadShape, threadsShown, threadsText } from './document-threads.ts';

export type ViewOptions = {
  format?: z.output<typeof pageFormat>;
  section?: string;
  max_chars?: number;
  cursor?: string;
  version?: number;
  draft?: boolean;
  include?: z.output<typeof include>;
};

const counts = z.array(z.object({ what: z.string(), count: z.number() }));

/** What reading a page or blog post gives as data. */
export const documentShape = itemShape.extend({
  format: z.string(),
  body: z.string(),
  has_more: z.boolean(),
  cursor: z.string().nullable(),
  author: z.string().nullable(),
  created_at: z.string().nullable(),
  owner: z.string().nullable(),
  parent_id: z.string().nullable(),
  version_message: z.string(),
  /** What the body has and this text does not show, such as text colours. */
  not_shown: counts,
  /** What stands as a placeholder in this text: `{{macro:jira key=ENG-1 #4f2a1c}}`. */
  placeholders: counts,
  /** `adf`: storage format does not hold the body, so it cannot be edited in parts. */
  source: z.enum(['storage', 'adf']),
  /** Where Confluence holds the body malformed. */
  problem: z.object({ message: z.string(), line: z.number(), column: z.number() }).nullable(),
  outline: z
    .array(
      z.object({
        id: z.string(),
        kind: z.string(),
        level: z.number().optional(),
        macro: z.string().optional(),
        depth: z.number(),
        heading_path: z.array(z.string()),
        preview: z.string(),
        chars: z.number(),
        /** Of headings: characters of the whole section. */
        section_chars: z.number().optional(),
      }),
    )
    .optional(),
  /** Headings of a text too long for one reply. */
  sections: z
    .array(
      z.object({
        id: z.string(),
        title: z.string(),
        level: z.number(),
        heading_path: z.array(z.string()),
        chars: z.number(),
      }),
    )
    .optional(),
  inline_comments: z.array(threadShape).optional(),
  dangling_comments: z.array(threadShape).optional(),
  inline_comments_note: z.string().nullable().optional(),
  labels: z.array(z.string()).optional(),
  versions: z
    .array(
      z.object({
        number: z.number(),
        at: z.string().nullable(),
        by: z.string().nullable(),
        message: z.string(),
      }),
    )
    .optional(),
  likes: z.number().optional(),
  properties: z.array(z.string()).optional(),
  operations: z.array(z.string()).optional(),
  collaborators: z.array(z.string()).optional(),
});

const formats: Record<string, 'storage' | 'atlas_doc_format' | 'view'> = {
  adf: 'atlas_doc_format',
  view: 'view',
};

/** The format in which Atlassian must give the body for this view. */
export const formatFor = (format: ViewOptions['format']) => formats[format ?? 'markdown'] ?? 'storage';

/** What one read must ask for so that the view can be drawn from it. */
export function readOptions(o: ViewOptions): ReadOptions {
  const asked = o.include?.filter((one) => one !== 'inline_comments' && one !== 'block_ids');
  return {
    format: formatFor(o.format),
    ...(o.version === undefined ? {} : { version: o.version }),
    ...(o.draft === true ? { draft: true } : {}),
    ...(asked === undefined ? {} : { include: asked }),
  };
}

/** The inline comments of what is shown, where they were asked for. */
async function threadsFor(
  ctx: Context,
  found: Document,
  shown: ShownBody,
  o: ViewOptions,
): Promise<ShownThreads | null> {
  if (o.include?.includes('inline_comments') !== true) return null;
  const own = formatFor(o.format) === 'storage' ? found.body : null;
  const storage =
    own ??
    (await findDocument(ctx, found.kind, found.id, { ...readOptions(o), format: 'storage', include: [] }))
      ?.body ??
    '';
  const unmarked = shown.format === 'outline' || shown.format === 'view';
  const within = unmarked ? orProblem(() => partOf(storage, o.section)).value : null;
  const whole = o.section === undefined && o.cursor === undefined;
  return threadsShown(ctx, found, storage, { shown: shown.body, within, whole });
}

const listed = (list: readonly { what: string; count: number }[]): string =>
  list.map(({ what, count }) => `${oneLine(what)} ×${count}`).join(', ');

/** What the text does not say as it is: placeholders, and what is left out. */
function accountOf(placeholders: ShownBody['notShown'], notShown: ShownBody['notShown']): string {
  const parts = [
    ...(placeholders.length === 0 ? [] : [`Shown as placeholders: ${listed(placeholders)}.`]),
    ...(notShown.length === 0 ? [] : [`Not shown: ${listed(notShown)}.`]),
  ];
  return parts.length === 0 ? '' : `\n\n${parts.join(' ')}`;
}

function outlineData({ outline, sections }: ShownBody) {
  return {
    ...(outline === undefined
      ? {}
      : {
          outline: outline.map(({ block, section }) => ({
            id: block.id,
            kind: block.kind,
            ...(block.level === undefined ? {} : { level: block.level }),
            ...(block.macro === undefined ? {} : { macro: block.macro }),
            depth: block.depth,
            heading_path: block.headingPath,
            preview: block.preview,
            chars: block.chars,
            ...(section === null ? {} : { section_chars: section.chars }),
          })),
        }),
    ...(sections === undefined
      ? {}
      : {
          sections: sections.map(({ id, title, level, headingPath, chars }) => ({
            id,
            title,
            level,
            heading_path: headingPath,
            chars,
          })),
        }),
  };
}

/** The two lines above every body: what it is, its version, who wrote it when. */
async function documentHead(ctx: Context, found: Document, extra: readonly string[] = []) {
  const item = await itemOf(ctx, found);
  const names = await namesOf(ctx, [found.authorId, found.ownerId]);
  const nameOf = (id: string | null) => (id === null ? null : (names.get(id) ?? id));
  const kind = found.kind === 'page' ? 'page' : 'blog post';
  const space = item.space ? `${oneLine(item.space.name)} (${item.space.key})` : 'space unknown';
  const status = found.status === 'current' ? '' : ` · ${found.status}`;
  const text = [
    `${link(found.title || 'Untitled', found.url)} · ${kind} · ${space} · id ${found.id} · version ${found.version}${status}`,
    `Last edited ${day(found.versionAt)} by ${oneLine(item.updated_by ?? 'unknown')} · created ${day(found.createdAt)} by ${oneLine(nameOf(found.authorId) ?? 'unknown')}`,
    ...extra,
  ].join('\n');
  return { item, text, author: nameOf(found.authorId), owner: nameOf(found.ownerId) };
}

/** A page or blog post that was read, as text for a model and as data. Its body must be in `formatFor(o.format)`. */
export async function viewDocument(ctx: Context, found: Document, o: ViewOptions): Promise<ReadResult> {
  return documentResult(ctx, found, await shownBody(ctx, found, o), o);
}

/** The same for a body, or part of one, that is drawn already. */
export async function documentResult(
  ctx: Context,
  found: Document,
  shown: ShownBody,
  o: ViewOptions,
): Promise<ReadResult> {
  const extras = await extrasOf(ctx, found, o.include);
  const head = await documentHead(ctx, found, extras.lines);
  const threads = await threadsFor(ctx, found, shown, o);
  const placeholders = shown.format === 'markdown' ? placeholdersIn(shown.body) : [];
  const empty = shown.body.trim() === '' && shown.source === 'storage' ? '(The body is empty.)' : shown.body;
  const notes = threads === null ? '' : `\n\n${threadsText(threads)}`;
  return {
    text: `${head.text}\n\n${shown.before}${empty}${shown.after}${accountOf(placeholders, shown.notShown)}${notes}`,
    data: {
      ...head.item,
      format: shown.format,
      body: shown.body,
      has_more: shown.cursor !== null,
      cursor: shown.cursor,
      author: head.author,
      created_at: found.createdAt,
      owner: head.owner,
      parent_id: found.parentId,
      version_message: found.versionMessage,
      not_shown: shown.notShown,
      placeholders,
      source: shown.source,
      problem: shown.problem,
      ...outlineData(shown),
      ...(threads === null
        ? {}
        : {
            inline_comments: threads.here.map(threadData),
            dangling_comments: threads.dangling.map(threadData),
            inline_comments_note: threads.note,
          }),
      ...extras.data,
    },
    sources: [sourceOf(head.item)],
    label: `Read "${found.title}"`,
    untrusted: true,
  };
}
