import { createMcpHandler } from '@modelcontextprotocol/server';
import { InternalError } from '#errors';
import { log } from '#log';
import type { McpDeps, Principal } from './deps.ts';
import { authenticate, httpError, refuseForeign } from './gate.ts';
import { routerSurface } from './router-surface.ts';
import { buildServer } from './server.ts';
import type { Surface } from './surface.ts';

type SurfaceName = Principal['key']['config']['surface'];

/** What `?surface=` may name. Null: not offered by this version, which says so. */
const surfaces: Record<SurfaceName, Surface | null> = { router: routerSurface, all: null, entities: null };

const largestBody = 4 * 1024 * 1024;

/** What a verified request hands to the server that is built for it. */
type Session = { principal: Principal; surface: Surface };

function surfaceOf(request: Request, principal: Principal): Surface | Response {
  const name = new URL(request.url).searchParams.get('surface') ?? principal.key.config.surface;
  if (!Object.hasOwn(surfaces, name))
    return httpError(400, `surface must be one of ${Object.keys(surfaces).join(', ')}.`);
  return (
    surfaces[name as SurfaceName] ??
    httpError(400, `The surface "${name}" is not offered by this version. Use surface=router.`)
  );
}

/**
 * The MCP endpoint as a function from request to response (Streamable HTTP, stateless, revision 2026-07-28
 * and the `initialize` revisions before it). Closing the request aborts what it does.
 * @param pathKey the key in the path `/api/mcp/k/<key>`.
 */
export function createMcpHost(deps: McpDeps): (request: Request, pathKey?: string) => Promise<Response> {
  const handler = createMcpHandler(
    ({ authInfo }) => {
      if (authInfo === undefined)
        throw new InternalError('internal', 'An MCP request reached the server without its caller.');
      const { principal, surface } = authInfo.extra as Session;
      return buildServer(deps, principal, surface(principal.limits, deps));
    },
    {
      maxRequestBodySize: largestBody,
      // Nothing here changes during a session, so there is nothing to subscribe to.
      maxSubscriptions: 0,
      onerror: (error) => log.debug({ err: error }, 'mcp'),
    },
  );
  return async (request, pathKey) => {
    const refused = refuseForeign(request);
    if (refused !== null) return refused;
    const principal = await authenticate(deps, request, pathKey ?? null);
    if (principal instanceof Response) return principal;
    if (request.method !== 'POST')
      return httpError(405, 'This server keeps no sessions: use POST.', { allow: 'POST' });
    const surface = surfaceOf(request, principal);
    if (surface instanceof Response) return surface;
    const session: Session = { principal, surface };
    const { id, expiresAt } = principal.key;
    const response = await handler.fetch(request, {
      // The key itself goes no further: only who it stands for.
      authInfo: {
        token: id,
        clientId: id,
        scopes: [],
        ...(expiresAt === null ? {} : { expiresAt: Math.floor(expiresAt / 1000) }),
        extra: session,
      },
    });
    const headers = new Headers(response.headers);
    headers.set('x-accel-buffering', 'no');
    headers.set('cache-control', 'no-store');
    return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
  };
}
