import { z } from 'zod';
import { requireAdmin } from '#lib/auth';
import { decideTool } from '#lib/toolkits';
import { toolDecisionSchema } from '#lib/wire';
import { json, readBody, withUser } from '../../../respond.ts';

export const dynamic = 'force-dynamic';
export const runtime = 'nodejs';

const body = z.object({ decisions: z.array(toolDecisionSchema).min(1).max(300) });

/** An admin decides on tools, each as it was on screen. */
export const POST = withUser(async ({ request, user, params }) => {
  requireAdmin(user);
  const { decisions } = await readBody(request, body);
  for (const decision of decisions) await decideTool(user, params.id ?? '', decision);
  return json({ ok: true });
});
