import { subscribe } from '#lib/agent';
import { currentSession, readSession } from '#lib/auth';
import type { ChatEvent } from '#lib/wire';
import { log } from '#log';
import { withUser } from '../../../respond.ts';

export const dynamic = 'force-dynamic';

/** Proxies drop silent connections after 30 to 60 seconds. */
const keepAliveMs = 20_000;

/** A reader that lets so many bytes wait is cut off: it comes back and begins with a fresh snapshot. */
const mostWaiting = 16 * 1024 * 1024;

/** Server-sent events of a chat: a snapshot first, then everything as it happens, until the login session ends. */
export const GET = withUser(async ({ request, user, params }) => {
  const sessionId = (await currentSession())?.sessionId ?? '';
  const encoder = new TextEncoder();
  let open = true;
  let stopWatching = () => {};
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;

  const close = () => {
    if (!open) return;
    open = false;
    stopWatching();
    request.signal.removeEventListener('abort', close);
    controller?.close();
  };
  const send = (text: string) => {
    if (!open || controller === undefined) return;
    controller.enqueue(encoder.encode(text));
    if ((controller.desiredSize ?? 0) <= 0) close();
  };
  const stillHere = async () => {
    try {
      if ((await readSession(sessionId))?.id === user.id) send(': still here\n\n');
      else close();
    } catch (error) {
      log.error({ err: error }, 'the session behind an event stream could not be read');
      close();
    }
  };

  const stream = new ReadableStream<Uint8Array>(
    {
      start: (made) => {
        controller = made;
      },
      // Cancelled by its reader, the stream is closed already.
      cancel: () => {
        controller = undefined;
        close();
      },
    },
    new ByteLengthQueuingStrategy({ highWaterMark: mostWaiting }),
  );
  const unsubscribe = await subscribe(user, params.id as string, (event: ChatEvent) =>
    send(`data: ${JSON.stringify(event)}\n\n`),
  );
  const timer = setInterval(() => void stillHere(), keepAliveMs);
  stopWatching = () => {
    clearInterval(timer);
    unsubscribe();
  };
  request.signal.addEventListener('abort', close);
  // The browser may have gone while the snapshot was read; then nobody will ever cancel the stream.
  if (request.signal.aborted) close();
  if (!open) stopWatching();
  return new Response(stream, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    },
  });
});
