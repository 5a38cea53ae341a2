'use client';

import { ago, dateOf, fullTime } from './moment.ts';
import { useHydrated } from './use-hydrated.ts';

type TimeProps = { at: number | string; look?: 'ago' | 'date' | 'full'; className?: string };

/** A point in time (milliseconds or ISO 8601), in the person's own time zone once the page is live. */
export function Time({ at, look = 'ago', className }: TimeProps) {
  const live = useHydrated();
  const value = typeof at === 'number' ? at : Date.parse(at);
  if (Number.isNaN(value)) return null;
  const zone = live ? undefined : 'UTC';
  const words: Record<typeof look, string> = {
    ago: live ? ago(value, Date.now()) : dateOf(value, zone),
    date: dateOf(value, zone),
    full: fullTime(value, zone),
  };
  return (
    <time dateTime={new Date(value).toISOString()} title={fullTime(value, zone)} className={className}>
      {words[look]}
    </time>
  );
}
