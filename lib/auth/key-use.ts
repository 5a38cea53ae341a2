import { countKeyUse, database } from '#db';
import { log } from '#log';

const writeEvery = 60_000;

type Count = typeof countKeyUse;
type Use = {
  count: Count;
  calls: number;
  lastUsedAt: number;
  writtenAt: number;
  timer: NodeJS.Timeout | null;
};

/** One per process: Next gives pages and route handlers separate module instances. */
const slot = globalThis as { __confabKeyUse?: Map<string, Use> };

async function write(id: string, use: Use, now: number): Promise<void> {
  const { calls, lastUsedAt } = use;
  use.calls = 0;
  use.writtenAt = now;
  await use.count(await database(), id, calls, lastUsedAt);
}

/**
 * Counts a call of a key. The first is written at once, later ones together after a minute: a busy
 * client must not cost a disk flush for each call.
 * @param count where it is written: to keys, or to grants, which are counted alike.
 */
export async function noteKeyUse(id: string, now: number, count: Count = countKeyUse): Promise<void> {
  slot.__confabKeyUse ??= new Map();
  const use = slot.__confabKeyUse.get(id) ?? {
    count,
    calls: 0,
    lastUsedAt: now,
    writtenAt: 0,
    timer: null,
  };
  slot.__confabKeyUse.set(id, use);
  use.calls += 1;
  use.lastUsedAt = now;
  if (now - use.writtenAt >= writeEvery) {
    await write(id, use, now);
    return;
  }
  use.timer ??= setTimeout(
    () => {
      use.timer = null;
      write(id, use, Date.now()).catch((error: unknown) =>
        log.warn({ err: error }, 'the use of a key could not be noted'),
      );
    },
    use.writtenAt + writeEvery - now,
  ).unref();
}
