import type { Context } from '../operation.ts';
import { stoppedBy } from '../scan/index.ts';

/** As many at once as the governor lets through for one connection. */
const atOnce = 6;

/**
 * Does `work` for every item, six at a time, saying how far it is. Ends at once when the call is cancelled. When
 * Atlassian's quota is used up on the way, keeps what there is.
 * @returns results in the order of the items, null for those not reached, and why it ended early.
 */
export async function inParallel<T, R>(
  ctx: Pick<Context, 'signal' | 'progress'>,
  items: readonly T[],
  doing: string,
  work: (item: T) => Promise<R>,
): Promise<{ results: (R | null)[]; done: number; stopped: string | null }> {
  const results: (R | null)[] = items.map(() => null);
  let next = 0;
  let done = 0;
  let stopped: string | null = null;
  async function run(): Promise<void> {
    while (next < items.length && stopped === null) {
      ctx.signal.throwIfAborted();
      const at = next++;
      try {
        results[at] = await work(items[at] as T);
      } catch (error) {
        stopped = stoppedBy(error);
        return;
      }
      done++;
      if (done % 25 === 0) ctx.progress(`${doing}: ${done} of ${items.length}`);
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, run));
  return { results, done, stopped };
}
