import { toFetchResponse, toReqRes } from 'fetch-to-node';
import { env } from '#env';
import { addressOf } from '../attempts.ts';
import { boundedText, isSameOrigin } from '../guard.ts';
import { oauthProvider, paths } from './provider.ts';
import { countRequest } from './rate.ts';
import { clientMetadata } from './redirects.ts';
import { scopesOf, tiersIn, usualTiers } from './scopes.ts';

const largestBody = 56 * 1024;

const refusal = (status: number, error: string, description: string, headers: HeadersInit = {}): Response =>
  Response.json(
    { error, error_description: description },
    { status, headers: { 'cache-control': 'no-store', ...headers } },
  );

/** What of a request reaches the library: nothing that says from where or through what it came. */
const passed = ['accept', 'authorization', 'content-type', 'origin', 'user-agent'];

function ownCookies(header: string | null): string {
  return (header ?? '')
    .split(/;\s*/)
    .filter((pair) => /^confab_oauth(_back)?(\.sig)?=/.test(pair))
    .join('; ');
}

/** The request as the library may see it: at our public address, whatever its headers say. */
function cleanRequest(request: Request, path: string, body: string | undefined): Request {
  const headers = new Headers({ host: new URL(env().publicUrl).host });
  for (const name of passed) {
    const value = request.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  const cookies = ownCookies(request.headers.get('cookie'));
  if (cookies !== '') headers.set('cookie', cookies);
  if (body !== undefined) headers.set('content-length', String(Buffer.byteLength(body)));
  return new Request(new URL(path, env().publicUrl), {
    method: request.method,
    headers,
    ...(body === undefined ? {} : { body }),
  });
}

/** A request and its answer as Node's servers know them. */
export function nodePair(request: Request): ReturnType<typeof toReqRes> {
  const pair = toReqRes(request);
  // There is no connection to ask: whether ours is encrypted is a matter of configuration.
  const encrypted = env().publicUrl.startsWith('https://');
  Object.defineProperty(pair.req, 'socket', { value: { encrypted, remoteAddress: '127.0.0.1' } });
  return pair;
}

/** Asks the library itself. */
export async function askProvider(request: Request, path: string, body?: string): Promise<Response> {
  const provider = await oauthProvider();
  const { req, res } = nodePair(cleanRequest(request, path, body));
  await provider.callback()(req, res);
  const answer = await toFetchResponse(res);
  const headers = new Headers(answer.headers);
  headers.delete('connection');
  headers.delete('keep-alive');
  headers.delete('transfer-encoding');
  const cookies = headers.getSetCookie().filter((cookie) => !cookie.startsWith('confab_oauth_none'));
  headers.delete('set-cookie');
  for (const cookie of cookies) headers.append('set-cookie', cookie);
  if (!headers.has('cache-control')) headers.set('cache-control', 'no-store');
  headers.set('x-frame-options', 'DENY');
  headers.set('referrer-policy', 'no-referrer');
  return new Response(answer.status === 204 ? null : answer.body, { status: answer.status, headers });
}

/** A registration, with its metadata under our policy (RFC 7591 lets a server replace what was asked). */
function registration(text: string): string | Response {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    return refusal(400, 'invalid_client_metadata', 'the body must be a JSON object');
  }
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    return refusal(400, 'invalid_client_metadata', 'the body must be a JSON object');
  const { client_id: _, ...rest } = given as Record<string, unknown>;
  const checked = clientMetadata(rest);
  return 'error' in checked
    ? refusal(400, checked.error, checked.error_description)
    : JSON.stringify(checked.metadata);
}

/** A client that names no scope of ours is taken to ask for the usual ones. */
function authorizeQuery(query: URLSearchParams): URLSearchParams | Response {
  const mode = query.get('response_mode');
  if (mode !== null && mode !== 'query') {
    return refusal(400, 'invalid_request', 'response_mode must be query');
  }
  const asked = new URLSearchParams(query);
  const scope = asked.get('scope') ?? '';
  if (tiersIn(scope).length === 0) asked.set('scope', `${scope} ${scopesOf(usualTiers)}`.trim());
  return asked;
}

const doors: Readonly<Record<string, Parameters<typeof countRequest>[0]>> = {
  [paths.registration]: 'register',
  [paths.authorization]: 'authorize',
  [paths.token]: 'token',
  [paths.revocation]: 'token',
};

/** Serves everything under `/oauth/` that is not a page of ours. */
export async function handleOauth(request: Request): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url);
  const door = doors[pathname];
  if (door !== undefined) {
    const seconds = countRequest(door, addressOf(request.headers.get('x-forwarded-for')));
    if (seconds !== null) {
      return refusal(429, 'temporarily_unavailable', `too many requests: wait ${seconds} s`, {
        'retry-after': String(seconds),
      });
    }
  }
  if (request.method === 'GET' || request.method === 'OPTIONS') {
    const query = pathname === paths.authorization ? authorizeQuery(searchParams) : searchParams;
    if (query instanceof Response) return query;
    const search = query.toString();
    return askProvider(request, search === '' ? pathname : `${pathname}?${search}`);
  }
  // Programs send no Origin. A web page elsewhere could not use a token either: `/api/mcp` refuses it too.
  if (request.headers.has('origin') && !isSameOrigin(request))
    return refusal(403, 'invalid_request', 'calls from web pages of other origins are refused');
  if (request.method !== 'POST') return refusal(405, 'invalid_request', 'use GET or POST');
  const text = await boundedText(request, largestBody);
  if (text === null || text === '')
    return refusal(413, 'invalid_request', `the body must have 1 to ${largestBody} bytes`);
  const body = pathname === paths.registration ? registration(text) : text;
  return typeof body === 'string' ? askProvider(request, pathname, body) : body;
}
