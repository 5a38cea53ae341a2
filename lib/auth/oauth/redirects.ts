import { env } from '#env';

const loopbackHosts = ['localhost', '127.0.0.1', '[::1]'];

/** Where a client's answer goes: a site, a program on the person's own computer, or whatever took a scheme. */
export type RedirectKind = 'site' | 'loopback' | 'scheme';

/** The kind of a redirect address that policy allows, or null: https, http on loopback, or a listed scheme. */
export function redirectKind(uri: string): RedirectKind | null {
  if (!URL.canParse(uri)) return null;
  const { protocol, hostname, username, password } = new URL(uri);
  // Backslashes, control characters and white space are read differently by different programs.
  if ([...uri].some((char) => char <= ' ' || char === '\\' || char === '\u007f')) return null;
  if (username !== '' || password !== '' || uri.includes('#')) return null;
  if (protocol === 'https:') return loopbackHosts.includes(hostname) ? 'loopback' : 'site';
  if (protocol === 'http:') return loopbackHosts.includes(hostname) ? 'loopback' : null;
  return env().oauthRedirectSchemes.includes(protocol.slice(0, -1)) ? 'scheme' : null;
}

/** A redirect address for people: its host, or its scheme. */
export function redirectWords(uri: string): string {
  const { protocol, host } = new URL(uri);
  return redirectKind(uri) === 'scheme' ? `${protocol}//` : host;
}

type Metadata = Record<string, unknown>;

/** Why a client's metadata is refused, in the words of RFC 7591. */
export type MetadataFault = {
  error: 'invalid_redirect_uri' | 'invalid_client_metadata';
  error_description: string;
};

/** What is kept of a client's metadata: what the protocol needs and what a person is shown. */
const kept = [
  'client_id',
  'client_name',
  'client_uri',
  'redirect_uris',
  'grant_types',
  'response_types',
  'token_endpoint_auth_method',
  'token_endpoint_auth_signing_alg',
  'application_type',
  'jwks',
  'jwks_uri',
];

const fault = (error: MetadataFault['error'], error_description: string): MetadataFault => ({
  error,
  error_description,
});

/** A loopback address without a port stands for any port (RFC 8252); with one it is taken as it is. */
const anyPort = (uri: string): boolean => {
  const { protocol, port } = new URL(uri);
  return protocol === 'http:' && port === '';
};

/**
 * A client's metadata, registered or fetched, as the authorization server takes it. Clients without a secret are
 * the rule; addresses to return to are held to policy; what a client says of its application type only ever
 * decides whether the port of a loopback address counts.
 */
export function clientMetadata(given: Metadata): { metadata: Metadata } | MetadataFault {
  const uris = given.redirect_uris;
  if (!Array.isArray(uris) || uris.length === 0 || uris.length > 20)
    return fault('invalid_redirect_uri', 'redirect_uris must hold 1 to 20 addresses');
  for (const uri of uris) {
    if (typeof uri !== 'string' || uri.length > 2000 || redirectKind(uri) === null) {
      return fault(
        'invalid_redirect_uri',
        'redirect_uris must use https, http on a loopback address, or a scheme this server allows',
      );
    }
  }
  const name = given.client_name;
  if (name !== undefined && (typeof name !== 'string' || name.length > 200))
    return fault('invalid_client_metadata', 'client_name must be a text of at most 200 characters');
  const metadata = Object.fromEntries(kept.filter((key) => key in given).map((key) => [key, given[key]]));
  const native =
    given.application_type === 'native' || uris.some((uri) => redirectKind(uri) === 'scheme' || anyPort(uri));
  const grants = Array.isArray(given.grant_types)
    ? given.grant_types.filter((type) => type === 'authorization_code' || type === 'refresh_token')
    : ['authorization_code', 'refresh_token'];
  return {
    metadata: {
      token_endpoint_auth_method: 'none',
      ...metadata,
      grant_types: grants.length === 0 ? ['authorization_code'] : grants,
      response_types: ['code'],
      application_type: native ? 'native' : 'web',
    },
  };
}
