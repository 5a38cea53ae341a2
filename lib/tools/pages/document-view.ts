import { z } from 'zod';
import { mentions, outline, outlineText, toMarkdown } from '#lib/content';
import { type Document, itemOf, type ReadOptions } from '../documents.ts';
import type { pageFormat } from '../inputs.ts';
import { itemShape } from '../inputs.ts';
import type { Context, ReadResult } from '../operation.ts';
import { namesOf } from '../people.ts';
import { day, iso, link, oneLine, sourceOf } from '../render.ts';

export type ViewOptions = {
  format?: z.output<typeof pageFormat>;
  section?: string;
  max_chars?: number;
  cursor?: string;
  version?: number;
  draft?: boolean;
  include?: ReadOptions['include'];
};

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
  not_shown: z.array(z.object({ what: z.string(), count: z.number() })),
  outline: z
    .array(
      z.object({
        id: z.string(),
        kind: z.string(),
        level: z.number().optional(),
        preview: z.string(),
        chars: z.number(),
      }),
    )
    .optional(),
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

const usualChars = 20_000;
const storageFormats: Record<string, 'storage' | 'atlas_doc_format' | 'view'> = {
  adf: 'atlas_doc_format',
  view: 'view',
};

type Extra = { data: Record<string, unknown>; lines: string[] };

function results(list: unknown): Record<string, unknown>[] {
  const found = (list as { results?: unknown } | null | undefined)?.results;
  return Array.isArray(found) ? found : [];
}

async function extrasOf(ctx: Context, found: Document, include: ReadOptions['include']): Promise<Extra> {
  const data: Record<string, unknown> = {};
  const lines: string[] = [];
  const add = (name: string, value: unknown, line: string) => {
    data[name] = value;
    lines.push(line);
  };
  const shown = (list: readonly string[]) => list.map(oneLine).join(', ') || 'none';
  if (include?.includes('labels')) add('labels', found.labels ?? [], `Labels: ${shown(found.labels ?? [])}`);
  if (include?.includes('versions')) {
    const raw = results(found.raw.versions);
    const names = await namesOf(
      ctx,
      raw.map((one) => String(one.authorId ?? '')),
    );
    const list = raw.map((one) => ({
      number: Number(one.number),
      at: iso(one.createdAt),
      by: names.get(String(one.authorId)) ?? null,
      message: String(one.message ?? ''),
    }));
    add(
      'versions',
      list,
      `Versions:\n${list.map((one) => `- v${one.number} · ${day(one.at)} · ${oneLine(one.by ?? 'unknown')}${one.message ? ` · ${oneLine(one.message)}` : ''}`).join('\n')}`,
    );
  }
  if (include?.includes('likes')) {
    const count = results(found.raw.likes).length;
    add('likes', count, `Likes: ${count}${count >= 50 ? ' or more' : ''}`);
  }
  if (include?.includes('properties')) {
    const keys = results(found.raw.properties).map((one) => String(one.key ?? ''));
    add('properties', keys, `Properties: ${shown(keys)}`);
  }
  if (include?.includes('operations')) {
    const list = results(found.raw.operations).map((one) =>
      `${String(one.operation)} ${String(one.targetType ?? '')}`.trim(),
    );
    add('operations', list, `You may: ${shown(list)}`);
  }
  if (include?.includes('collaborators')) {
    const ids = results(found.raw.collaborators).map((one) => String(one.accountId ?? one.id ?? ''));
    const names = await namesOf(ctx, ids);
    const list = ids.map((id) => names.get(id) ?? id);
    add('collaborators', list, `Collaborators: ${shown(list)}`);
  }
  return { data, lines };
}

type Body = {
  body: string;
  format: string;
  cursor: string | null;
  notShown: { what: string; count: number }[];
  before: string;
  after: string;
};

/** A raw format, cut to the wanted size; the cursor is an offset. */
function rawBody(text: string, format: string, o: ViewOptions): Body {
  const start = Math.max(0, Number.parseInt(o.cursor ?? '0', 10) || 0);
  const end = start + (o.max_chars ?? usualChars);
  const cursor = end < text.length ? String(end) : null;
  const after =
    cursor === null ? '' : `\n\n(${text.length - end} more characters: call again with cursor "${cursor}")`;
  return { body: text.slice(start, end), format, cursor, notShown: [], before: '', after };
}

function outlineBody(storage: string): Body {
  return {
    body: outlineText(outline(storage)),
    format: 'outline',
    cursor: null,
    notShown: [],
    before: '',
    after: '\n\nRead one part with section (a heading). edit_page takes the ids of blocks.',
  };
}

/** The headings of a page, for choosing a section; the full outline has its own format. */
function headings(storage: string): string {
  const found = outline(storage).filter((block) => block.kind === 'heading');
  return found.length === 0
    ? '(none)'
    : found
        .map(
          (block) =>
            `${'  '.repeat(Math.max(0, (block.level ?? 1) - 1))}- ${oneLine(block.preview)} (#${block.id})`,
        )
        .join('\n');
}

async function markdownBody(ctx: Context, storage: string, o: ViewOptions): Promise<Body> {
  const names = await namesOf(ctx, mentions(storage));
  const maxChars = o.max_chars ?? usualChars;
  const view = toMarkdown(storage, {
    section: o.section,
    maxChars,
    cursor: o.cursor,
    people: Object.fromEntries(names),
  });
  const long = view.hasMore && o.cursor === undefined && o.section === undefined;
  const before = long
    ? `The page is long (${view.totalChars} characters). Its headings:\n${headings(storage)}\n\nIts beginning:\n\n`
    : '';
  const after = view.hasMore
    ? `\n\n(More follows: call again with cursor "${view.cursor}"${o.section === undefined ? ', or with section set to one of the headings' : ''}.)`
    : '';
  return {
    body: view.markdown,
    format: 'markdown',
    cursor: view.hasMore ? view.cursor : null,
    notShown: view.notRendered,
    before,
    after,
  };
}

/** The format in which Atlassian must give the body for this view. */
export const formatFor = (format: ViewOptions['format']) => storageFormats[format ?? 'markdown'] ?? 'storage';

/** A page or blog post that was read, as text for a model and as data. Its body must be in `formatFor(o.format)`. */
export async function viewDocument(ctx: Context, found: Document, o: ViewOptions): Promise<ReadResult> {
  const format = o.format ?? 'markdown';
  const source = found.body ?? '';
  const shown =
    format === 'outline'
      ? outlineBody(source)
      : format === 'markdown'
        ? await markdownBody(ctx, source, o)
        : rawBody(source, format, o);
  const item = await itemOf(ctx, found);
  const names = await namesOf(ctx, [found.authorId, found.ownerId]);
  const nameOf = (id: string | null) => (id === null ? null : (names.get(id) ?? id));
  const extras = await extrasOf(ctx, found, o.include);
  const kind = found.kind === 'page' ? 'page' : 'blog post';
  const head = [
    `${link(found.title || 'Untitled', found.url)} · ${kind} · ${item.space ? `${oneLine(item.space.name)} (${item.space.key})` : 'space unknown'} · id ${found.id} · version ${found.version}${found.status === 'current' ? '' : ` · ${found.status}`}`,
    `Last edited ${day(found.versionAt)} by ${oneLine(item.updated_by ?? 'unknown')} · created ${day(found.createdAt)} by ${oneLine(nameOf(found.authorId) ?? 'unknown')}`,
    ...extras.lines,
  ];
  const lost =
    shown.notShown.length === 0
      ? ''
      : `\n\nShown as placeholders: ${shown.notShown.map(({ what, count }) => `${oneLine(what)} ×${count}`).join(', ')}.`;
  const empty = shown.body.trim() === '' ? '(The body is empty.)' : shown.body;
  return {
    text: `${head.join('\n')}\n\n${shown.before}${empty}${shown.after}${lost}`,
    data: {
      ...item,
      format: shown.format,
      body: shown.body,
      has_more: shown.cursor !== null,
      cursor: shown.cursor,
      author: nameOf(found.authorId),
      created_at: found.createdAt,
      owner: nameOf(found.ownerId),
      parent_id: found.parentId,
      version_message: found.versionMessage,
      not_shown: shown.notShown,
      ...(format === 'outline'
        ? {
            outline: outline(source).map(({ id, kind: what, level, preview, chars }) => ({
              id,
              kind: what,
              ...(level === undefined ? {} : { level }),
              preview,
              chars,
            })),
          }
        : {}),
      ...extras.data,
    },
    sources: [sourceOf(item)],
    label: `Read "${found.title}"`,
    untrusted: true,
  };
}

/** What one read must ask for so that the view can be drawn from it. */
export function readOptions(o: ViewOptions): ReadOptions {
  return {
    format: formatFor(o.format),
    ...(o.version === undefined ? {} : { version: o.version }),
    ...(o.draft === true ? { draft: true } : {}),
    ...(o.include === undefined ? {} : { include: o.include }),
  };
}
