import { LATEST_PROTOCOL_VERSION, SUPPORTED_PROTOCOL_VERSIONS } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { openText, sealText } from '#secret';

/** URL mode came with this revision. */
const since = '2025-11-25';

/** Capabilities of a client that opens addresses for its person (URL mode). */
export const opensAddresses = z.object({ elicitation: z.object({ url: z.looseObject({}) }) });

const initializeSchema = z.object({
  method: z.literal('initialize'),
  params: z.object({
    protocolVersion: z.string(),
    capabilities: opensAddresses,
  }),
});

/** What the revision of `initialize` settles on: the asked one where we speak it, else our newest. */
const negotiated = (asked: string): string =>
  SUPPORTED_PROTOCOL_VERSIONS.includes(asked) ? asked : LATEST_PROTOCOL_VERSION;

/**
 * An `Mcp-Session-Id` for a client that has said in `initialize` that it opens addresses for its person, else
 * null. The id is all there is of the session: what the client can do, sealed and bound to its key, so that
 * nothing is kept here, any process understands it, and it is worth nothing without the key. Clients without
 * that ability get no session and lose nothing.
 * @param message the message that came, as JSON
 */
export function sessionFor(keyId: string, message: unknown): string | null {
  const { data } = initializeSchema.safeParse(message);
  if (data === undefined || negotiated(data.params.protocolVersion) < since) return null;
  return sealText('mcp-session', [keyId], JSON.stringify({ version: since, elicitation: ['url'] }));
}

/** Whether an id is one that we gave to a client of this key. Unknown, altered and foreign ids are alike. */
export function isSession(keyId: string, id: string): boolean {
  try {
    return openText('mcp-session', [keyId], id) !== '';
  } catch {
    return false;
  }
}
