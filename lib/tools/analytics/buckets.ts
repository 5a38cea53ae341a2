import { startOfMonth, startOfWeek } from '../when.ts';
import { type Activity, type Counts, countsOf } from './activity.ts';

export const bucketNames = ['day', 'week', 'month'] as const;
export type BucketName = (typeof bucketNames)[number];
export type Bucket = Counts & { from: string };

const starts: Record<BucketName, (at: Date) => Date> = {
  day: (at) => new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate())),
  week: (at) => startOfWeek(at),
  month: (at) => startOfMonth(at),
};

const nexts: Record<BucketName, (at: Date) => Date> = {
  day: (at) => new Date(at.getTime() + 86_400_000),
  week: (at) => new Date(at.getTime() + 7 * 86_400_000),
  month: (at) => startOfMonth(at, -1),
};

/** Counts by day, week (from Monday) or month, in UTC, oldest first; empty ones stand there with zeros. */
export function bucketsOf(
  rows: readonly Activity[],
  o: { from: Date; to: Date; bucket: BucketName },
): Bucket[] {
  const byStart = Map.groupBy(rows, (row) => starts[o.bucket](new Date(row.at)).toISOString());
  const buckets: Bucket[] = [];
  for (let at = starts[o.bucket](o.from); at < o.to; at = nexts[o.bucket](at)) {
    const from = at.toISOString();
    buckets.push({ from, ...countsOf(byStart.get(from) ?? []) });
  }
  return buckets;
}
