import { accountIds } from '../../test-site.ts';
import { type Ask, get, v1, v2 } from './ask.ts';

/** Requests with which many pages, and what they refer to, are looked at. */
export const contentAsks: Ask[] = [
  ...[
    '/spaces/1001/pages?status=current&body-format=storage&limit=50',
    '/pages?title=old%20RUNBOOK&space-id=1001&status=current&status=archived&status=trashed',
    '/pages?id=100200&id=100500&id=999&status=current&status=archived&status=trashed',
    '/blogposts?title=Week%2012&space-id=1001&status=current&status=trashed',
    '/blogposts?id=100900&limit=1',
    '/spaces?keys=ENG&keys=NOPE&limit=250',
    '/pages/100200/attachments?limit=250',
    '/pages/100200/labels?limit=1',
    '/pages/100100/direct-children?limit=1',
    '/pages/100200/inline-comments?resolution-status=open&resolution-status=reopened&resolution-status=dangling&body-format=storage&limit=100',
    '/pages/100200/footer-comments?body-format=storage&limit=100',
    '/footer-comments/300100/children?body-format=storage&limit=100',
  ].map((path) => get(v2 + path)),
  {
    method: 'POST',
    path: `${v2}/content/convert-ids-to-types`,
    body: { contentIds: ['100200', '100900', '400100', '999'] },
  },
  { method: 'POST', path: `${v2}/users-bulk`, body: { accountIds: [accountIds.ben, '712020:nobody'] } },
  ...['', '?prefix=team', '?sort=-name&limit=1'].map((query) =>
    get(`${v2}/spaces/1001/content/labels${query}`),
  ),
  get(`${v1}/content/100200/history/0/macro/id/m-1`),
  { method: 'POST', path: `${v1}/space/ENG/label`, body: [{ prefix: 'team', name: 'robots' }] },
  get(`${v2}/spaces/1001/labels`),
  { method: 'DELETE', path: `${v1}/space/ENG/label?name=robots&prefix=team` },
  get(`${v1}/search?cql=type = page AND space = "ENG" AND (id = 100200 OR ancestor = 100200)&limit=1`),
];
