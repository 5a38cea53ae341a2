import { revokeGrant } from '#lib/auth';
import { withUser } from '../../respond.ts';

export const dynamic = 'force-dynamic';
export const runtime = 'nodejs';

export const DELETE = withUser(async ({ user, params }) => {
  await revokeGrant(user.id, params.id ?? '');
  return new Response(null, { status: 204, headers: { 'cache-control': 'no-store' } });
});
