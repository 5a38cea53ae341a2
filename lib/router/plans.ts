import { jobs } from './data/jobs.ts';

/** How a known job of several steps goes, and where it goes wrong. */
export type Plan = { steps: string[]; pitfalls: string[] };

/** The plan of the first known job that a question fits, or null. */
export function planFor(query: string): Plan | null {
  const job = jobs.find(({ all }) => all.every((part) => part.test(query)));
  return job === undefined ? null : { steps: [...job.steps], pitfalls: [...job.pitfalls] };
}
