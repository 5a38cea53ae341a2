import { z } from 'zod';
import { retryTurn } from '#lib/agent';
import { json, readBody, withUser } from '../../../respond.ts';

export const dynamic = 'force-dynamic';

/** A new answer beside a failed, stopped or interrupted one. */
export const POST = withUser(async ({ request, user, params }) => {
  const { messageId } = await readBody(request, z.object({ messageId: z.string() }));
  await retryTurn(user, params.id as string, messageId);
  return json({ ok: true });
});
