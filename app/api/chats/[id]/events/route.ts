import { subscribe } from '#lib/agent';
import type { ChatEvent } from '#lib/wire';
import { withUser } from '../../../respond.ts';

export const dynamic = 'force-dynamic';

/** Proxies drop silent connections after 30 to 60 seconds. */
const keepAliveMs = 20_000;

/** Server-sent events of a chat: a snapshot first, then everything as it happens. */
export const GET = withUser(async ({ request, user, params }) => {
  const encoder = new TextEncoder();
  let close = () => {};
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      const send = (text: string) => controller.enqueue(encoder.encode(text));
      const timer = setInterval(() => send(': still here\n\n'), keepAliveMs);
      let unsubscribe = () => {};
      close = () => {
        clearInterval(timer);
        unsubscribe();
      };
      try {
        unsubscribe = await subscribe(user, params.id as string, (event: ChatEvent) => send(`data: ${JSON.stringify(event)}\n\n`));
      } catch (error) {
        close();
        throw error;
      }
      request.signal.addEventListener('abort', () => {
        close();
        controller.close();
      });
    },
    cancel() {
      close();
    },
  });
  return new Response(body, {
    headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store, no-transform', 'x-accel-buffering': 'no' },
  });
});
