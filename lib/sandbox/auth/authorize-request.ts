import type { App } from '../app.ts';

/** A valid request to `/authorize`. */
export type AuthorizeRequest = {
  clientId: string;
  redirectUri: string;
  scopes: string[];
  state: string | null;
  challenge: string | null;
  loginHint: string | null;
  /** All parameters as they came, to carry them through the pages. */
  query: URLSearchParams;
};

/** A request that cannot go on; with a redirect where the app may be told, else a page for the person. */
export type AuthorizeRefusal = { why: string; redirectTo: string | null };

/** Checks the parameters of `/authorize` as Atlassian does. */
export function readAuthorize(app: App, query: URLSearchParams): AuthorizeRequest | AuthorizeRefusal {
  const stop = (why: string): AuthorizeRefusal => ({ why, redirectTo: null });
  const clientId = query.get('client_id') ?? '';
  if (clientId === '') return stop('unauthorized_client: client_id is missing.');
  if (app.client.id !== null && clientId !== app.client.id)
    return stop(`unauthorized_client: there is no app with the client_id "${clientId}".`);
  const redirectUri = query.get('redirect_uri') ?? '';
  if (!URL.canParse(redirectUri))
    return stop('unauthorized_client: redirect_uri is missing or not an absolute URL.');
  const target = new URL(redirectUri);
  if (!['http:', 'https:'].includes(target.protocol) || target.hash !== '')
    return stop('unauthorized_client: redirect_uri must be an http or https URL without a fragment.');
  if (query.get('audience') !== 'api.atlassian.com')
    return stop('invalid_request: audience must be api.atlassian.com.');

  const state = query.get('state');
  const tell = (error: string, why: string): AuthorizeRefusal => ({
    why,
    redirectTo: callbackUrl(redirectUri, { error, error_description: why, state }),
  });
  if (query.get('response_type') !== 'code')
    return tell('unsupported_response_type', 'response_type must be code.');
  const scopes = [...new Set((query.get('scope') ?? '').split(/\s+/).filter(Boolean))];
  if (scopes.length === 0) return tell('invalid_scope', 'scope is missing.');
  const odd = scopes.find((scope) => !/^[a-z]+[a-z_]*(?::[a-z.-]+){0,2}$/.test(scope));
  if (odd) return tell('invalid_scope', `There is no scope "${odd}".`);
  const challenge = query.get('code_challenge');
  if (challenge !== null && query.get('code_challenge_method') !== 'S256')
    return tell('invalid_request', 'code_challenge_method must be S256.');
  return { clientId, redirectUri, scopes, state, challenge, loginHint: query.get('login_hint'), query };
}

/** The app's callback with parameters added; null ones are left out. */
export function callbackUrl(redirectUri: string, parameters: Record<string, string | null>): string {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries(parameters))
    if (value !== null) url.searchParams.set(name, value);
  return url.href;
}
