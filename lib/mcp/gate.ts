import { env } from '#env';
import { bearerOf, challengeFields, type Right } from '#lib/auth';
import type { McpDeps, Principal } from './deps.ts';
import { takeCall } from './rate.ts';

/** Why a request goes no further; each host words it in its own protocol. */
export type Refusal = { refused: number; message: string; headers: Record<string, string> };

export const refuse = (refused: number, message: string, headers: Record<string, string> = {}): Refusal => ({
  refused,
  message,
  headers: { 'cache-control': 'no-store', ...headers },
});

const loopbackHosts = ['localhost', '127.0.0.1', '[::1]'];

function hostOf(header: string | null): string | null {
  if (header === null || !URL.canParse(`http://${header}`)) return null;
  return new URL(`http://${header}`).hostname;
}

/**
 * Refuses requests that a web page elsewhere could have caused (DNS rebinding, cross-site calls): the Host
 * must be that of `PUBLIC_URL` or loopback, and an Origin, where there is one, must be ours.
 */
export function refuseForeign(request: Request): Refusal | null {
  const ours = new URL(env().publicUrl);
  const host = hostOf(request.headers.get('host'));
  if (host === null || (host !== ours.hostname && !loopbackHosts.includes(host))) {
    return refuse(403, `This host is not served here. Use ${ours.origin}, or set PUBLIC_URL.`);
  }
  const origin = request.headers.get('origin');
  return origin === null || origin === ours.origin
    ? null
    : refuse(403, 'Calls from web pages of other origins are refused.');
}

/** A host that takes no access tokens leaves `verifyToken` out: they are made for `/api/mcp` alone. */
type Verifiers = Pick<McpDeps, 'verifyKey'> & Partial<Pick<McpDeps, 'verifyToken'>>;

function challenge(deps: Verifiers, message: string, error: string | null): Refusal {
  const fields = [
    'realm="Confab"',
    ...(error === null ? [] : [`error="${error}"`]),
    ...(deps.verifyToken === undefined ? [] : challengeFields()),
  ];
  return refuse(401, message, { 'www-authenticate': `Bearer ${fields.join(', ')}` });
}

/**
 * Who calls, from the Authorization header or a key in the path; never from a query string or a cookie.
 * Answers 401 from the headers alone: nobody unknown makes us read a body.
 */
export async function authenticate(
  deps: Verifiers,
  request: Request,
  pathKey: string | null,
): Promise<Principal | Refusal> {
  const presented = pathKey ?? bearerOf(request);
  if (presented === null) {
    return challenge(
      deps,
      'This server needs a key or OAuth: send "Authorization: Bearer cfb_...", made under Settings, MCP, or follow the metadata of the challenge.',
      null,
    );
  }
  const verified =
    (await deps.verifyKey(presented)) ??
    (pathKey === null ? await deps.verifyToken?.(presented) : null) ??
    null;
  if (verified === null)
    return challenge(deps, 'This key is not known here, was revoked or has expired.', 'invalid_token');
  if (pathKey !== null && verified.key.config.require_api_token_auth) {
    return challenge(
      deps,
      'This key must be sent as "Authorization: Bearer cfb_...", not in the URL.',
      'invalid_token',
    );
  }
  return verified;
}

/** A caller who may go on, by which right. `budget`: headers that say what is left of the key's requests. */
export type Admitted = { principal: Principal; right: Right; budget: Record<string, string> };

/** What every host asks first: from where, who, and how often. */
export async function admit(
  deps: Verifiers,
  request: Request,
  pathKey: string | null,
): Promise<Admitted | Refusal> {
  const foreign = refuseForeign(request);
  if (foreign !== null) return foreign;
  const checkedAt = Date.now();
  const principal = await authenticate(deps, request, pathKey);
  if ('refused' in principal) return principal;
  const { id: keyId, expiresAt } = principal.key;
  const { headers: budget, waitSeconds } = takeCall(keyId, env().keyCallsPerMinute, Date.now());
  const right: Right = { keyId, userId: principal.user.id, expiresAt, checkedAt };
  if (waitSeconds === null) return { principal, right, budget };
  return refuse(429, `This key has sent too many requests. Wait ${waitSeconds} s.`, {
    ...budget,
    'retry-after': String(waitSeconds),
  });
}
