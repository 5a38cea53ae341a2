import { z } from 'zod';
import { UserError } from '#errors';
import { revokeKey, testKeyOf, type User, verifyKey } from '#lib/auth';
import { tryConnection } from '#lib/mcp';
import type { TestEvent } from '#lib/wire';
import { log } from '#log';
import { readBody, withUser } from '../../../respond.ts';

export const dynamic = 'force-dynamic';
export const runtime = 'nodejs';

/** A test that takes longer is given up. */
const longestMs = 90_000;

const bodySchema = z.strictObject({
  /** The secret, where the browser still has it because the key was just made. */
  key: z.string().max(100).optional(),
});

type Tried = { key: string; finish: () => Promise<void> };

/** The secret to try: the key's own, or that of a short-lived key like it, which is revoked afterwards. */
async function secretFor(user: User, id: string, own: string | undefined): Promise<Tried> {
  if (own === undefined) {
    const made = await testKeyOf(user, id);
    return { key: made.key, finish: () => revokeKey(user.id, made.id) };
  }
  const verified = await verifyKey(own);
  if (verified?.key.id !== id || verified.user.id !== user.id) {
    throw new UserError('forbidden', 'This is not the secret of this key, or the key has ended.', {
      next: 'Reload the page and test it from the list.',
    });
  }
  return { key: own, finish: async () => {} };
}

/** Tries a person's key with a real MCP client and streams each step as a server-sent event. */
export const POST = withUser(async ({ request, user, params }) => {
  const { key: own } = await readBody(request, bodySchema);
  const { key, finish } = await secretFor(user, params.id ?? '', own);
  const gone = new AbortController();
  const signal = AbortSignal.any([request.signal, gone.signal, AbortSignal.timeout(longestMs)]);
  const encoder = new TextEncoder();
  const stream = new ReadableStream<Uint8Array>({
    async start(controller) {
      const tell = (event: TestEvent) => {
        if (!gone.signal.aborted) controller.enqueue(encoder.encode(`data: ${JSON.stringify(event)}\n\n`));
      };
      try {
        await tryConnection({ key, tell, signal });
      } finally {
        await finish().catch((error: unknown) => log.warn({ err: error }, 'a test key is left to expire'));
        if (!gone.signal.aborted) controller.close();
      }
    },
    cancel: () => gone.abort(),
  });
  return new Response(stream, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    },
  });
});
