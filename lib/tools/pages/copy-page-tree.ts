import { z } from 'zod';
import { UserError } from '#errors';
import { copyPageHierarchy } from '#lib/confluence';
import { defineWrite } from '../define.ts';
import { type Document, findDocument } from '../documents.ts';
import { text } from '../inputs.ts';
import { followTask, receiptOf, taskNotes, taskStillOpen } from '../long-task/index.ts';
import type { Context, Outcome, Proposal } from '../operation.ts';
import { counted } from '../render.ts';
import { resolvePage } from '../resolve/page.ts';
import { type Space, spaceById } from '../resolve/space.ts';
import { proposalShape } from '../written.ts';
import {
  type CopyPart,
  copyParts,
  copyWarnings,
  type Destination,
  destinationMoved,
  destinationOf,
  flagsOf,
  partsText,
  usualParts,
} from './copy-parts.ts';
import { checkTitles, retitled, type TitleRule } from './copy-titles.ts';
import { treeDeletionOf } from './delete-page-tree.ts';
import { clashes } from './new-place.ts';
import { treeBelow } from './tree.ts';

const input = z.object({
  page: text,
  destination: text,
  title_prefix: z.string().optional(),
  title_search: z.string().optional(),
  title_replace: z.string().optional(),
  copy: z.array(copyParts).optional(),
});
type Input = z.output<typeof input>;

type Planned = { from: string; title: string; parentTitle: string | null };
/** `pages`: parents first; the first is the root, whose parent is the destination. */
type TreeCopyRequest = {
  source: { id: string; title: string; version: number };
  destination: Destination;
  rule: TitleRule;
  parts: CopyPart[];
  pages: Planned[];
};

const requestOf = (proposal: Proposal): TreeCopyRequest => proposal.request as TreeCopyRequest;
const shownPages = 200;

async function plannedOf(ctx: Context, source: Document, rule: TitleRule, toId: string): Promise<Planned[]> {
  const below = (await treeBelow(ctx, source.id)).filter(
    (row) => row.type === 'page' && row.status === 'current',
  );
  if (toId === source.id || below.some((row) => row.id === toId))
    throw new UserError('invalid_input', 'A tree cannot be copied into itself.', {
      next: 'Name a destination outside the tree.',
    });
  const titles = new Map([[source.id, retitled(source.title, rule)]]);
  for (const row of below) titles.set(row.id, retitled(row.title, rule));
  return [
    { from: source.id, title: titles.get(source.id) ?? '', parentTitle: null },
    ...below.map((row) => ({
      from: row.id,
      title: titles.get(row.id) ?? '',
      parentTitle: titles.get(row.parentId) ?? null,
    })),
  ];
}

async function spaceOf(ctx: Context, destination: Destination): Promise<Space> {
  const space = await spaceById(ctx, destination.spaceId);
  if (space !== null) return space;
  throw new UserError('not_found', 'The space of the destination is not visible to you.', {
    next: 'Name another destination.',
  });
}

async function preview(ctx: Context, o: Input): Promise<Proposal> {
  const source = await resolvePage(ctx, o.page, { format: 'storage' });
  const destination = await destinationOf(ctx, o.destination);
  if (destination.type !== 'parent_page')
    throw new UserError('not_possible', 'Atlassian copies trees under pages only, not into folders.', {
      next: 'Name a page as destination.',
    });
  const rule: TitleRule = {
    prefix: o.title_prefix ?? '',
    search: o.title_search ?? '',
    replace: o.title_replace ?? '',
  };
  const space = await spaceOf(ctx, destination);
  const pages = await plannedOf(ctx, source, rule, destination.id);
  await checkTitles(
    ctx,
    space,
    pages.map((page) => page.title),
  );
  const parts = [...new Set(o.copy ?? usualParts)];
  const request: TreeCopyRequest = {
    source: { id: source.id, title: source.title, version: source.version },
    destination,
    rule,
    parts,
    pages,
  };
  const below = pages.length - 1;
  const rest = pages.length - shownPages;
  return {
    operation: 'copy_page_tree',
    input: { ...o, page: source.id, destination: destination.id, copy: parts },
    title: `Copy "${source.title}"${below === 0 ? '' : ` and the ${counted(below, 'page')} below it`} to ${destination.title}`,
    target: {
      kind: 'page',
      id: null,
      title: pages[0]?.title ?? source.title,
      space: { id: space.id, key: space.key, name: space.name },
      ...(source.spaceId === destination.spaceId ? {} : { otherSpaces: [source.spaceId] }),
      url: null,
    },
    baseVersion: source.version,
    request,
    diff: {
      fields: [
        { label: 'Under', before: null, after: `${destination.title} in ${space.name}` },
        { label: 'Goes along', before: null, after: partsText(parts) },
        ...pages.slice(0, shownPages).map((page) => ({
          label: 'New page',
          before: null,
          after: page.parentTitle === null ? page.title : `${page.parentTitle} › ${page.title}`,
        })),
        ...(rest > 0 ? [{ label: 'New pages', before: null, after: `${rest} more` }] : []),
      ],
      body: null,
    },
    warnings: await copyWarnings(
      ctx,
      source,
      destination,
      parts,
      pages.slice(1).map(({ from, title }) => ({ id: from, title })),
    ),
    editable: null,
    undo: { possible: true },
  };
}

/** The root of the copy: as Atlassian named it, else the page of the planned title that this person made there. */
async function rootOf(ctx: Context, proposal: Proposal, known: string | null): Promise<Document | null> {
  const { destination, pages } = requestOf(proposal);
  if (known !== null) {
    const found = await findDocument(ctx, 'page', known);
    if (found?.status === 'current') return found;
  }
  const same = await clashes(ctx, destination.spaceId, pages[0]?.title ?? '');
  return (
    same.find((page) => page.parentId === destination.id && page.authorId === ctx.connection.account.id) ??
    null
  );
}

type Comparison = { ids: string[]; missing: string[]; misplaced: string[] };

/** The copy beside its plan: by title and by the title of the parent. */
async function compare(ctx: Context, proposal: Proposal, root: Document): Promise<Comparison> {
  const { pages } = requestOf(proposal);
  const rows = await treeBelow(ctx, root.id);
  const titles = new Map([[root.id, root.title], ...rows.map((row) => [row.id, row.title] as const)]);
  const byTitle = new Map(rows.map((row) => [row.title, row]));
  const missing: string[] = [];
  const misplaced: string[] = [];
  for (const page of pages.slice(1)) {
    const row = byTitle.get(page.title);
    if (row === undefined) missing.push(page.title);
    else if (titles.get(row.parentId) !== page.parentTitle) misplaced.push(page.title);
  }
  const wanted = new Set(pages.map((page) => page.title));
  return {
    ids: [root.id, ...rows.filter((row) => wanted.has(row.title)).map((row) => row.id)],
    missing,
    misplaced,
  };
}

function outcomeOf(root: Document | null, more: Record<string, unknown>): Outcome {
  return {
    targetId: root?.id ?? null,
    title: root?.title ?? null,
    url: root?.url ?? null,
    version: root?.version ?? null,
    receipt: more,
  };
}

export const copyPageTree = defineWrite({
  name: 'copy_page_tree',
  input,
  output: proposalShape,
  preview,
  async rebase(ctx, proposal) {
    const { source, destination, rule, pages } = requestOf(proposal);
    const conflict = (message: string) => ({ kind: 'conflict' as const, message, yours: null, theirs: null });
    const now = await findDocument(ctx, 'page', source.id);
    if (now === null || now.status !== 'current') return conflict(`"${source.title}" is gone.`);
    const moved = await destinationMoved(ctx, destination);
    if (moved !== null) return conflict(moved);
    const fresh = await plannedOf(ctx, now, rule, destination.id);
    if (JSON.stringify(fresh) !== JSON.stringify(pages))
      return { kind: 'rebased', proposal: await preview(ctx, input.parse(proposal.input)) };
    await checkTitles(
      ctx,
      await spaceOf(ctx, destination),
      pages.map((page) => page.title),
    );
    return { kind: 'current' };
  },
  async apply(ctx, proposal) {
    const { source, destination, rule, parts, pages } = requestOf(proposal);
    const named = Object.fromEntries(Object.entries(rule).filter(([, value]) => value !== ''));
    const task = await copyPageHierarchy(ctx.confluence, {
      id: source.id,
      ...flagsOf(parts),
      copyDescendants: true,
      destinationPageId: destination.id,
      ...(Object.keys(named).length === 0 ? {} : { titleOptions: named }),
    });
    const followed = await followTask(ctx, String(task.id), `Copying ${counted(pages.length, 'page')}`);
    const destinationId = followed.state?.destinationId ?? null;
    return {
      ...outcomeOf(null, { ...receiptOf(followed), destinationId }),
      targetId: destinationId,
      title: pages[0]?.title ?? null,
      url:
        destinationId === null
          ? null
          : ctx.confluence.webUrl(`/pages/viewpage.action?pageId=${destinationId}`),
    };
  },
  async verify(ctx, proposal, outcome) {
    const { pages } = requestOf(proposal);
    const root = await rootOf(ctx, proposal, outcome.targetId);
    if (root === null)
      return {
        ok: false,
        summary: 'The copy is not there.',
        version: null,
        details: taskNotes(outcome),
      };
    const { missing, misplaced } = await compare(ctx, proposal, root);
    const ok = missing.length === 0 && misplaced.length === 0 && root.title === pages[0]?.title;
    return {
      ok,
      summary: ok
        ? `${counted(pages.length, 'page was', 'pages were')} copied; titles and places are as approved (the texts were not compared).`
        : `${missing.length + misplaced.length} of ${counted(pages.length, 'page')} are not as approved.`,
      version: root.version,
      details: [
        ...missing.slice(0, 20).map((title) => `"${title}" is not there.`),
        ...misplaced.slice(0, 20).map((title) => `"${title}" has another parent.`),
        ...(ok ? [] : taskNotes(outcome)),
      ],
    };
  },
  async settle(ctx, proposal) {
    const { pages } = requestOf(proposal);
    const root = await rootOf(ctx, proposal, null);
    if (root === null) {
      const open = await taskStillOpen(ctx);
      return open === null ? { kind: 'not_applied' } : { kind: 'unknown', found: open };
    }
    const { missing } = await compare(ctx, proposal, root);
    if (missing.length === 0)
      return { kind: 'applied', outcome: outcomeOf(root, { destinationId: root.id }) };
    return {
      kind: 'unknown',
      found: `${pages.length - missing.length} of ${pages.length} pages have been copied so far: ${root.url}`,
    };
  },
  async inverse(ctx, proposal, outcome) {
    const root = await rootOf(ctx, proposal, outcome.targetId);
    if (root === null) return { impossible: 'The copy is gone already.' };
    const { ids } = await compare(ctx, proposal, root);
    return treeDeletionOf(ctx, root.id, ids, `Undo: ${proposal.title}`);
  },
});
