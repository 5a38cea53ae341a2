import { activityCsv } from '#lib/approvals';
import { download } from '../../download.ts';
import { withUser } from '../../respond.ts';
import { activityQuery } from '../activity-query.ts';

export const dynamic = 'force-dynamic';

/** What the filters choose, as a CSV file that is written while it is read. */
export const GET = withUser(async ({ request, user }) => {
  const { after: _, ...query } = activityQuery(request);
  const lines = activityCsv(user, query);
  // The first is asked for here, so that a refusal is an answer and not a broken file.
  const first = await lines.next();
  const encoder = new TextEncoder();
  return download({
    name: `confab-activity-${new Date().toISOString().slice(0, 10)}.csv`,
    mediaType: 'text/csv; charset=utf-8',
    body: new ReadableStream<Uint8Array>({
      start(controller) {
        if (first.done !== true) controller.enqueue(encoder.encode(first.value));
      },
      async pull(controller) {
        const { done, value } = await lines.next();
        if (done === true) controller.close();
        else controller.enqueue(encoder.encode(value));
      },
      async cancel() {
        await lines.return(undefined);
      },
    }),
  });
});
