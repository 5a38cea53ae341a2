import { UserError } from '#errors';
import type { Confluence } from '#lib/confluence';
import { type ActiveConnection, openConnection } from '#lib/connections';
import { log } from '#log';
import { remember } from './memory.ts';
import type { Context, Limits, Operation } from './operation.ts';

export type ContextOptions = {
  user: { id: string; name: string };
  operation: Operation;
  limits: Limits;
  signal: AbortSignal;
  chatId: string | null;
  progress?: (text: string) => void;
  /** Atlassian asked to wait. Without it, the wait is told through `progress`. */
  progressWait?: (wait: { seconds: number; reason: string }) => void;
  knownPages?: () => Promise<string[]>;
};

function unconnected(): never {
  throw new UserError('needs_connection', 'Confluence is not connected for you yet.', {
    next: 'Connect Confluence first.',
    data: { reason: 'not_connected' },
  });
}

/**
 * What an operation is run with. Opens the person's connection unless the operation needs none; then touching
 * `connection` or `confluence` throws `needs_connection`.
 * @throws UserError needs_connection, reconnect.
 */
export async function createContext(o: ContextOptions): Promise<Context> {
  const progress = o.progress ?? (() => {});
  const onWait =
    o.progressWait ??
    ((wait: { seconds: number; reason: string }) => progress(`${wait.reason}: waiting ${wait.seconds} s`));
  const base = {
    user: o.user,
    limits: o.limits,
    signal: o.signal,
    chatId: o.chatId,
    progress,
    log: log.child({ operation: o.operation.name }) as Context['log'],
    ...(o.knownPages === undefined ? {} : { knownPages: o.knownPages }),
  };
  if (o.operation.connection === 'unneeded') {
    return {
      ...base,
      get connection(): ActiveConnection {
        return unconnected();
      },
      get confluence(): Confluence {
        return unconnected();
      },
    };
  }
  const { connection, confluence } = await openConnection(o.user.id, { signal: o.signal, onWait });
  remember(confluence, connection.id);
  return { ...base, connection, confluence };
}
