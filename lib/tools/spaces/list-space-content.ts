import { z } from 'zod';
import { defineRead } from '../define.ts';
import { nested, type TreeItem, treeLines, treeList, treeSources } from '../hierarchy/tree-rows.ts';
import { cursor, limit, text } from '../inputs.ts';
import type { Context } from '../operation.ts';
import { counted, wayOn } from '../render.ts';
import { resolveSpace, type Space } from '../resolve/space.ts';
import {
  belowSection,
  givenSection,
  pagesSection,
  postsSection,
  readSections,
  type Section,
} from './space-sections.ts';

const kinds = [
  'page',
  'blog_post',
  'folder',
  'whiteboard',
  'database',
  'smart_link',
  'custom_content',
] as const;
type Kind = (typeof kinds)[number];

const input = z.object({
  space: text,
  view: z.enum(['tree', 'flat', 'roots']).optional(),
  types: z.array(z.enum(kinds)).min(1).optional(),
  depth: z.int().min(1).max(10).optional(),
  limit: limit(250),
  cursor,
});
type Input = z.output<typeof input>;

const deepest = 10;
const usualDepth = 3;

/** Every page at the top of the space: the homepage, and pages that stand beside it. */
async function topOf(ctx: Context, space: Space): Promise<TreeItem[]> {
  const read = pagesSection(ctx, space, 'root');
  const found: TreeItem[] = [];
  let at: string | undefined;
  do {
    const page = await read(250, at);
    found.push(...page.items);
    at = page.cursor ?? undefined;
  } while (at !== undefined);
  return found.sort((a, b) => Number(b.id === space.homepageId) - Number(a.id === space.homepageId));
}

async function sectionsOf(ctx: Context, space: Space, o: Input): Promise<Section[]> {
  const wanted = (kind: Kind): boolean => o.types === undefined || o.types.includes(kind);
  const isWanted = (type: string): boolean => wanted(type as Kind);
  const posts = wanted('blog_post') ? [postsSection(ctx, space)] : [];
  if (o.view === 'roots') return [...(wanted('page') ? [pagesSection(ctx, space, 'root')] : []), ...posts];
  const others = (['folder', 'whiteboard', 'database', 'smart_link'] as const).some(wanted);
  if (o.view === 'flat') {
    const tops = others ? await topOf(ctx, space) : [];
    return [
      ...(wanted('page') ? [pagesSection(ctx, space, 'all')] : []),
      ...posts,
      ...tops.map((top) =>
        belowSection(ctx, space, top.id, {
          depth: deepest,
          wanted: (type) => type !== 'page' && isWanted(type),
          indent: 0,
        }),
      ),
    ];
  }
  const tops = wanted('page') || others ? await topOf(ctx, space) : [];
  return [
    ...tops.flatMap((top) => [
      ...(wanted('page') ? [givenSection([top])] : []),
      belowSection(ctx, space, top.id, {
        depth: o.depth ?? usualDepth,
        wanted: isWanted,
        indent: wanted('page') ? 1 : 0,
      }),
    ]),
    // Blog posts stand in no tree: they come after it when they are asked for.
    ...(o.types?.includes('blog_post') ? posts : []),
  ];
}

/** Depth-first where a whole branch came at once; what continues a branch keeps its order. */
function ordered(items: readonly TreeItem[], view: Input['view']): TreeItem[] {
  if (view !== undefined && view !== 'tree') return [...items];
  const rooted = items.map((item) => ({ ...item, parent_id: item.parent_id ?? '' }));
  return nested(rooted, '').map((item) => ({ ...item, parent_id: item.parent_id || null }));
}

const customNote =
  "\n\nApps' own content is not in this list: Atlassian lists it by its type only (list_custom_content).";

export const listSpaceContent = defineRead({
  name: 'list_space_content',
  input,
  output: treeList,
  async run(ctx, o) {
    const space = await resolveSpace(ctx, o.space);
    const sections = await sectionsOf(ctx, space, o);
    const found = await readSections(ctx, sections, o.limit, o.cursor);
    const items = ordered(found.items, o.view);
    const shown =
      o.view === 'flat' || o.view === 'roots' ? items.map((item) => ({ ...item, depth: 1 })) : items;
    const depth = o.view === undefined || o.view === 'tree' ? ` (to depth ${o.depth ?? usualDepth})` : '';
    const top = o.view === 'roots' ? ' at the top' : '';
    const note = o.types?.includes('custom_content') ? customNote : '';
    return {
      text: `${counted(items.length, 'item')}${top} of ${space.name} (${space.key}) visible to you${depth}.\n${treeLines(shown)}${note}${wayOn(found.cursor)}`.trim(),
      data: { items: shown, has_more: found.cursor !== null, cursor: found.cursor },
      sources: treeSources(items),
      label: `${counted(items.length, 'item')} of ${space.name}`,
      untrusted: true,
    };
  },
});
