import { viewersSince, viewsSince } from '../db/index.ts';
import { json, type Reply } from '../http/message.ts';
import { badRequest, Problem } from '../http/problem.ts';
import type { Call, Route } from '../rest/route.ts';
import { visibleContent } from './find.ts';

/** Where the plan has no analytics, or the person may not see them, the service answers 403 with these words. */
function requireAnalytics(call: Call): void {
  if (call.app.settings.plan !== 'premium') throw new Problem(403, '{"reason":"ViewAnalyticsRestricted"}');
}

/** The UTC day of `fromDate`: counts are kept by day. */
function dayOf(call: Call): string | undefined {
  const from = call.query.text('fromDate');
  if (from === undefined) return undefined;
  const at = new Date(from);
  if (Number.isNaN(at.getTime())) throw badRequest(`Invalid fromDate: '${from}'.`);
  return at.toISOString().slice(0, 10);
}

function counting(count: typeof viewsSince): (call: Call) => Reply {
  return (call) => {
    const content = visibleContent(call, 'contentId');
    requireAnalytics(call);
    return json({ id: Number(content.id), count: count(call.db, content.id, dayOf(call)) });
  };
}

const root = '/wiki/rest/api/analytics/content/{contentId}';
const read = {
  scopes: ['read:analytics.content:confluence'],
  classic: ['read:confluence-content.summary'],
};

export const analyticsRoutes: Route[] = [
  { method: 'GET', path: `${root}/views`, ...read, handle: counting(viewsSince) },
  { method: 'GET', path: `${root}/viewers`, ...read, handle: counting(viewersSince) },
];
