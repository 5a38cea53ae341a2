import { adminKeyOf, setAdminKey, spacesOfSite } from '../db/index.ts';
import { JsonBody } from '../http/json-body.ts';
import { json, nothing, type Reply } from '../http/message.ts';
import { badRequest, notFound, Problem } from '../http/problem.ts';
import type { Call, Route } from '../rest/route.ts';
import type { Space } from '../types.ts';
import { paged, sorted, sortNames } from './paging.ts';

/** Only apps may ask for data policies: a person's own API token is refused. */
function requireApp(call: Call): void {
  if (!call.byApp) throw new Problem(401, 'Only apps can make this request.', { gateway: true });
}

const order = {
  id: (a: Space, b: Space) => Number(a.id) - Number(b.id),
  key: (a: Space, b: Space) => a.key.localeCompare(b.key),
  name: (a: Space, b: Space) => a.name.localeCompare(b.name),
};

function policySpaces(call: Call): Reply {
  requireApp(call);
  const ids = call.query.ids('ids', 250);
  const keys = call.query.list('keys')?.map((key) => key.toLowerCase());
  const sort = call.query.oneOf('sort', sortNames(Object.keys(order)));
  const blocked = call.app.settings.blockedSpaces;
  const spaces = spacesOfSite(call.db, call.site.cloudId).filter(
    (space) =>
      call.access.canViewSpace(space) &&
      (!ids || ids.includes(space.id)) &&
      (!keys || keys.includes(space.key.toLowerCase())),
  );
  return paged(call, sorted(spaces, sort, order), (space) => ({
    id: space.id,
    key: space.key,
    name: space.name,
    dataPolicy: { anyContentBlocked: blocked.includes(space.key) },
    _links: { webui: `/spaces/${space.key}` },
  }));
}

function policyMetadata(call: Call): Reply {
  requireApp(call);
  return json({ anyContentBlocked: call.app.settings.blockedSpaces.length > 0 });
}

/** The admin key has no OAuth scope: apps are refused, and so are people who are no admins and sites without Premium. */
function requireAdminKeys(call: Call): void {
  if (call.byApp) throw new Problem(401, 'Unauthorized; scope does not match', { gateway: true });
  if (!call.person.isAdmin || call.app.settings.plan !== 'premium') throw notFound();
}

function keyJson(call: Call, expiresAt: number): Reply {
  return json({ accountId: call.person.accountId, expirationTime: new Date(expiresAt).toISOString() });
}

function getKey(call: Call): Reply {
  requireAdminKeys(call);
  const expiresAt = adminKeyOf(call.db, call.site.cloudId, call.person.accountId, Date.now());
  if (expiresAt === undefined) throw notFound();
  return keyJson(call, expiresAt);
}

function enableKey(call: Call): Reply {
  requireAdminKeys(call);
  const sent = call.request.body.length === 0 ? undefined : new JsonBody(JsonBody.parse(call.request.body));
  // Nothing or 0 means ten minutes.
  const minutes = sent?.number('durationInMinutes') || 10;
  if (!Number.isInteger(minutes) || minutes < 0 || minutes > 60)
    throw badRequest(`'durationInMinutes' must be a whole number up to 60, not '${minutes}'.`);
  const expiresAt = Date.now() + minutes * 60_000;
  setAdminKey(call.db, call.site.cloudId, call.person.accountId, expiresAt);
  return keyJson(call, expiresAt);
}

function disableKey(call: Call): Reply {
  requireAdminKeys(call);
  setAdminKey(call.db, call.site.cloudId, call.person.accountId, null);
  return nothing();
}

const adminKey = { path: '/wiki/api/v2/admin-key', scopes: [] };
const policies = '/wiki/api/v2/data-policies';

export const governanceRoutes: Route[] = [
  {
    method: 'GET',
    path: `${policies}/metadata`,
    scopes: ['read:configuration:confluence'],
    handle: policyMetadata,
  },
  { method: 'GET', path: `${policies}/spaces`, scopes: ['read:space:confluence'], handle: policySpaces },
  { method: 'GET', ...adminKey, handle: getKey },
  { method: 'POST', ...adminKey, handle: enableKey },
  { method: 'DELETE', ...adminKey, handle: disableKey },
];
