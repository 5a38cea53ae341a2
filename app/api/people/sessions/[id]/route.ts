import { revokeSession } from '#lib/auth';
import { withUser } from '../../../respond.ts';

export const dynamic = 'force-dynamic';
export const runtime = 'nodejs';

/** Ends one of the person's own sessions at once. */
export const DELETE = withUser(async ({ user, params }) => {
  await revokeSession(user.id, params.id ?? '');
  return new Response(null, { status: 204 });
});
