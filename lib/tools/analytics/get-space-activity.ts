import { z } from 'zod';
import { UserError } from '#errors';
import { searchByCQL } from '#lib/confluence';
import { quote } from '../cql.ts';
import { defineRead } from '../define.ts';
import { spaceShape, text } from '../inputs.ts';
import type { Context } from '../operation.ts';
import { counted, day, iso, link, oneLine } from '../render.ts';
import { allSpaces, resolveSpace, type Space } from '../resolve/space.ts';
import { resultsOfEach } from '../scan/index.ts';
import { spaceSource } from '../spaces/list-spaces.ts';
import { parseWhen } from '../when.ts';
import { parseAge, parsePeriod } from '../when-span.ts';
import { type Activity, activitiesIn, countsOf, countsText, reachText } from './activity.ts';
import { type Bucket, bucketNames, bucketsOf } from './buckets.ts';

const mostSpaces = 300;
const mostBuckets = 120;
const weekMs = 7 * 86_400_000;

const bucketShape = z.object({
  from: z.string(),
  created: z.number(),
  edited: z.number(),
  commented: z.number(),
});
const output = z.object({
  items: z.array(
    spaceShape.extend({
      url: z.string().nullable(),
      created: z.number(),
      edited: z.number(),
      commented: z.number(),
      last_activity: z.string().nullable(),
      buckets: z.array(bucketShape),
    }),
  ),
  from: z.string(),
  to: z.string(),
  bucket: z.enum(bucketNames),
  buckets: z.array(bucketShape),
  exact: z.boolean(),
  seen_from: z.string().nullable(),
});

const input = z.object({
  spaces: z.array(text).min(1).max(50).optional(),
  from: text.optional(),
  to: text.optional(),
  bucket: z.enum(bucketNames).default('week'),
  inactive_for: text.optional(),
});
type Input = z.output<typeof input>;

function timeOf(o: Input, now: Date): { from: Date; to: Date } {
  const period = o.from === undefined ? null : parsePeriod(o.from, now);
  const from = period?.from.at ?? new Date(now.getTime() - 12 * weekMs);
  const to = o.to === undefined ? (period?.to.at ?? now) : parseWhen(o.to, now).at;
  const length: Record<Input['bucket'], number> = { day: 86_400_000, week: weekMs, month: 28 * 86_400_000 };
  if (from >= to || (to.getTime() - from.getTime()) / length[o.bucket] > mostBuckets) {
    throw new UserError('invalid_input', 'The time asked for is empty, or too long for that bucket.', {
      next: `Give from before to, with at most ${mostBuckets} buckets: month instead of day, for example.`,
    });
  }
  return { from, to };
}

/** When anything in a space was last changed or commented, by the search index; null when nothing is there. */
async function lastActivity(ctx: Context, space: Space): Promise<string | null> {
  const cql = `type in (page, blogpost, comment) AND space = ${quote(space.key)} ORDER BY lastmodified desc`;
  const found = await searchByCQL(ctx.confluence, { cql, limit: 5, excerpt: 'none' });
  return iso(found.results?.[0]?.lastModified);
}

function newest(rows: readonly Activity[]): string | null {
  return rows.reduce<string | null>((last, { at }) => (last === null || at > last ? at : last), null);
}

function bucketTable(buckets: readonly Bucket[], name: string): string {
  const lines = buckets.map((one) => `- ${name} of ${one.from.slice(0, 10)}: ${countsText(one)}`);
  return lines.join('\n');
}

export const getSpaceActivity = defineRead({
  name: 'get_space_activity',
  input,
  output,
  async run(ctx, o) {
    const now = new Date();
    const { from, to } = timeOf(o, now);
    const idle = o.inactive_for === undefined ? null : parseAge(o.inactive_for, now);
    const named =
      o.spaces === undefined ? null : await Promise.all(o.spaces.map((space) => resolveSpace(ctx, space)));
    const every = named ?? (await allSpaces(ctx)).filter((space) => space.status === 'current');
    const spaces = every.slice(0, mostSpaces);
    const found = await activitiesIn(ctx, { spaces: named?.map((space) => space.key), from, to });
    const bySpace = Map.groupBy(found.rows, (row) => row.spaceId);
    const quiet = await resultsOfEach(ctx, spaces, 'spaces looked at', async (space) => {
      const seen = to >= now ? newest(bySpace.get(space.id) ?? []) : null;
      return { last: seen ?? (await lastActivity(ctx, space)) };
    });
    const items = spaces
      .map((space, at) => {
        const rows = bySpace.get(space.id) ?? [];
        return {
          id: space.id,
          key: space.key,
          name: space.name,
          url: space.url,
          ...countsOf(rows),
          last_activity: quiet.results[at]?.last ?? null,
          buckets: bucketsOf(rows, { from, to, bucket: o.bucket }),
        };
      })
      .filter((one) => idle === null || (one.last_activity ?? '') < idle.before.at.toISOString())
      .toSorted((a, b) =>
        idle === null
          ? b.created + b.edited + b.commented - (a.created + a.edited + a.commented)
          : (a.last_activity ?? '').localeCompare(b.last_activity ?? ''),
      );
    const lines = items.map(
      (one) =>
        `- ${link(one.name, one.url)} · key ${oneLine(one.key)} · ${countsText(one)} · last activity ${one.last_activity === null ? 'none that you can see' : day(one.last_activity)}`,
    );
    const shownRows = found.rows.filter((row) => items.some((one) => one.id === row.spaceId));
    const buckets = bucketsOf(shownRows, { from, to, bucket: o.bucket });
    const head =
      idle === null
        ? `${counted(items.length, 'space')} visible to you, ${from.toISOString().slice(0, 10)} to ${to.toISOString().slice(0, 10)}: ${countsText(countsOf(shownRows))}.`
        : `${counted(items.length, 'space')} of the ${spaces.length} visible to you with nothing changed or commented for ${idle.words}.`;
    const over =
      idle === null && buckets.length > 0 ? `\n\nBy ${o.bucket}:\n${bucketTable(buckets, o.bucket)}` : '';
    const cut =
      every.length > spaces.length
        ? ` Only the first ${spaces.length} of ${every.length} spaces were looked at: name spaces to see others.`
        : '';
    const stopped = quiet.stopped === null ? '' : ` Not all spaces were looked at: ${quiet.stopped}`;
    return {
      text: `${head}\n${lines.join('\n')}${over}\n\n${reachText(found)}${cut}${stopped}`,
      data: {
        items,
        from: from.toISOString(),
        to: to.toISOString(),
        bucket: o.bucket,
        buckets,
        exact: found.seenFrom === null && quiet.stopped === null,
        seen_from: found.seenFrom,
      },
      sources: spaces.filter((space) => items.some((one) => one.id === space.id)).map(spaceSource),
      label:
        idle === null
          ? `Activity of ${counted(items.length, 'space')}`
          : `${counted(items.length, 'space')} inactive for ${idle.words}`,
      untrusted: true,
    };
  },
});
