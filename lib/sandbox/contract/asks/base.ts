import { accountIds } from '../../test-site.ts';
import { type Ask, get, v1, v2 } from './ask.ts';

const includes =
  'include-labels=true&include-properties=true&include-operations=true&include-likes=true&include-versions=true&include-favorited-by-current-user-status=true';
const draft = { representation: 'storage', value: '<p>x</p>' };
const expand =
  'content.body.storage,content.body.view,content.version,content.history,content.space,content.ancestors,content.metadata.labels';

/** Requests about pages, comments, files, people and search, in an order that works. */
export const baseAsks: Ask[] = [
  ...[
    '/spaces',
    '/spaces?description-format=plain&include-icon=true',
    `/spaces/1001?${includes.replace(/include-(likes|versions|favorited[\w-]*)=true&?/g, '')}`,
  ].map((path) => get(v2 + path)),
  ...[
    '/spaces/1001/operations',
    '/spaces/1001/labels',
    '/spaces/1001/pages?limit=2',
    '/spaces/1001/blogposts',
  ].map((path) => get(v2 + path)),
  ...[
    '/pages?body-format=storage',
    '/pages?status=trashed',
    '/blogposts?body-format=atlas_doc_format',
    '/labels',
  ].map((path) => get(v2 + path)),
  ...['pages/100200', 'blogposts/100900'].flatMap((root) =>
    [
      `?body-format=storage&${includes}`,
      '?body-format=view',
      '/labels',
      '/versions?body-format=storage',
      '/versions/1',
      '/operations',
      '/attachments',
      '/footer-comments?body-format=storage',
      '/inline-comments',
      '/likes/count',
      '/likes/users',
    ].map((path) => get(`${v2}/${root}${path}`)),
  ),
  ...['direct-children', 'children', 'descendants', 'ancestors'].map((path) =>
    get(`${v2}/pages/100200/${path}`),
  ),
  ...[
    '/footer-comments',
    '/footer-comments/300100?body-format=storage',
    '/footer-comments/300100/children',
    '/inline-comments',
    '/inline-comments/300300?body-format=view',
    '/inline-comments/300200/children',
  ].map((path) => get(v2 + path)),
  ...['/attachments', '/attachments/att400100'].map((path) => get(v2 + path)),
  { method: 'POST', path: `${v2}/users-bulk`, body: { accountIds: [accountIds.ada, accountIds.john] } },
  { method: 'POST', path: `${v2}/content/convert-ids-to-types`, body: { contentIds: ['100200', '300200'] } },
  { method: 'POST', path: `${v2}/pages`, body: { spaceId: '1001', title: 'C', body: draft } },
  {
    method: 'PUT',
    path: `${v2}/pages/100400`,
    body: { id: '100400', status: 'current', title: 'D', body: draft, version: { number: 2 } },
  },
  { method: 'PUT', path: `${v2}/pages/100400/title`, body: { status: 'current', title: 'E' } },
  ...[
    `?cql=type=page&expand=${expand}`,
    '?cql=type in (comment, attachment)',
    '?cql=type=space',
    '/user?cql=type=user',
  ].map((path) => get(`${v1}/search${path}`)),
  ...[
    '/user/current',
    `/user?accountId=${accountIds.ben}`,
    `/user/bulk?accountId=${accountIds.ben}`,
    `/user/memberof?accountId=${accountIds.john}`,
  ].map((path) => get(v1 + path)),
  ...[
    '/group',
    '/group/by-id?id=g-hr',
    '/group/picker?query=hr&shouldReturnTotalSize=true',
    '/group/g-hr/membersByGroupId',
  ].map((path) => get(v1 + path)),
  { method: 'DELETE', path: `${v1}/group/userByGroupId?groupId=g-contractors&accountId=${accountIds.john}` },
  {
    method: 'POST',
    path: `${v1}/group/userByGroupId?groupId=g-contractors`,
    body: { accountId: accountIds.john },
  },
  { method: 'POST', path: `${v1}/content/100200/label`, body: [{ prefix: 'global', name: 'new' }] },
  { method: 'DELETE', path: `${v1}/content/100200/label?name=new` },
  { method: 'DELETE', path: `${v1}/content/100200/label/api` },
  { method: 'PUT', path: `${v1}/content/100210/move/append/100400` },
  {
    method: 'POST',
    path: `${v1}/content/100200/version`,
    body: { operationKey: 'restore', params: { versionNumber: 1, message: '' } },
  },
  ...[
    '/content/100300/restriction',
    '/content/100300/restriction/byOperation',
    '/content/100200/child/attachment/att400100/download',
  ].map((path) => get(v1 + path)),
  {
    method: 'POST',
    path: `${v1}/content/100200/permission/check`,
    body: { subject: { type: 'user', identifier: accountIds.ben }, operation: 'read' },
  },
  get(`${v1}/longtask/1`),
  { method: 'DELETE', path: `${v2}/pages/100200` },
];
