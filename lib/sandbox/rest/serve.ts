import { type App, siteById, siteUrl } from '../app.ts';
import { type Caller, identify } from '../auth/identify.ts';
import { adminKeyOf, allSites, isOfSite } from '../db/index.ts';
import { JsonBody } from '../http/json-body.ts';
import type { Reply, Request } from '../http/message.ts';
import { Problem } from '../http/problem.ts';
import { Query } from '../http/query.ts';
import { Access } from '../permissions.ts';
import { v1Routes } from '../rest-v1/routes.ts';
import { v2Routes } from '../rest-v2/routes.ts';
import { advanceTasks } from '../tasks/long-tasks.ts';
import type { Site } from '../types.ts';
import { audited } from './audited.ts';
import { type Call, type Route, RouteTable } from './route.ts';

export const routeTable = new RouteTable([...v2Routes, ...v1Routes]);

/** A REST request, seen as a path of one site. */
export type RestTarget = { site: Site | undefined; path: string; gateway: boolean };

/** Tells REST requests from others: through the gateway (`/ex/confluence/{cloudId}`) or at the site itself. */
export function restTarget(app: App, path: string): RestTarget | undefined {
  const gateway = /^\/ex\/confluence\/([^/]+)(?:\/wiki)?(\/.*)$/.exec(path);
  if (gateway) return { site: siteById(app, gateway[1] ?? ''), path: `/wiki${gateway[2]}`, gateway: true };
  const direct = /^(\/labs)?(\/wiki\/(?:api|rest)\/.*)$/.exec(path);
  if (!direct) return undefined;
  const sitePath = direct[1] ? '/labs/wiki' : '/wiki';
  return {
    site: allSites(app.db).find((site) => site.path === sitePath),
    path: direct[2] ?? '',
    gateway: false,
  };
}

/** Answers one REST request. `names` are the forms of `METHOD /path` that faults are matched against. */
export function serveRest(
  app: App,
  request: Request,
  target: RestTarget,
  names: string[],
  seen: (caller: Caller) => void,
): Reply {
  const caller = identify(app, request);
  seen(caller);
  app.rate.take(caller.grant?.clientId ?? caller.person.accountId, app.settings, Date.now());
  const site = admitted(app, caller, target);
  const found = routeTable.find(request.method, target.path);
  if (!found)
    throw new Problem(501, `The practice Confluence does not offer ${request.method} ${target.path}.`);
  requireScopes(app, caller, found.route, names);
  advanceTasks(app, Date.now());
  const call: Call = {
    app,
    db: app.db,
    request,
    site,
    person: caller.person,
    byApp: caller.grant !== null,
    access: new Access(app.db, site.cloudId, caller.person, usesAdminKey(app, caller, site, request, target)),
    params: found.params,
    query: new Query(request.query),
    path: target.path,
    base: `${siteUrl(app, site)}/wiki`,
    body: () => new JsonBody(JsonBody.parse(request.body)),
  };
  const reply = audited(call, () => found.route.handle(call));
  app.rate.add(reply.points ?? 0);
  return reply;
}

/** The site, when the caller may use it: OAuth only through the gateway and only sites of the grant. */
function admitted(app: App, caller: Caller, { site, gateway }: RestTarget): Site {
  const refused = new Problem(401, 'Unauthorized', { gateway: true });
  if (!site) throw gateway ? refused : new Problem(404, 'There is no such site.');
  if (caller.grant && (!gateway || !caller.grant.cloudIds.includes(site.cloudId))) throw refused;
  if (!isOfSite(app.db, site.cloudId, caller.person.accountId))
    throw new Problem(403, 'Current user not permitted to use Confluence');
  return site;
}

/** A token that names very many scopes no longer fits into the headers the gateway sends on. */
const mostScopes = 80;

function requireScopes(app: App, caller: Caller, route: Route, names: string[]): void {
  const { grant } = caller;
  if (!grant) return;
  if (grant.scopes.length > mostScopes)
    throw new Problem(400, 'Request header is too large', { gateway: true });
  const held = (scopes: readonly string[] | undefined) =>
    scopes?.every((scope) => grant.scopes.includes(scope)) ?? false;
  const missing = !held(route.scopes) && !held(route.classic);
  if (missing || app.faults.takeMissingScope(names, route.scopes))
    throw new Problem(401, 'Unauthorized; scope does not match', { gateway: true });
}

/** A person's own token with the header that asks for it, while the key lasts. Search does not honour it (CONFCLOUD-81961). */
function usesAdminKey(app: App, caller: Caller, site: Site, request: Request, { path }: RestTarget): boolean {
  const asked = caller.grant === null && request.headers['atl-confluence-with-admin-key'] === 'true';
  if (!asked || path.startsWith('/wiki/rest/api/search')) return false;
  return adminKeyOf(app.db, site.cloudId, caller.person.accountId, Date.now()) !== undefined;
}
