import { stopTurn } from '#lib/agent';
import { json, withUser } from '../../../respond.ts';

export const dynamic = 'force-dynamic';

/** Stops the work on the server, keeps what was said so far, settles open cards. */
export const POST = withUser(async ({ user, params }) => {
  await stopTurn(user, params.id as string);
  return json({ ok: true });
});
