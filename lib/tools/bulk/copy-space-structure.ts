import { z } from 'zod';
import { ConfabError, UserError } from '#errors';
import { getContentTemplates, getFolderById } from '#lib/confluence';
import { defineBulk } from '../define.ts';
import { type Document, findDocument } from '../documents.ts';
import { contentNumber, orNull } from '../ids.ts';
import { text } from '../inputs.ts';
import type { Context, PlanItem } from '../operation.ts';
import { counted, oneLine } from '../render.ts';
import { resolveSpace, type Space } from '../resolve/space.ts';
import { type Completeness, scanPages } from '../scan/index.ts';
import { freeKey } from '../spaces/space-key.ts';
import { templateOf } from '../templates/template.ts';
import { madeFolder, planList, planShape } from './plan-list.ts';

const input = z.object({
  source: text,
  name: text,
  key: text.optional(),
  content: z.enum(['full', 'outline']).optional(),
  replace_in_titles: z.strictObject({ search: z.string().min(1), replace: z.string() }).optional(),
});
type Input = z.output<typeof input>;

const mostPages = 500;

type Node = { id: string; type: 'page' | 'folder'; title: string; parentId: string | null };
type NewSpace = { key: string; name: string; home: string };

/** The folders that pages lie in, with the folders above them. A folder without pages is not found: there is no list. */
async function foldersOf(ctx: Context, pages: readonly Document[]): Promise<Node[]> {
  const folders = new Map<string, Node>();
  let wanted = new Set(
    pages.flatMap((page) => (page.parentType === 'folder' && page.parentId !== null ? [page.parentId] : [])),
  );
  while (wanted.size > 0) {
    const above = new Set<string>();
    for (const id of wanted) {
      ctx.signal.throwIfAborted();
      const found = await orNull(getFolderById(ctx.confluence, { id: contentNumber(id) }));
      if (found === null) continue;
      const parentId = found.parentId ? String(found.parentId) : null;
      folders.set(id, { id, type: 'folder', title: found.title ?? 'Folder', parentId });
      if (found.parentType === 'folder' && parentId !== null && !folders.has(parentId)) above.add(parentId);
    }
    wanted = above;
  }
  return [...folders.values()];
}

async function structure(
  ctx: Context,
  source: Space,
): Promise<{ nodes: Node[]; completeness: Completeness }> {
  const pages: Document[] = [];
  const scope = { space: source, cql: null, words: '' };
  const completeness = await scanPages(ctx, { scope, maxPages: mostPages, bodies: false }, (page) => {
    pages.push(page);
  });
  const folders = await foldersOf(ctx, pages);
  const rows = pages.map(({ id, title, parentId }): Node => ({ id, type: 'page', title, parentId }));
  return { nodes: [...rows, ...folders], completeness };
}

/** Children of the homepage, and whatever hangs below nothing that is seen: what goes right below the new homepage. */
function topOf(nodes: readonly Node[], homeId: string | null): Node[] {
  const known = new Set(nodes.map((node) => node.id));
  return nodes.filter(
    (node) =>
      node.id !== homeId && (node.parentId === null || node.parentId === homeId || !known.has(node.parentId)),
  );
}

const renamed = (title: string, o: Input): string =>
  o.replace_in_titles === undefined
    ? title
    : title.replaceAll(o.replace_in_titles.search, o.replace_in_titles.replace).slice(0, 255) || title;

const target = (to: NewSpace, kind: 'page' | 'folder' | 'template', title: string): PlanItem['target'] => ({
  kind,
  id: null,
  title,
  space: null,
  url: to.home,
});

function outlineItems(
  ctx: Context,
  o: Input,
  to: NewSpace,
  nodes: readonly Node[],
  homeId: string | null,
  first: number,
): PlanItem[] {
  const items: PlanItem[] = [];
  const below = Map.groupBy(nodes, (node) => node.parentId ?? '');
  const walk = (level: readonly Node[], parent: { index: number; node: Node } | null): void => {
    for (const node of level) {
      const title = renamed(node.title, o);
      const index = first + items.length;
      const under =
        parent === null
          ? undefined
          : parent.node.type === 'folder'
            ? madeFolder(ctx, to.key, parent.index)
            : `${to.key}:${renamed(parent.node.title, o)}`;
      items.push({
        operation: node.type === 'folder' ? 'create_folder' : 'create_page',
        input: {
          space: to.key,
          title,
          ...(under === undefined ? {} : { parent: under }),
          ...(node.type === 'folder' ? {} : { body: '', body_format: 'storage' }),
        },
        title: `Create ${node.type} "${title}" in ${to.name}`,
        target: target(to, node.type === 'page' ? 'page' : 'folder', title),
        why: `as "${node.title}" in the source`,
        after: [parent?.index ?? 0],
      });
      walk(below.get(node.id) ?? [], { index, node });
    }
  };
  walk(topOf(nodes, homeId), null);
  return items;
}

function fullItems(o: Input, to: NewSpace, nodes: readonly Node[], homeId: string | null): PlanItem[] {
  const folders = nodes.filter((node) => node.type === 'folder').map((node) => node.id);
  const tops = topOf(nodes, homeId);
  // Copying a tree takes pages along, not folders: pages of folders come right below the homepage.
  const pages = [
    ...tops.filter((node) => node.type === 'page'),
    ...nodes.filter((node) => node.type === 'page' && folders.includes(node.parentId ?? '')),
  ];
  return pages.map((node) => ({
    operation: 'copy_page_tree',
    input: {
      page: node.id,
      destination: to.home,
      copy: ['attachments', 'properties', 'labels'],
      ...(o.replace_in_titles === undefined
        ? {}
        : { title_search: o.replace_in_titles.search, title_replace: o.replace_in_titles.replace }),
    },
    title: `Copy "${node.title}" with the pages below it to ${to.name}`,
    target: target(to, 'page', renamed(node.title, o)),
    why: '',
    after: [0],
  }));
}

async function homeItem(ctx: Context, source: Space, to: NewSpace): Promise<PlanItem[]> {
  const home =
    source.homepageId === null
      ? null
      : await findDocument(ctx, 'page', source.homepageId, { format: 'storage' });
  if (home === null || (home.body ?? '').trim() === '') return [];
  return [
    {
      operation: 'update_page',
      input: { page: to.home, body: home.body, body_format: 'storage' },
      title: `Put the text of "${home.title}" on the new homepage`,
      target: target(to, 'page', home.title),
      why: '',
      after: [0],
    },
  ];
}

const mostTemplates = 100;

/** The steps for templates, or why they cannot be read: the pages can be copied without them. */
async function templates(
  ctx: Context,
  source: Space,
  to: NewSpace,
): Promise<{ items: PlanItem[]; lacking: string[] }> {
  try {
    return { items: await templateItems(ctx, source, to), lacking: [] };
  } catch (error) {
    if (!(error instanceof ConfabError) || (error.code !== 'missing_scope' && error.code !== 'forbidden'))
      throw error;
    return { items: [], lacking: [`Templates could not be read and are not copied: ${error.message}`] };
  }
}

/** The page templates of the source, each made anew in the new space. */
async function templateItems(ctx: Context, source: Space, to: NewSpace): Promise<PlanItem[]> {
  const items: PlanItem[] = [];
  for (let start = 0; start < mostTemplates; start += 25) {
    ctx.signal.throwIfAborted();
    const answer = await getContentTemplates(ctx.confluence, {
      spaceKey: source.key,
      start,
      limit: 25,
      expand: ['body.storage'],
    });
    const rows = answer.results ?? [];
    for (const template of rows.map(templateOf)) {
      if (template.body === null || template.space?.key !== source.key) continue;
      items.push({
        operation: 'create_template',
        input: {
          name: template.name,
          space: to.key,
          body: template.body,
          body_format: 'storage',
          ...(template.description === '' ? {} : { description: template.description }),
        },
        title: `Create the template "${template.name}" in ${to.name}`,
        target: target(to, 'template', template.name),
        why: '',
        after: [0],
      });
    }
    if (rows.length < 25) break;
  }
  return items;
}

export const copySpaceStructure = defineBulk({
  name: 'copy_space_structure',
  input,
  output: planShape,
  async plan(ctx, o) {
    if (ctx.limits.spaces !== null)
      throw new UserError(
        'forbidden',
        'This access is limited to certain spaces, so it cannot make a new one.',
        {
          next: 'Use an access without that limit.',
        },
      );
    const source = await resolveSpace(ctx, o.source);
    const key = await freeKey(ctx, o.name, o.key);
    const to: NewSpace = {
      key,
      name: o.name,
      home: ctx.confluence.webUrl(`/spaces/${encodeURIComponent(key)}/overview`),
    };
    const { nodes, completeness } = await structure(ctx, source);
    const full = (o.content ?? 'full') === 'full';
    const first: PlanItem = {
      operation: 'create_space',
      input: { name: o.name, key },
      title: `Create the space "${o.name}" (${key})`,
      target: { kind: 'space', id: null, title: o.name, space: null, url: to.home },
      why: `a copy of ${source.name} (${source.key})`,
    };
    const made = await templates(ctx, source, to);
    const items = [
      first,
      ...(full
        ? [...(await homeItem(ctx, source, to)), ...fullItems(o, to, nodes, source.homepageId)]
        : outlineItems(ctx, o, to, nodes, source.homepageId, 1)),
      ...made.items,
    ];
    const folders = nodes.filter((node) => node.type === 'folder').length;
    return planList({
      items,
      completeness,
      head: `Copy ${oneLine(source.name)} (${counted(nodes.length - folders, 'page')}${folders > 0 ? `, ${counted(folders, 'folder')}` : ''}) ${full ? 'with its text' : 'without its text'} to a new space`,
      none: `${source.name} has no pages that are visible to you.`,
      remarks: [
        ...made.lacking,
        'Not copied: permissions, blog posts, comments, restrictions, empty folders. Set who may see the new space before the pages are copied.',
        ...(full && folders > 0
          ? [
              'Confluence copies trees of pages, not folders: pages of folders come right below the new homepage.',
            ]
          : []),
      ],
    });
  },
});
