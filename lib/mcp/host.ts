import { createMcpHandler } from '@modelcontextprotocol/server';
import { InternalError } from '#errors';
import { log } from '#log';
import { allSurface } from './all-surface.ts';
import type { McpDeps, Principal } from './deps.ts';
import { entitiesSurface } from './entities-surface.ts';
import { admit, type Refusal, refuse } from './gate.ts';
import { routerSurface } from './router-surface.ts';
import { buildServer } from './server.ts';
import { stepUp } from './step-up.ts';
import type { Surface } from './surface.ts';

type SurfaceName = Principal['key']['config']['surface'];

/** What `?surface=` may name. */
const surfaces: Record<SurfaceName, Surface> = {
  router: routerSurface,
  all: allSurface,
  entities: entitiesSurface,
};

const largestBody = 4 * 1024 * 1024;

/** What a verified request hands to the server that is built for it. */
type Session = { principal: Principal; surface: Surface };

/** An error of the HTTP layer, as JSON-RPC clients expect it: no id, because no message was read. */
const httpError = ({ refused, message, headers }: Refusal): Response =>
  Response.json(
    { jsonrpc: '2.0', error: { code: -32_000, message }, id: null },
    { status: refused, headers },
  );

function surfaceOf(request: Request, principal: Principal): Surface | Refusal {
  const name = new URL(request.url).searchParams.get('surface') ?? principal.key.config.surface;
  if (!Object.hasOwn(surfaces, name))
    return refuse(400, `surface must be one of ${Object.keys(surfaces).join(', ')}.`);
  return surfaces[name as SurfaceName];
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
    const admitted = await admit(deps, request, pathKey ?? null);
    if ('refused' in admitted) return httpError(admitted);
    const { principal, budget } = admitted;
    const surface =
      request.method === 'POST'
        ? surfaceOf(request, principal)
        : refuse(405, 'This server keeps no sessions: use POST.', { allow: 'POST' });
    if ('refused' in surface) return httpError(surface);
    const lacking = await stepUp(deps, principal, request);
    if (lacking !== null) return httpError(lacking);
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
    for (const [name, value] of Object.entries(budget)) headers.set(name, value);
    headers.set('x-accel-buffering', 'no');
    headers.set('cache-control', 'no-store');
    return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
  };
}
