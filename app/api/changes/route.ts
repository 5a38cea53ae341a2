import { activity } from '#lib/approvals';
import { json, withUser } from '../respond.ts';
import { activityQuery } from './activity-query.ts';

export const dynamic = 'force-dynamic';

/** A page of the ledger, newest first. */
export const GET = withUser(async ({ request, user }) =>
  json(await activity(user, { ...activityQuery(request), limit: 50 })),
);
