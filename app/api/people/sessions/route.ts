import { currentSession, listSessions } from '#lib/auth';
import { json, withUser } from '../../respond.ts';

export const dynamic = 'force-dynamic';
export const runtime = 'nodejs';

export const GET = withUser(async ({ user }) => {
  const session = await currentSession();
  return json({ sessions: await listSessions(user.id, session?.sessionId ?? null) });
});
