import { z } from 'zod';
import { AtlassianError, UserError } from '#errors';
import { defineBulk } from '../define.ts';
import { text } from '../inputs.ts';
import type { Context, PlanItem } from '../operation.ts';
import { checkTitle } from '../page-write/index.ts';
import { clashes, parentOf } from '../pages/new-place.ts';
import { counted, oneLine } from '../render.ts';
import { resolveSpace, type Space } from '../resolve/space.ts';
import { resultsOfEach } from '../scan/index.ts';
import { madeFolder, planList, planShape } from './plan-list.ts';

const node = z.strictObject({
  title: text,
  body: z.string().optional(),
  template_id: text.optional(),
  folder: z.boolean().optional(),
  labels: z.array(text).optional(),
  children: z.array(z.unknown()).optional(),
});
const given = node.extend({
  children: z.array(z.record(z.string(), z.unknown())).optional().describe('the same again, below this one'),
});

const input = z.object({
  space: text,
  parent: text.optional(),
  tree: z.array(given).min(1),
  body_format: z.enum(['markdown', 'storage']).optional(),
});
type Input = z.output<typeof input>;

/** One page or folder to make. `parent` is its place among the others; null: right below the place asked for. */
type Planned = z.output<typeof node> & { parent: number | null; path: string };

const mostNodes = 200;
const deepest = 10;

/** The tree as a list, parents before their children. @throws UserError invalid_input naming the place in the tree. */
function flat(
  nodes: readonly unknown[],
  parent: number | null,
  path: string,
  depth: number,
  list: Planned[],
): Planned[] {
  if (depth > deepest)
    throw new UserError('invalid_input', `tree: Deeper than ${deepest} levels at "${path}".`, {
      next: 'Make it flatter.',
    });
  for (const raw of nodes) {
    const parsed = node.safeParse(raw);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      throw new UserError(
        'invalid_input',
        `tree: Below "${path || 'the top'}": ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim(),
        {
          next: 'Each entry is {title, body, template_id, folder, labels, children}.',
        },
      );
    }
    const one = parsed.data;
    const here = path === '' ? one.title : `${path} > ${one.title}`;
    if (
      one.folder === true &&
      (one.body !== undefined || one.template_id !== undefined || one.labels !== undefined)
    )
      throw new UserError('invalid_input', `tree: The folder "${here}" cannot have a text or labels.`, {
        next: 'Leave them out, or make it a page.',
      });
    list.push({ ...one, title: checkTitle(one.title), parent, path: here });
    if (list.length > mostNodes)
      throw new UserError('too_large', `tree: More than ${mostNodes} pages and folders.`, {
        next: 'Make it in parts.',
      });
    flat(one.children ?? [], list.length - 1, here, depth + 1, list);
  }
  return list;
}

/** Titles are unique in a space, upper and lower case alike; folders do not count. @throws UserError title_taken. */
async function checkTitles(ctx: Context, space: Space, planned: readonly Planned[]): Promise<void> {
  const pages = planned.filter((one) => one.folder !== true);
  const twice = [...Map.groupBy(pages, (one) => one.title.toLowerCase()).values()].filter(
    (same) => same.length > 1,
  );
  if (twice[0] !== undefined)
    throw new UserError(
      'title_taken',
      `Titles are unique in a space, and the tree has "${twice.map((same) => same[0]?.title).join('", "')}" more than once.`,
      { next: 'Give each page a title of its own.' },
    );
  const { results, stopped } = await resultsOfEach(ctx, pages, 'titles checked', (one) =>
    clashes(ctx, space.id, one.title),
  );
  if (stopped !== null)
    throw new AtlassianError('rate_limited', `The titles could not all be checked: ${stopped}`, {
      next: 'Ask again later, or for fewer pages.',
    });
  const taken = results.flatMap((found) => found?.slice(0, 1) ?? []);
  if (taken.length === 0) return;
  throw new UserError(
    'title_taken',
    `${space.name} already has ${counted(taken.length, 'page')} with titles of the tree: ${taken.map((page) => `"${oneLine(page.title)}"${page.status === 'archived' ? ' (archived)' : ''} ${page.url}`).join('; ')}`,
    {
      next: 'Take these out of the tree, or give them other titles.',
      data: { taken: taken.map(({ id, title, url }) => ({ id, title, url })) },
    },
  );
}

function itemOf(
  ctx: Context,
  o: Input,
  space: Space,
  place: { id: string; title: string } | null,
  planned: readonly Planned[],
  index: number,
): PlanItem {
  const one = planned[index] as Planned;
  const above = one.parent === null ? null : (planned[one.parent] as Planned);
  // A page yet to be made is named by its title, which is unique; a folder only by its id.
  const parent =
    above === null
      ? place?.id
      : above.folder === true
        ? madeFolder(ctx, space.key, one.parent as number)
        : `${space.key}:${above.title}`;
  const under = above?.title ?? place?.title ?? 'the homepage';
  const folder = one.folder === true;
  return {
    operation: folder ? 'create_folder' : 'create_page',
    input: {
      space: space.id,
      title: one.title,
      ...(parent === undefined ? {} : { parent }),
      ...(folder
        ? {}
        : one.template_id === undefined
          ? { body: one.body ?? '', body_format: o.body_format ?? 'markdown' }
          : { template_id: one.template_id }),
      ...(one.labels === undefined ? {} : { labels: one.labels }),
    },
    title: `Create ${folder ? 'folder' : 'page'} "${one.title}" under "${under}"`,
    target: {
      kind: folder ? 'folder' : 'page',
      id: null,
      title: one.title,
      space: { id: space.id, key: space.key, name: space.name },
      url: null,
    },
    why: folder
      ? ''
      : one.template_id !== undefined
        ? `from template ${one.template_id}`
        : oneLine(one.body ?? '').slice(0, 120),
    ...(one.parent === null ? {} : { after: [one.parent] }),
  };
}

export const createPageTree = defineBulk({
  name: 'create_page_tree',
  input,
  output: planShape,
  async plan(ctx, o) {
    const space = await resolveSpace(ctx, o.space);
    const place = await parentOf(ctx, space, o.parent);
    const planned = flat(o.tree, null, '', 1, []);
    await checkTitles(ctx, space, planned);
    const items = planned.map((_one, index) => itemOf(ctx, o, space, place, planned, index));
    const folders = planned.filter((one) => one.folder === true).length;
    return planList({
      items,
      completeness: null,
      head: `Create ${counted(planned.length - folders, 'page')}${folders > 0 ? ` and ${counted(folders, 'folder')}` : ''} in ${space.name} (${space.key})`,
      none: 'The tree is empty.',
    });
  },
});
