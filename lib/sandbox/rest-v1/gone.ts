import type { Reply } from '../http/message.ts';
import { Problem } from '../http/problem.ts';
import type { Call, Route } from '../rest/route.ts';

/** Endpoints that have left v1 for v2: `METHOD path` below `/wiki/rest/api`. */
const removed = [
  'GET /content',
  'POST /content',
  'GET /content/{id}',
  'PUT /content/{id}',
  'DELETE /content/{id}',
  'GET /content/{id}/history',
  'GET /content/{id}/child',
  'GET /content/{id}/child/{type}',
  'GET /content/{id}/label',
  'GET /content/{id}/property',
  'POST /content/{id}/property',
  'GET /content/{id}/property/{key}',
  'POST /content/{id}/property/{key}',
  'PUT /content/{id}/property/{key}',
  'DELETE /content/{id}/property/{key}',
  'GET /content/{id}/version',
  'GET /content/{id}/version/{versionNumber}',
  'GET /content/{id}/restriction/byOperation/{operationKey}/group/{groupName}',
  'PUT /content/{id}/restriction/byOperation/{operationKey}/group/{groupName}',
  'DELETE /content/{id}/restriction/byOperation/{operationKey}/group/{groupName}',
  'POST /contentbody/convert/{to}',
  'GET /space',
  'GET /space/{key}',
  'GET /space/{key}/content',
  'GET /space/{key}/content/{type}',
  'GET /space/{key}/property',
  'POST /space/{key}/property',
  'GET /space/{key}/property/{property}',
  'PUT /space/{key}/property/{property}',
  'DELETE /space/{key}/property/{property}',
  'GET /inlinetasks/search',
  'GET /inlinetasks/{id}',
  'PUT /inlinetasks/{id}',
  'GET /group/by-name',
  'GET /group/member',
  'GET /group/{groupName}',
  'GET /group/{groupName}/member',
] as const;

const root = '/wiki/rest/api';

/** 410 for what an id can stand for; `/content/search` and the like were never removed, only not offered here. */
function gone(call: Call): Reply {
  const { id } = call.params;
  if (id !== undefined && !/^(?:att)?\d+$/.test(id))
    throw new Problem(501, `The practice Confluence does not offer ${call.request.method} ${call.path}.`);
  throw new Problem(410, 'This deprecated endpoint has been removed.');
}

export const goneRoutes: Route[] = removed.map((line) => {
  const [method = '', path = ''] = line.split(' ');
  return { method, path: root + path, scopes: [], handle: gone };
});
