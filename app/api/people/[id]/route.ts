import { disablePerson } from '#lib/auth';
import { withUser } from '../../respond.ts';

export const dynamic = 'force-dynamic';
export const runtime = 'nodejs';

/** Disables a person; what they made stays. */
export const DELETE = withUser(async ({ user, params }) => {
  await disablePerson(user, params.id ?? '');
  return new Response(null, { status: 204 });
});
