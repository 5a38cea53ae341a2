import { LEVELS } from '../../demo/classification.ts';
import { type Ask, get, v1, v2 } from './ask.ts';

const internal = LEVELS[1]?.id;

function classifying(root: string, body: object): Ask[] {
  const path = `${v2}/${root}/classification-level`;
  return [
    { method: 'PUT', path, body: { id: internal, ...body } },
    get(path),
    { method: 'POST', path: `${path}/reset`, body },
  ];
}

/** Requests about views, likes, the audit log, classification, data policies and the admin key. */
export const engagementAsks: Ask[] = [
  ...['views', 'views?fromDate=2026-01-01T00:00:00.000Z', 'viewers'].map((path) =>
    get(`${v1}/analytics/content/100200/${path}`),
  ),
  ...['pages/100200', 'blogposts/100900', 'footer-comments/300100', 'inline-comments/300200'].flatMap(
    (root) => ['count', 'users?limit=1'].map((path) => get(`${v2}/${root}/likes/${path}`)),
  ),
  get(`${v2}/classification-levels`),
  ...classifying('pages/100200', { status: 'current' }),
  ...classifying('blogposts/100900', { status: 'current' }),
  ...classifying('whiteboards/110200', { status: 'current' }),
  ...classifying('databases/110300', { status: 'current' }),
  {
    method: 'PUT',
    path: `${v2}/spaces/1001/classification-level/default`,
    body: { id: internal },
  },
  get(`${v2}/spaces/1001/classification-level/default`),
  { method: 'DELETE', path: `${v2}/spaces/1001/classification-level/default` },
  // Refused with 401, as the document says: only apps may ask. Their answers are checked in their own test.
  get(`${v2}/data-policies/metadata`),
  get(`${v2}/data-policies/spaces`),
  { method: 'POST', path: `${v2}/admin-key`, body: { durationInMinutes: 5 } },
  get(`${v2}/admin-key`),
  { method: 'DELETE', path: `${v2}/admin-key` },
  get(`${v1}/audit?limit=2&searchString=group`),
  get(`${v1}/audit/since?number=1&units=DAYS`),
  get(`${v1}/audit/export?format=csv`),
];
