import { createHash } from 'node:crypto';
import { ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { openText, sealText } from '#secret';

/** A request by what makes it the same request when it comes again. */
export type Asked = { method: string; name: string; args: unknown };

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, inner]) => [name, sorted(inner)]),
  );
}

/** Names a request of a key by its content: SHA-256 of method, name and arguments in any order. */
export function callIdOf(keyId: string, { method, name, args }: Asked): string {
  return createHash('sha256')
    .update(JSON.stringify([keyId, method, name, sorted(args)]))
    .digest('hex');
}

/** Long enough for a person who looks at the dialog later. */
const lifetimeMs = 60 * 60 * 1000;

const stateSchema = z.object({
  /** What the client was asked to open: the page of a change, or the page to connect. */
  about: z.discriminatedUnion('page', [
    z.object({ page: z.literal('change'), id: z.string() }),
    z.object({ page: z.literal('connect'), scopes: z.array(z.string()) }),
  ]),
  expiresAt: z.number(),
});

/** What a request that comes back was about. */
export type About = z.infer<typeof stateSchema>['about'];

/** The `requestState` of an `input_required` result: sealed, bound to the key and this very request, for an hour. */
export function sealState(keyId: string, callId: string, about: About): string {
  return sealText(
    'mcp-request',
    [keyId, callId],
    JSON.stringify({ about, expiresAt: Date.now() + lifetimeMs }),
  );
}

/** @throws ProtocolError for a state that was altered, is over, or belongs to another key or request. */
export function openState(keyId: string, callId: string, state: string): About {
  const refuse = (cause?: unknown): ProtocolError => {
    const error = new ProtocolError(
      ProtocolErrorCode.InvalidParams,
      'Invalid or expired requestState: call again without it.',
      { reason: 'invalid_request_state' },
    );
    return Object.assign(error, { cause });
  };
  let text: string;
  try {
    text = openText('mcp-request', [keyId, callId], state);
  } catch (error) {
    throw refuse(error);
  }
  const { about, expiresAt } = stateSchema.parse(JSON.parse(text));
  if (expiresAt <= Date.now()) throw refuse();
  return about;
}
