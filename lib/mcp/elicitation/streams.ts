import { type Right, whileAllowed } from '#lib/auth';
import { log } from '#log';

/** A client's open GET stream: where it learns that a page it opened is done with. */
type Stream = { keyId: string; send: (text: string) => void; close: () => void; signal: AbortSignal };

/** By session, newest last; one per process, because Next gives route handlers separate module instances. */
const slot = globalThis as { __confabMcpStreams?: Map<string, Stream> };

const keepAliveMs = 15_000;
/** Of one key at a time; the oldest gives way. */
const mostOfKey = 20;
/** A person may take this long on the page before the client stops being told. */
const watchMs = 15 * 60 * 1000;

function streams(): Map<string, Stream> {
  slot.__confabMcpStreams ??= new Map();
  return slot.__confabMcpStreams;
}

function makeRoom(session: string, keyId: string): void {
  streams().get(session)?.close();
  const own = [...streams().values()].filter((stream) => stream.keyId === keyId);
  for (const stream of own.slice(0, Math.max(0, own.length - mostOfKey + 1))) stream.close();
}

/**
 * The stream a client of revision 2025-11-25 may open with GET: it carries `notifications/elicitation/complete`
 * for what this client was asked, and nothing else. It ends when the client goes, when it opens another one,
 * and with the right it was opened by.
 */
export function openStream(session: string, right: Right, gone: AbortSignal): Response {
  makeRoom(session, right.keyId);
  const encoder = new TextEncoder();
  const closed = new AbortController();
  let cancelled = false;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const send = (text: string) => controller.enqueue(encoder.encode(text));
      const alive = setInterval(() => send(': keepalive\n\n'), keepAliveMs).unref();
      const own: Stream = { keyId: right.keyId, send, close: () => closed.abort(), signal: closed.signal };
      closed.signal.addEventListener('abort', () => {
        clearInterval(alive);
        if (streams().get(session) === own) streams().delete(session);
        // The client may have closed its side before.
        if (!cancelled && !gone.aborted) controller.close();
      });
      streams().set(session, own);
      gone.addEventListener('abort', own.close);
      // So that the answer's head goes out now.
      send(': open\n\n');
      whileAllowed(right, async (ended) => {
        ended.addEventListener('abort', own.close);
        await new Promise((resolve) => closed.signal.addEventListener('abort', resolve));
      }).catch(() => own.close());
    },
    cancel() {
      cancelled = true;
      closed.abort();
    },
  });
  return new Response(body, {
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
  });
}

/** Whether a client listens for notices on a stream of its own. */
export const hasStream = (session: string): boolean => streams().has(session);

/** The notification that a page a client was asked to open is done with. */
export const completeNotice = (elicitationId: string) => ({
  method: 'notifications/elicitation/complete' as const,
  params: { elicitationId },
});

/**
 * Tells a client over its GET stream, where it has one, once `done` resolves to true. Nothing is kept for a
 * client without a stream: it calls again, which waits for the person itself.
 */
export function tellWhenDone(
  session: string,
  elicitationId: string,
  done: (signal: AbortSignal) => Promise<boolean>,
): void {
  const stream = streams().get(session);
  if (stream === undefined) return;
  const signal = AbortSignal.any([stream.signal, AbortSignal.timeout(watchMs)]);
  done(signal)
    .then((over) => {
      // The client may have opened a new stream meanwhile.
      const { send } = streams().get(session) ?? {};
      const message = JSON.stringify({ jsonrpc: '2.0', ...completeNotice(elicitationId) });
      if (over) send?.(`event: message\ndata: ${message}\n\n`);
    })
    .catch((error: unknown) => {
      if (!signal.aborted) log.warn({ err: error }, 'a client could not be told that its person is done');
    });
}
