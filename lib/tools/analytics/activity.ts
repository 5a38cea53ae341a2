import { nextCursor, searchByCQL } from '#lib/confluence';
import { buildCql } from '../cql.ts';
import type { Context } from '../operation.ts';
import { iso } from '../render.ts';
import { stoppedBy } from '../scan/index.ts';
import { spaceKeys } from '../search/filters.ts';
import { spaceAllowed } from '../spaces-limit.ts';
import { whenOf } from '../when.ts';

export type ActivityKind = 'created' | 'edited' | 'commented';

/** One thing that happened. Of edits, search knows only the last one of each page. */
export type Activity = {
  kind: ActivityKind;
  at: string;
  by: string | null;
  spaceId: string;
  id: string;
  title: string;
  url: string;
};

export type Activities = {
  rows: Activity[];
  /** Null when everything in the time asked for was seen; else what came before this moment was not. */
  seenFrom: string | null;
  /** How many hits there are in all, by Atlassian's estimate, where not all were read. */
  estimate: number | null;
  stopped: string | null;
};

const perRequest = 200;
const mostRows = 5000;
const dayMs = 86_400_000;

type RawRow = Awaited<ReturnType<typeof searchByCQL>>['results'][number];
type RawContent = NonNullable<RawRow['content']>;
type History = { createdDate?: unknown; createdBy?: { accountId?: string } };

function happened(ctx: Context, row: RawRow, content: RawContent, comments: boolean): Activity[] {
  const space = content.space ?? row.space;
  const spaceId = space?.id === undefined || space.id === null ? null : String(space.id);
  if (!content.id || spaceId === null || !spaceAllowed(ctx, spaceId)) return [];
  const history = content.history as History | undefined;
  const shared = {
    spaceId,
    id: content.id,
    title: content.title ?? '',
    url: ctx.confluence.webUrl(row.url ?? ''),
  };
  const modified = iso(content.version?.when) ?? iso(row.lastModified);
  const created = iso(history?.createdDate) ?? (comments ? modified : null);
  const editor = (content.version?.by as { accountId?: string } | undefined)?.accountId ?? null;
  const author = history?.createdBy?.accountId ?? (comments ? editor : null);
  const first: Activity[] =
    created === null
      ? []
      : [{ ...shared, kind: comments ? 'commented' : 'created', at: created, by: author }];
  if (comments || modified === null || Number(content.version?.number ?? 1) < 2) return first;
  return [...first, { ...shared, kind: 'edited', at: modified, by: editor }];
}

async function read(
  ctx: Context,
  cql: string,
  comments: boolean,
): Promise<Activities & { oldest: string | null }> {
  const rows: Activity[] = [];
  let cursor: string | undefined;
  let seen = 0;
  let oldest: string | null = null;
  let estimate: number | null = null;
  try {
    do {
      ctx.signal.throwIfAborted();
      const found = await searchByCQL(ctx.confluence, {
        cql,
        limit: perRequest,
        cursor,
        excerpt: 'none',
        expand: ['content.space', 'content.version', 'content.history'],
      });
      estimate = typeof found.totalSize === 'number' ? found.totalSize : estimate;
      for (const row of found.results ?? []) {
        seen++;
        oldest = iso(row.lastModified) ?? oldest;
        if (row.content) rows.push(...happened(ctx, row, row.content, comments));
      }
      cursor = nextCursor(found) ?? undefined;
      if (seen > perRequest) ctx.progress(`${seen} of about ${estimate ?? seen} changes read`);
    } while (cursor !== undefined && seen < mostRows);
  } catch (error) {
    return { rows, seenFrom: oldest, estimate, stopped: stoppedBy(error), oldest };
  }
  const whole = cursor === undefined;
  return { rows, seenFrom: whole ? null : oldest, estimate: whole ? null : estimate, stopped: null, oldest };
}

/**
 * What happened in these spaces (undefined: all the caller sees) between two moments: pages and posts created, their last
 * edits, comments. Read row by row, newest first, up to 5,000 of a kind; so counts are exact as far as they reach.
 */
export async function activitiesIn(
  ctx: Context,
  o: { spaces: readonly string[] | undefined; from: Date; to: Date },
): Promise<Activities> {
  const keys = o.spaces ?? (await spaceKeys(ctx, undefined));
  // CQL reads days in the person's own time zone, which is not known here: ask from a day earlier and compare after.
  const since = whenOf(new Date(o.from.getTime() - dayMs)).cql;
  const shared = {
    ...(keys === undefined ? {} : { spaceKeys: keys }),
    updatedAfter: since,
    sort: 'updated' as const,
  };
  const pages = await read(ctx, buildCql({ ...shared, types: ['page', 'blogpost'] }), false);
  const comments = await read(ctx, buildCql({ ...shared, types: ['comment'] }), true);
  const from = o.from.toISOString();
  const to = o.to.toISOString();
  const limits = [pages.seenFrom, comments.seenFrom].filter((at) => at !== null && at > from).toSorted();
  const estimates = [pages.estimate, comments.estimate].filter((one) => one !== null);
  return {
    rows: [...pages.rows, ...comments.rows].filter(({ at }) => at >= from && at < to),
    seenFrom: limits.at(-1) ?? null,
    estimate: estimates.length === 0 ? null : estimates.reduce((sum, one) => sum + one, 0),
    stopped: pages.stopped ?? comments.stopped,
  };
}

export type Counts = Record<ActivityKind, number>;

/** How many of each kind. */
export function countsOf(rows: readonly Activity[]): Counts {
  const counts: Counts = { created: 0, edited: 0, commented: 0 };
  for (const { kind } of rows) counts[kind]++;
  return counts;
}

/** `12 created, 40 edited, 3 comments`. */
export const countsText = ({ created, edited, commented }: Counts): string =>
  `${created} created, ${edited} edited, ${commented} ${commented === 1 ? 'comment' : 'comments'}`;

/** How far the counts reach, for the end of an answer. */
export function reachText(found: Activities): string {
  const edits = 'Search knows only the last edit of a page: get_contributor_stats counts every version.';
  if (found.seenFrom === null) return `These counts are exact for what you can see. ${edits}`;
  const why =
    found.stopped ?? `there are about ${found.estimate ?? 'more'} changes, an estimate of Atlassian's`;
  return `Counted back to ${found.seenFrom.slice(0, 10)} only: ${why}. ${edits}`;
}
