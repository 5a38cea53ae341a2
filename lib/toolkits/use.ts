import { StreamableHTTPError } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ToolkitError, UserError } from '#errors';
import { compare } from './compare.ts';
import { accessOf } from './credentials.ts';
import { pinOf } from './definition.ts';
import { failureOf, neverRanThere } from './failures.ts';
import { comparedAt, toolkitTools } from './registry.ts';
import { type CallAnswer, type Session, withServer } from './server.ts';
import type { Person, Toolkit, ToolkitTool } from './types.ts';

/** A read may rely on a comparison this old (milliseconds); a write never does. */
const trustedFor = 5 * 60_000;

type UseOptions = { user: Person; signal: AbortSignal; progress?: (text: string) => void };

/** Greets the server as this person. An access that it refuses at the door is renewed once: nothing was asked of it yet. */
async function asPerson<T>(
  toolkit: Toolkit,
  o: UseOptions,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  let greeted = false;
  const begin = async (rejected: string | null): Promise<T> => {
    const { headers, mark } = await accessOf(toolkit, o.user.id, rejected);
    try {
      return await withServer(
        toolkit,
        { headers, signal: o.signal, ...(o.progress === undefined ? {} : { progress: o.progress }) },
        (session) => {
          greeted = true;
          return work(session);
        },
      );
    } catch (error) {
      const refused = error instanceof StreamableHTTPError && error.code === 401 && !greeted;
      if (!refused || mark === null || rejected !== null) throw error;
      return begin(mark);
    }
  };
  return begin(null);
}

/** The tool as it is known by now. @throws UserError when people may not use it, or it is blocked. */
export function usableTool(operation: string): ToolkitTool {
  const tool = toolkitTools().find((one) => one.operation === operation);
  if (tool === undefined) {
    throw new UserError(
      'not_possible',
      `“${operation}” is not to be had any more: its toolkit was removed or switched off, or it is not allowed now.`,
      {
        next: 'Ask an admin.',
      },
    );
  }
  if (tool.blocked !== null)
    throw new UserError('forbidden', tool.blocked, {
      next: 'Ask an admin to look at it under Settings, Toolkits.',
    });
  return tool;
}

/** Compares what the server lists for this person with what is pinned. @throws UserError when the tool is not what it was, or not theirs. */
async function lookAgain(session: Session, tool: ToolkitTool): Promise<void> {
  const listing = await session.list();
  await compare(tool.toolkit, listing, false);
  const now = usableTool(tool.operation);
  if (now.fingerprint !== tool.fingerprint)
    throw new UserError('conflict', `“${tool.name}” of ${tool.toolkit.name} has changed just now.`, {
      next: 'Look for it again.',
    });
  const listed = listing.tools.find(({ name }) => name === tool.name);
  if (listed === undefined)
    throw new UserError('forbidden', `${tool.toolkit.name} does not offer you “${tool.name}”.`, {
      next: `Ask whoever manages your rights in ${tool.toolkit.name}.`,
    });
  // What is known by now comes from everybody's comparisons; this very server may have shown another tool to this person.
  if (pinOf(listed).fingerprint !== tool.fingerprint)
    throw new UserError(
      'forbidden',
      `“${tool.name}” of ${tool.toolkit.name} is no longer what an admin looked at, so it is blocked.`,
      { next: 'Ask an admin to look at it under Settings, Toolkits.' },
    );
}

/** The tool, if it still is the one that was approved. @throws UserError */
function approvedTool(operation: string, fingerprint: string): ToolkitTool {
  const tool = usableTool(operation);
  if (tool.fingerprint !== fingerprint)
    throw new UserError(
      'conflict',
      `“${tool.name}” of ${tool.toolkit.name} has changed since this was proposed.`,
      {
        next: 'Decline this and ask for it again.',
      },
    );
  return tool;
}

/**
 * Calls a tool that only reads, as this person.
 * @throws UserError needs_connection, reconnect, forbidden; ToolkitError, OperatorError.
 */
export async function readWithTool(
  operation: string,
  args: Record<string, unknown>,
  o: UseOptions,
): Promise<CallAnswer> {
  const tool = usableTool(operation);
  try {
    return await asPerson(tool.toolkit, o, async (session) => {
      if (Date.now() - comparedAt(tool.toolkit.id) > trustedFor) await lookAgain(session, tool);
      return session.call(tool.name, args);
    });
  } catch (error) {
    throw failureOf(error, tool.toolkit, o.signal);
  }
}

/**
 * Finds out whether a tool can be used by this person now and is what was approved. Calls nothing.
 * @throws UserError, ToolkitError, OperatorError
 */
export async function confirmTool(operation: string, fingerprint: string, o: UseOptions): Promise<void> {
  const tool = approvedTool(operation, fingerprint);
  try {
    await asPerson(tool.toolkit, o, (session) => lookAgain(session, tool));
  } catch (error) {
    throw failureOf(error, tool.toolkit, o.signal);
  }
}

/**
 * Calls a tool that writes, as this person, once, after a last look in the same session that it still is what was
 * approved. An error with `data.outcomeUnknown` means that the server may have
 * done it all the same.
 * @throws UserError, ToolkitError, OperatorError
 */
export async function writeWithTool(
  operation: string,
  fingerprint: string,
  args: Record<string, unknown>,
  o: UseOptions,
): Promise<CallAnswer> {
  const tool = approvedTool(operation, fingerprint);
  let sent = false;
  try {
    return await asPerson(tool.toolkit, o, async (session) => {
      await lookAgain(session, tool);
      sent = true;
      return session.call(tool.name, args);
    });
  } catch (error) {
    if (!sent || neverRanThere(error)) throw failureOf(error, tool.toolkit);
    const { message } = failureOf(error, tool.toolkit) as Error;
    throw new ToolkitError('toolkit_unavailable', message, { cause: error, data: { outcomeUnknown: true } });
  }
}
