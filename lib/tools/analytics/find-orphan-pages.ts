import { z } from 'zod';
import { getPageDirectChildren, getPageLabels } from '#lib/confluence';
import { ContentError, parseStorage, textOf } from '#lib/content';
import { defineRead } from '../define.ts';
import { type Document, itemWith } from '../documents.ts';
import { contentNumber } from '../ids.ts';
import { itemShape } from '../inputs.ts';
import type { Context } from '../operation.ts';
import { namesOf } from '../people.ts';
import { counted, day, link, oneLine, sourceOf } from '../render.ts';
import { spaceById, spacesById } from '../resolve/space.ts';
import {
  type Completeness,
  completenessShape,
  completenessText,
  eachOf,
  type Scope,
  scanPages,
  scopeInputs,
  scopeOf,
} from '../scan/index.ts';
import { incomingOf } from './links/incoming.ts';
import { type ScannedPage, scannedOf, scanReferences } from './links/scanned.ts';

const criteria = ['no_incoming_links', 'no_parent', 'no_label', 'empty'] as const;
type Criterion = (typeof criteria)[number];
const byDefault: readonly Criterion[] = ['no_incoming_links', 'no_parent'];

const words: Record<Criterion, string> = {
  no_incoming_links: 'no page that was read links to it',
  no_parent: 'no parent',
  no_label: 'no label',
  empty: 'empty, and no page below it',
};
const most = { kept: 500, shown: 40 };

const drawn = /^(ac:structured-macro|ac:macro|ac:image|img|ac:adf-extension|ac:task|ri:.*|ac:emoticon|time)$/;

/** Nothing a reader would see: no text, macro, image, task or link. */
function isEmpty(body: string): boolean {
  try {
    const { nodes } = parseStorage(body);
    return textOf(body) === '' && !nodes.some((node) => node.type === 'element' && drawn.test(node.name));
  } catch (error) {
    if (error instanceof ContentError) return false;
    throw error;
  }
}

type Gathered = {
  pages: Map<string, { page: Document; empty: boolean }>;
  sources: Map<string, ScannedPage>;
  completeness: Completeness;
  /** How far the search for links went, where it went beyond the pages themselves. */
  linked: Completeness | null;
};

/** Reads the pages meant; where they are only some of a space, the rest of it too, for links may come from there. */
async function gather(ctx: Context, scope: Scope, maxPages: number, links: boolean): Promise<Gathered> {
  const pages: Gathered['pages'] = new Map();
  const sources = new Map<string, ScannedPage>();
  const completeness = await scanPages(ctx, { scope, maxPages, bodies: true }, (page) => {
    pages.set(page.id, { page: { ...page, body: null, raw: {} }, empty: isEmpty(page.body ?? '') });
    const scanned = links ? scannedOf(page) : null;
    if (scanned !== null) sources.set(page.id, scanned);
  });
  if (!links || scope.cql === null) return { pages, sources, completeness, linked: null };
  ctx.progress('reading the other pages for links to these');
  const spaceIds = new Set([...pages.values()].map(({ page }) => page.spaceId));
  const [only] = spaceIds.size === 1 ? spaceIds : [];
  const space = scope.space ?? (only === undefined ? null : await spaceById(ctx, only));
  const others = await scanReferences(ctx, { ...scope, space, cql: null }, maxPages);
  for (const [id, page] of others.pages) sources.set(id, page);
  return { pages, sources, completeness, linked: others.completeness };
}

type Met = { met: Map<string, Criterion[]>; stopped: string | null };

async function judge(ctx: Context, all: Gathered, wanted: readonly Criterion[]): Promise<Met> {
  const met = new Map<string, Criterion[]>();
  const add = (id: string, one: Criterion) => met.set(id, [...(met.get(id) ?? []), one]);
  const documents = [...all.pages.values()];
  const spaces = await spacesById(ctx, [
    ...documents.map(({ page }) => page.spaceId),
    ...[...all.sources.values()].map((page) => page.spaceId),
  ]);
  const homes = new Set([...spaces.values()].map((space) => space.homepageId));
  const incoming = incomingOf(all.sources.values(), spaces, ctx.confluence.site.url);
  for (const { page } of documents) {
    if (homes.has(page.id)) continue;
    if (wanted.includes('no_incoming_links') && !incoming.has(page)) add(page.id, 'no_incoming_links');
    if (wanted.includes('no_parent') && page.parentId === null) add(page.id, 'no_parent');
  }
  let stopped: string | null = null;
  if (wanted.includes('no_label')) {
    const asked = await eachOf(ctx, documents, 'pages asked for their labels', async ({ page }) => {
      const labels = await getPageLabels(ctx.confluence, { id: contentNumber(page.id), limit: 1 });
      if ((labels.results ?? []).length === 0) add(page.id, 'no_label');
    });
    stopped = asked.stopped;
  }
  if (wanted.includes('empty') && stopped === null) {
    const empty = documents.filter((one) => one.empty);
    const asked = await eachOf(ctx, empty, 'empty pages asked for pages below them', async ({ page }) => {
      const children = await getPageDirectChildren(ctx.confluence, { id: contentNumber(page.id), limit: 1 });
      if ((children.results ?? []).length === 0) add(page.id, 'empty');
    });
    stopped = asked.stopped;
  }
  return { met, stopped };
}

export const findOrphanPages = defineRead({
  name: 'find_orphan_pages',
  input: z.object({ criteria: z.array(z.enum(criteria)).optional(), ...scopeInputs }),
  output: z.object({
    pages: z.array(itemShape.extend({ criteria: z.array(z.enum(criteria)) })),
    total: z.number(),
    criteria: z.array(z.enum(criteria)),
    /** Pages in which links were looked for. */
    link_sources: z.number(),
    completeness: completenessShape,
  }),
  async run(ctx, o) {
    const wanted = o.criteria === undefined || o.criteria.length === 0 ? byDefault : [...new Set(o.criteria)];
    const links = wanted.includes('no_incoming_links');
    const scope = await scopeOf(ctx, o);
    const all = await gather(ctx, scope, o.max_pages, links);
    const { met, stopped } = await judge(ctx, all, wanted);
    const found = [...met].map(([id, reasons]) => ({
      page: (all.pages.get(id) as { page: Document }).page,
      reasons,
    }));
    found.sort(
      (a, b) =>
        b.reasons.length - a.reasons.length || (a.page.versionAt ?? '').localeCompare(b.page.versionAt ?? ''),
    );
    const kept = found.slice(0, most.kept);
    const spaces = await spacesById(
      ctx,
      kept.map(({ page }) => page.spaceId),
    );
    const names = await namesOf(
      ctx,
      kept.slice(0, most.shown).map(({ page }) => page.versionBy),
    );
    const items = kept.map(({ page, reasons }) => ({
      ...itemWith(page, spaces.get(page.spaceId) ?? null, names),
      criteria: reasons,
    }));
    const byReasons = Map.groupBy(items.slice(0, most.shown), (item) =>
      item.criteria.map((one) => words[one]).join('; '),
    );
    const lines = [...byReasons].flatMap(([reasons, of]) => [
      `${reasons}:`,
      ...of.map(
        (item) =>
          `- ${link(item.title, item.url)} (${item.space?.key ?? 'space unknown'}, edited ${day(item.updated_at)}${item.updated_by ? ` by ${oneLine(item.updated_by)}` : ''})`,
      ),
    ]);
    const meant = wanted.map((one) => words[one]).join(', or ');
    return {
      text: [
        found.length === 0
          ? `No page ${scope.words} has: ${meant}.`
          : `${counted(found.length, 'page')} ${scope.words} with: ${meant}.`,
        completenessText(all.completeness),
        ...lines,
        ...(found.length > most.shown ? [`… and ${found.length - most.shown} more.`] : []),
        ...(stopped === null ? [] : [`Labels and pages below were not asked for all of them: ${stopped}`]),
        ...(links
          ? [
              `Links were looked for in the ${counted(all.sources.size, 'page')} that were read; links from other pages, blog posts, comments and the page tree are not known.${all.linked === null || all.linked.complete ? '' : ` ${completenessText(all.linked)}`}`,
            ]
          : []),
        ...(wanted.includes('no_incoming_links') || wanted.includes('no_parent')
          ? ['Home pages of spaces are left out.']
          : []),
      ].join('\n'),
      data: {
        pages: items,
        total: found.length,
        criteria: wanted,
        link_sources: all.sources.size,
        completeness: all.completeness,
      },
      sources: items.slice(0, 30).map(sourceOf),
      label: `${counted(found.length, 'orphan page')} ${scope.words}`,
      untrusted: true,
    };
  },
});
