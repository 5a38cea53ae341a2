import { subscribe } from '#lib/agent';
import type { ChatEvent } from '#lib/wire';
import { withUser } from '../../../respond.ts';

export const dynamic = 'force-dynamic';

/** Proxies drop silent connections after 30 to 60 seconds. */
const keepAliveMs = 20_000;

/** Server-sent events of a chat: a snapshot first, then everything as it happens. */
export const GET = withUser(async ({ request, user, params }) => {
  const encoder = new TextEncoder();
  const stream = new TransformStream<Uint8Array, Uint8Array>(undefined, undefined, {
    highWaterMark: Number.POSITIVE_INFINITY,
  });
  const writer = stream.writable.getWriter();
  let open = true;
  const send = (text: string) => {
    // A reader that went away ends the subscription below; what is still sent meanwhile has no reader.
    if (open) writer.write(encoder.encode(text)).catch(() => close());
  };
  const unsubscribe = await subscribe(user, params.id as string, (event: ChatEvent) =>
    send(`data: ${JSON.stringify(event)}\n\n`),
  );
  const timer = setInterval(() => send(': still here\n\n'), keepAliveMs);
  const close = () => {
    if (!open) return;
    open = false;
    clearInterval(timer);
    unsubscribe();
    writer.close().catch((error: unknown) => error);
  };
  request.signal.addEventListener('abort', close);
  return new Response(stream.readable, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    },
  });
});
