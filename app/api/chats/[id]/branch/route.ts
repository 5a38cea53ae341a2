import { z } from 'zod';
import { switchBranch } from '#lib/agent';
import { json, readBody, withUser } from '../../../respond.ts';

export const dynamic = 'force-dynamic';

/** Turns the chat to the newest branch through a message. */
export const POST = withUser(async ({ request, user, params }) => {
  const { messageId } = await readBody(request, z.object({ messageId: z.string() }));
  await switchBranch(user, params.id as string, messageId);
  return json({ ok: true });
});
