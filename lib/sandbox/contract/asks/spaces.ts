import { spaceRoles } from '../../space-roles.ts';
import { accountIds } from '../../test-site.ts';
import { type Ask, get, v1, v2 } from './ask.ts';

const ben = { principalType: 'USER', principalId: accountIds.ben };
const restriction = [
  {
    operation: 'read',
    restrictions: { user: [{ type: 'known', accountId: accountIds.ada }], group: [] },
  },
];
const page = `${v1}/content/100400`;
const one = `${page}/restriction/byOperation/update`;
const check = (subject: object): Ask => ({
  method: 'POST',
  path: `${v1}/content/100200/permission/check`,
  body: { subject, operation: 'update' },
});
const call = (method: string, path: string, body?: unknown): Ask => ({
  method,
  path,
  ...(body === undefined ? {} : { body }),
});

/** Requests about spaces, who may use them, restrictions of pages, and watches. */
export const spacesAsks: Ask[] = [
  call('POST', `${v1}/space`, {
    name: 'Field tests',
    key: 'FT',
    description: { plain: { value: 'Robots outside', representation: 'plain' } },
  }),
  call('POST', `${v1}/space/_private`, { name: 'Drafts', key: 'DRAFTS' }),
  call('PUT', `${v1}/space/FT`, { name: 'Field trials', status: 'archived' }),
  call('POST', `${v2}/spaces`, { name: 'Notes', key: 'NOTES', createPrivateSpace: true }),
  ...[
    '/spaces/1001?include-permissions=true',
    '/spaces/1001/permissions?limit=3',
    '/space-role-mode',
    '/spaces/1001/role-assignments',
    '/space-roles?space-id=1001',
    `/space-roles/${spaceRoles.viewer.id}`,
    '/space-permissions',
  ].map((path) => get(v2 + path)),
  call('POST', `${v2}/spaces/1001/role-assignments`, [{ principal: ben, roleId: spaceRoles.manager.id }]),
  call('POST', `${v2}/spaces/1001/role-assignments`, [{ principal: ben }]),
  call('POST', `${v1}/space/ENG/permission`, {
    subject: { type: 'user', identifier: accountIds.ben },
    operation: { key: 'read', target: 'space' },
  }),
  call('DELETE', `${v1}/space/ENG/permission/1`),
  ...['', '?expand=restrictions.user,content', '/byOperation', '/byOperation/read'].map((path) =>
    get(`${v1}/content/100300/restriction${path}`),
  ),
  call('PUT', `${page}/restriction`, restriction),
  call('POST', `${page}/restriction`, { results: restriction }),
  call('PUT', `${one}/user?accountId=${accountIds.ada}`),
  get(`${one}/user?accountId=${accountIds.ada}`),
  call('PUT', `${one}/byGroupId/g-hr`),
  get(`${one}/byGroupId/g-hr`),
  call('DELETE', `${one}/byGroupId/g-hr`),
  call('DELETE', `${one}/user?accountId=${accountIds.ada}`),
  call('DELETE', `${page}/restriction`),
  check({ type: 'user', identifier: accountIds.ben }),
  check({ type: 'group', identifier: 'g-hr' }),
  ...['content/100200', 'space/ENG', 'label/api'].flatMap((what) => [
    { ...call('POST', `${v1}/user/watch/${what}`), headers: { 'x-atlassian-token': 'no-check' } },
    get(`${v1}/user/watch/${what}`),
    { ...call('DELETE', `${v1}/user/watch/${what}`), headers: { 'x-atlassian-token': 'no-check' } },
  ]),
  ...[
    '/content/100100/notification/child-created',
    '/content/100100/notification/created',
    '/space/ENG/watch',
    '/user/anonymous',
  ].map((path) => get(v1 + path)),
  call('DELETE', `${v1}/space/FT`),
];
