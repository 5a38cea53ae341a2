import { activity, activityCsv } from '#lib/approvals';
import { download } from '../../download.ts';
import { withUser } from '../../respond.ts';
import { activityQuery } from '../activity-query.ts';

export const dynamic = 'force-dynamic';

const mostExported = 50_000;

/** What the filters choose, as a CSV file; at most 50,000 lines, the newest. */
export const GET = withUser(async ({ request, user }) => {
  const { lines } = await activity(user, { ...activityQuery(request), limit: mostExported });
  return download({
    name: `confab-activity-${new Date().toISOString().slice(0, 10)}.csv`,
    mediaType: 'text/csv; charset=utf-8',
    body: activityCsv(lines),
  });
});
