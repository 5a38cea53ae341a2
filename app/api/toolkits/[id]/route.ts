import { z } from 'zod';
import { requireAdmin } from '#lib/auth';
import { removeToolkit, switchToolkit } from '#lib/toolkits';
import { json, readBody, withUser } from '../../respond.ts';

export const dynamic = 'force-dynamic';
export const runtime = 'nodejs';

/** An admin switches a toolkit on or off. */
export const PATCH = withUser(async ({ request, user, params }) => {
  requireAdmin(user);
  const { enabled } = await readBody(request, z.object({ enabled: z.boolean() }));
  await switchToolkit(user, params.id ?? '', enabled);
  return json({ ok: true });
});

/** An admin removes a toolkit, with everybody's credentials. */
export const DELETE = withUser(async ({ user, params }) => {
  requireAdmin(user);
  await removeToolkit(user, params.id ?? '');
  return json({ ok: true });
});
