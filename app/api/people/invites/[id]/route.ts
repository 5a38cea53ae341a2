import { revokeInvite } from '#lib/auth';
import { withUser } from '../../../respond.ts';

export const dynamic = 'force-dynamic';
export const runtime = 'nodejs';

export const DELETE = withUser(async ({ user, params }) => {
  await revokeInvite(user, params.id ?? '');
  return new Response(null, { status: 204 });
});
