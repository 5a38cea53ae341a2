import { env } from '#env';
import { bearerOf } from '#lib/auth';
import type { McpDeps, Principal } from './deps.ts';

/** An error of the HTTP layer, as JSON-RPC clients expect it: no id, because no message was read. */
export function httpError(status: number, message: string, headers: Record<string, string> = {}): Response {
  return Response.json(
    { jsonrpc: '2.0', error: { code: -32_000, message }, id: null },
    { status, headers: { 'cache-control': 'no-store', ...headers } },
  );
}

const loopbackHosts = ['localhost', '127.0.0.1', '[::1]'];

function hostOf(header: string | null): string | null {
  if (header === null || !URL.canParse(`http://${header}`)) return null;
  return new URL(`http://${header}`).hostname;
}

/**
 * Refuses requests that a web page elsewhere could have caused (DNS rebinding, cross-site calls): the Host
 * must be that of `PUBLIC_URL` or loopback, and an Origin, where there is one, must be ours.
 */
export function refuseForeign(request: Request): Response | null {
  const ours = new URL(env().publicUrl);
  const host = hostOf(request.headers.get('host'));
  if (host === null || (host !== ours.hostname && !loopbackHosts.includes(host))) {
    return httpError(403, `This host is not served here. Use ${ours.origin}, or set PUBLIC_URL.`);
  }
  const origin = request.headers.get('origin');
  return origin === null || origin === ours.origin
    ? null
    : httpError(403, 'Calls from web pages of other origins are refused.');
}

function challenge(message: string, error: string | null): Response {
  const fields = ['realm="Confab"', ...(error === null ? [] : [`error="${error}"`])];
  return httpError(401, message, { 'www-authenticate': `Bearer ${fields.join(', ')}` });
}

/**
 * Who calls, from the Authorization header or a key in the path; never from a query string or a cookie.
 * Answers 401 from the headers alone: nobody unknown makes us read a body.
 */
export async function authenticate(
  deps: Pick<McpDeps, 'verifyKey'>,
  request: Request,
  pathKey: string | null,
): Promise<Principal | Response> {
  const presented = pathKey ?? bearerOf(request);
  if (presented === null) {
    return challenge(
      'This server needs a key: send "Authorization: Bearer cfb_...". Make one under Settings, MCP.',
      null,
    );
  }
  const verified = await deps.verifyKey(presented);
  if (verified === null)
    return challenge('This key is not known here, was revoked or has expired.', 'invalid_token');
  if (pathKey !== null && verified.key.config.require_api_token_auth) {
    return challenge(
      'This key must be sent as "Authorization: Bearer cfb_...", not in the URL.',
      'invalid_token',
    );
  }
  return verified;
}
