import { consentSchema, decideConsent } from '#lib/auth';
import { json, readBody, withUser } from '../../../../api/respond.ts';

export const dynamic = 'force-dynamic';
export const runtime = 'nodejs';

/** A person's yes or no to an MCP client; answers where the browser goes on to. */
export const POST = withUser(async ({ request, user, params }) => {
  const consent = await readBody(request, consentSchema);
  return json({
    location: await decideConsent(request.headers.get('cookie'), params.uid ?? '', user, consent),
  });
});
