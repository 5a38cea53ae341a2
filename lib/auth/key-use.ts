import { countRightUse, database, type RightsTable } from '#db';
import { log } from '#log';

const writeEvery = 60_000;

type Use = {
  table: RightsTable;
  calls: number;
  lastUsedAt: number;
  writtenAt: number;
  timer: NodeJS.Timeout | null;
};

/** One per process: Next gives pages and route handlers separate module instances. */
const slot = globalThis as { __confabKeyUse?: Map<string, Use> };

async function write(id: string, use: Use, now: number): Promise<void> {
  const { calls, lastUsedAt, table } = use;
  use.calls = 0;
  use.writtenAt = now;
  await countRightUse(await database(), table, { id, calls, lastUsedAt });
}

/**
 * Counts a call of a key or grant. The first is written at once, later ones together after a minute: a busy
 * client must not cost a disk flush for each call.
 */
export async function noteUse(table: RightsTable, id: string, now: number): Promise<void> {
  slot.__confabKeyUse ??= new Map();
  const use = slot.__confabKeyUse.get(id) ?? {
    table,
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

/** What of a right's use is known here and not yet written: calls, and the last of them. */
export function unwrittenUse(id: string): { calls: number; lastUsedAt: number } | null {
  const use = slot.__confabKeyUse?.get(id);
  return use === undefined || use.calls === 0 ? null : { calls: use.calls, lastUsedAt: use.lastUsedAt };
}

/** Forgets rights that are gone. */
export function forgetUse(ids: readonly string[]): void {
  for (const id of ids) {
    clearTimeout(slot.__confabKeyUse?.get(id)?.timer ?? undefined);
    slot.__confabKeyUse?.delete(id);
  }
}
