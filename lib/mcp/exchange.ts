import {
  CLIENT_CAPABILITIES_META_KEY,
  type NotificationMethod,
  ProtocolError,
  ProtocolErrorCode,
  Server,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { z } from 'zod';
import { UserError } from '#errors';
import { type Right, whileAllowed } from '#lib/auth';
import { log } from '#log';
import { errorAnswer } from './answers.ts';
import type { Call, McpDeps, Principal } from './deps.ts';
import { type Asker, completeNotice, opensAddresses } from './elicitation/index.ts';
import type { SurfaceName } from './surface.ts';
import type { UpstreamLimit } from './upstream-limit.ts';
import { beginWork } from './work.ts';

/** One HTTP request, as the server built for it sees it. */
export type Exchange = {
  principal: Principal;
  /** What lets it run: its end ends the request. */
  right: Right;
  surface: SurfaceName;
  /** Of a client of 2025-11-25 that opens addresses for its person. */
  session: string | null;
  /** Left here for the answer's headers, where they have not gone out yet. */
  upstream: UpstreamLimit | null;
};

/** Without sessions an instance never sees what its client declared; our session id says it instead. */
export class SessionServer extends Server {
  protected override assertNotificationCapability(method: NotificationMethod | string): void {
    if (method !== completeNotice('').method) super.assertNotificationCapability(method);
  }
}

function send(ctx: ServerContext, notification: Parameters<ServerContext['mcpReq']['notify']>[0]): void {
  ctx.mcpReq
    .notify(notification)
    .catch((error: unknown) => log.debug({ err: error }, 'a notification could not be sent'));
}

/** Tells the client what a long call is doing, where it asked to be told. */
function progressOf(ctx: ServerContext): (text: string) => void {
  const token = ctx.mcpReq._meta?.progressToken;
  if (token === undefined) return () => {};
  let step = 0;
  return (message) => {
    step += 1;
    send(ctx, {
      method: 'notifications/progress',
      params: { progressToken: token, progress: step, message },
    });
  };
}

/** What every request of 2026-07-28 says of its client. */
const declaredSchema = z.object({ [CLIENT_CAPABILITIES_META_KEY]: opensAddresses });

/** How this client can carry its person to a page; null where it cannot. */
export function askerOf(ctx: ServerContext, { session }: Exchange): Asker | null {
  if (session !== null) return { by: 'error', session, complete: (id) => send(ctx, completeNotice(id)) };
  if (!declaredSchema.safeParse(ctx.mcpReq.envelope).success) return null;
  const { inputResponses: responses } = ctx.mcpReq;
  return { by: 'result', state: ctx.mcpReq.requestState<string>(), responses };
}

/** A thrown value as an error of the protocol: where there is no tool result to say it in. */
export function protocolError(error: unknown, aborted: boolean): ProtocolError {
  if (error instanceof ProtocolError) return error;
  const { text, data } = errorAnswer(error, aborted);
  const code =
    (data.error as { code?: string }).code === 'internal'
      ? ProtocolErrorCode.InternalError
      : ProtocolErrorCode.InvalidParams;
  return new ProtocolError(code, text, data);
}

/** What the HTTP layer answers with where there is no better code: the access has ended, whatever was asked. */
const accessEnded = (error: UserError): ProtocolError =>
  new ProtocolError(-32_000, `${error.message} ${error.next}`);

/**
 * Runs what a request asks for, until the client closes or cancels it or its right ends: then it is answered at
 * once, whatever the work still does.
 */
export async function during<T>(
  deps: McpDeps,
  { principal, right }: Exchange,
  ctx: ServerContext,
  run: (call: Call) => Promise<T>,
): Promise<T> {
  try {
    return await whileAllowed(right, async (allowed) => {
      const closed = AbortSignal.any([ctx.mcpReq.signal, allowed]);
      const work = beginWork(principal.key.id, ctx.mcpReq.id, closed);
      try {
        return await run({ deps, principal, signal: work.signal, progress: progressOf(ctx) });
      } finally {
        work.end();
      }
    });
  } catch (error) {
    const ended = error instanceof UserError && error.code === 'needs_sign_in';
    throw ended ? accessEnded(error) : error;
  }
}
