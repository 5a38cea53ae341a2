import type { Context } from '../operation.ts';
import { stoppedBy } from './completeness.ts';

/** Atlassian's client lets six requests through at once; a few less leave room for others of the same person. */
const atOnce = 4;

/**
 * Asks about many things, a few at a time. Ends when the call is cancelled; when Atlassian's quota is used up on the way,
 * what is not asked yet is left out and the reason is given.
 * @param words for progress: `"12 of 40 ..."` with these words behind.
 */
export async function eachOf<T>(
  ctx: Pick<Context, 'signal' | 'progress'>,
  items: readonly T[],
  words: string,
  work: (item: T) => Promise<void>,
): Promise<{ stopped: string | null; left: T[] }> {
  const waiting = [...items];
  const left: T[] = [];
  let stopped: string | null = null;
  let done = 0;
  let told = Date.now();
  const worker = async (): Promise<void> => {
    while (stopped === null) {
      const item = waiting.shift();
      if (item === undefined) return;
      ctx.signal.throwIfAborted();
      try {
        await work(item);
      } catch (error) {
        stopped = stoppedBy(error);
        left.push(item);
        return;
      }
      done += 1;
      if (Date.now() - told < 1000) continue;
      told = Date.now();
      ctx.progress(`${done} of ${items.length} ${words}`);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
  ctx.signal.throwIfAborted();
  return { stopped, left: [...left, ...waiting] };
}

/**
 * The same where each thing gives a result.
 * @returns results in the order of the items, null for those not reached, and why it ended early.
 */
export async function resultsOfEach<T, R>(
  ctx: Pick<Context, 'signal' | 'progress'>,
  items: readonly T[],
  words: string,
  work: (item: T) => Promise<R>,
): Promise<{ results: (R | null)[]; done: number; stopped: string | null }> {
  const results: (R | null)[] = items.map(() => null);
  const { stopped, left } = await eachOf(ctx, [...items.entries()], words, async ([at, item]) => {
    results[at] = await work(item);
  });
  return { results, done: items.length - left.length, stopped };
}
