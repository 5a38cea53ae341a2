import { waitingFor } from '#lib/approvals';
import { json, withUser } from '../../respond.ts';

export const dynamic = 'force-dynamic';

/** What waits for the person; `known`: the marker of the list they have. */
export const GET = withUser(async ({ request, user }) =>
  json(await waitingFor(user.id, new URL(request.url).searchParams.get('known'))),
);
