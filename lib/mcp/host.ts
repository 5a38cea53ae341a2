import { createMcpHandler, LATEST_PROTOCOL_VERSION } from '@modelcontextprotocol/server';
import { InternalError } from '#errors';
import { log } from '#log';
import { allSurface } from './all-surface.ts';
import type { McpDeps, Principal } from './deps.ts';
import { isSession, openStream, sessionFor } from './elicitation/index.ts';
import { entitiesSurface } from './entities-surface.ts';
import type { Exchange } from './exchange.ts';
import { admit, type Refusal, refuse } from './gate.ts';
import { peekMessage } from './message.ts';
import { routerSurface } from './router-surface.ts';
import { buildServer } from './server.ts';
import { stepUp } from './step-up.ts';
import type { Surface, SurfaceName } from './surface.ts';
import { limitHeaders } from './upstream-limit.ts';

/** What `?surface=` may name. */
const surfaces: Record<SurfaceName, Surface> = {
  router: routerSurface,
  all: allSurface,
  entities: entitiesSurface,
};

const largestBody = 4 * 1024 * 1024;
/** An `initialize` is smaller than this. */
const largestInitialize = 64 * 1024;

/** An error of the HTTP layer, as JSON-RPC clients expect it: no id, because no message was read. */
const httpError = ({ refused, message, headers }: Refusal): Response =>
  Response.json(
    { jsonrpc: '2.0', error: { code: refused === 404 ? -32_001 : -32_000, message }, id: null },
    { status: refused, headers },
  );

function surfaceOf(request: Request, principal: Principal): SurfaceName | Refusal {
  const name = new URL(request.url).searchParams.get('surface') ?? principal.key.config.surface;
  if (!Object.hasOwn(surfaces, name))
    return refuse(400, `surface must be one of ${Object.keys(surfaces).join(', ')}.`);
  return name as SurfaceName;
}

/** Revisions after `initialize` have no sessions: an id that comes with them says nothing. */
const isModern = (request: Request): boolean =>
  (request.headers.get('mcp-protocol-version') ?? '') > LATEST_PROTOCOL_VERSION;

/** The client's session, null where it has none, or why its id is refused: it then begins anew (2025-11-25). */
function sessionOf(request: Request, keyId: string): string | Refusal | null {
  const given = request.headers.get('mcp-session-id');
  if (given === null || isModern(request)) return null;
  return isSession(keyId, given) ? given : refuse(404, 'Session not found: send initialize again.');
}

/** A session is all in its id, so there is none to open without an id, or to end. */
const notAllowed = (session: string | null): Refusal =>
  refuse(405, 'Use POST.', { allow: session === null ? 'POST' : 'GET, POST' });

/** The session a client is given with its `initialize`, as a header. Only that comes without a revision in its head. */
async function newSession(request: Request, keyId: string): Promise<Record<string, string>> {
  if (request.headers.has('mcp-session-id') || request.headers.has('mcp-protocol-version')) return {};
  const id = sessionFor(keyId, await peekMessage(request, largestInitialize));
  return id === null ? {} : { 'mcp-session-id': id };
}

/**
 * The MCP endpoint as a function from request to response (Streamable HTTP, stateless, revision 2026-07-28
 * and the `initialize` revisions before it). Closing the request aborts what it does, and so does the end of
 * the right it was let in by.
 * @param pathKey the key in the path `/api/mcp/k/<key>`.
 */
export function createMcpHost(deps: McpDeps): (request: Request, pathKey?: string) => Promise<Response> {
  const handler = createMcpHandler(
    ({ authInfo }) => {
      if (authInfo === undefined)
        throw new InternalError('internal', 'An MCP request reached the server without its caller.');
      const exchange = authInfo.extra as Exchange;
      return buildServer(deps, exchange, surfaces[exchange.surface](exchange.principal.limits, deps));
    },
    {
      maxRequestBodySize: largestBody,
      onerror: (error) => log.debug({ err: error }, 'mcp'),
    },
  );
  return async (request, pathKey) => {
    const admitted = await admit(deps, request, pathKey ?? null);
    if ('refused' in admitted) return httpError(admitted);
    const { principal, right, budget } = admitted;
    const { id } = principal.key;
    const session = sessionOf(request, id);
    if (session !== null && typeof session !== 'string') return httpError(session);
    if (request.method === 'GET' && session !== null) return openStream(session, right, request.signal);
    if (request.method !== 'POST') return httpError(notAllowed(session));
    const surface = surfaceOf(request, principal);
    if (typeof surface !== 'string') return httpError(surface);
    const lacking = await stepUp(deps, principal, request);
    if (lacking !== null) return httpError(lacking);
    const given = await newSession(request, id);
    const exchange: Exchange = { principal, right, surface, session, upstream: null };
    const response = await handler.fetch(request, {
      // The key itself goes no further: only who it stands for.
      authInfo: {
        token: id,
        clientId: id,
        scopes: [],
        ...(right.expiresAt === null ? {} : { expiresAt: Math.floor(right.expiresAt / 1000) }),
        extra: exchange,
      },
    });
    const headers = new Headers(response.headers);
    const more = {
      ...limitHeaders(budget, exchange.upstream),
      ...(response.ok ? given : {}),
      'x-accel-buffering': 'no',
      'cache-control': 'no-store',
    };
    for (const [name, value] of Object.entries(more)) headers.set(name, value);
    return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
  };
}
