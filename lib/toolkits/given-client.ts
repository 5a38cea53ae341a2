import type { OAuthDiscoveryState } from '@modelcontextprotocol/sdk/client/auth.js';
import type { OAuthClientInformationMixed } from '@modelcontextprotocol/sdk/shared/auth.js';
import { allToolkits, database, replaceToolkitClient } from '#db';
import { ToolkitError } from '#errors';
import type { Toolkit } from './types.ts';
import { open, seal } from './vault.ts';

/** A client an admin registered by hand, and the authorization server it turned out to belong to. */
type GivenClient = { client_id: string; client_secret?: string; issuer?: string };

async function stored(toolkitId: string): Promise<{ sealed: string; client: GivenClient } | null> {
  const row = (await allToolkits(await database())).find(({ id }) => id === toolkitId);
  return row?.client == null
    ? null
    : { sealed: row.client, client: open(['toolkit_client', toolkitId], row.client) as GivenClient };
}

/** The client an admin registered by hand for a toolkit, if any. */
export async function givenClient(toolkitId: string): Promise<OAuthClientInformationMixed | null> {
  const found = await stored(toolkitId);
  if (found === null) return null;
  // Whom it belongs to is checked by `boundClient`, in words that people understand.
  const { issuer, ...client } = found.client;
  return client;
}

const spelled = (issuer: string): string => new URL(issuer).href.replace(/\/$/, '');

/**
 * The client an admin registered by hand, bound to the authorization server that its toolkit named first. Whoever
 * runs the toolkit's server could otherwise name one of their own later, and be sent the secret. What counts is the
 * address the server's metadata was fetched from (its issuer, RFC 9728, 2), not what the metadata says.
 * @throws ToolkitError when the toolkit names another by now.
 */
export async function boundClient(
  toolkit: Toolkit,
  discovery: OAuthDiscoveryState,
): Promise<OAuthClientInformationMixed | null> {
  const found = await stored(toolkit.id);
  if (found === null || found.client.client_secret === undefined) return found?.client ?? null;
  const issuer = spelled(discovery.authorizationServerUrl);
  const { sealed, client } = found;
  if (client.issuer === undefined) {
    const bound = { ...client, issuer };
    const moved = await replaceToolkitClient(
      await database(),
      { id: toolkit.id, oldClient: sealed },
      seal(['toolkit_client', toolkit.id], bound),
    );
    // Somebody else's sign-in was quicker to bind it: theirs counts.
    return moved ? bound : boundClient(toolkit, discovery);
  }
  if (client.issuer === issuer) return client;
  throw new ToolkitError(
    'toolkit_rejected',
    `${toolkit.name} names another sign-in server than the one its client was registered at. The client's secret is not sent there.`,
    {
      next: 'Tell an admin. If the move is right, they remove the toolkit and add it anew with a client registered there.',
      data: { said: `${client.issuer} before, ${issuer} now` },
    },
  );
}
