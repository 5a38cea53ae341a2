import { requireAdmin } from '#lib/auth';
import { checkToolkit } from '#lib/toolkits';
import { json, withUser } from '../../../respond.ts';

export const dynamic = 'force-dynamic';
export const runtime = 'nodejs';

/** Lists a toolkit's tools with the admin's own credentials and compares them with what was looked at. */
export const POST = withUser(async ({ request, user, params }) => {
  requireAdmin(user);
  await checkToolkit(user, params.id ?? '', request.signal);
  return json({ ok: true });
});
