import { env } from '#env';
import { askProvider } from './handler.ts';
import { mcpResource, resourceScopes, scopesOf, usualTiers } from './scopes.ts';

const open = { 'access-control-allow-origin': '*', 'cache-control': 'public, max-age=300' };

/** Where a client learns how to get a token (RFC 9728); the address that a 401 names. */
export function resourceMetadataUrl(): string {
  return `${env().publicUrl}/.well-known/oauth-protected-resource/api/mcp`;
}

/** The fields of a `WWW-Authenticate: Bearer` challenge that lead a client to a consent. */
export function challengeFields(scope: string = scopesOf(usualTiers)): string[] {
  return [`resource_metadata="${resourceMetadataUrl()}"`, `scope="${scope}"`];
}

/** `/.well-known/oauth-protected-resource`, with and without the path of the resource. */
export function protectedResourceMetadata(path: readonly string[]): Response {
  if (path.length > 0 && path.join('/') !== 'api/mcp') return new Response(null, { status: 404 });
  const { publicUrl } = env();
  return Response.json(
    {
      resource: mcpResource(),
      authorization_servers: [publicUrl],
      scopes_supported: resourceScopes.slice(0, usualTiers.length),
      bearer_methods_supported: ['header'],
      resource_name: 'Confab',
      resource_documentation: `${publicUrl}/settings/mcp`,
    },
    { headers: open },
  );
}

/**
 * `/.well-known/oauth-authorization-server` (RFC 8414) and `/.well-known/openid-configuration`: what the library
 * says of itself, without what is switched off in front of it.
 */
export async function authorizationServerMetadata(request: Request): Promise<Response> {
  const answer = await askProvider(request, '/.well-known/oauth-authorization-server');
  const own = (await answer.json()) as Record<string, unknown>;
  return Response.json(
    {
      ...own,
      scopes_supported: [...resourceScopes, 'offline_access'],
      response_modes_supported: ['query'],
      resource_indicators_supported: true,
      service_documentation: `${env().publicUrl}/settings/mcp`,
    },
    { status: answer.status, headers: open },
  );
}
