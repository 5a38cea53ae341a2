import type { CallToolResult } from '@modelcontextprotocol/server';
import { env } from '#env';
import { type ErrorCode, type ErrorView, isAbort, toErrorView } from '#errors';
import { connectLink } from '#lib/connections';
import { type OutputFormat, readFormat } from '#lib/router';
import { accessNeededSchema, toolkitNeededSchema } from '#lib/wire';
import { log } from '#log';
import type { Answer } from './deps.ts';
import { limitText, upstreamLimit } from './upstream-limit.ts';

const formatNames = ['output_format', 'outputFormat'];

function takeOne(given: Record<string, unknown>): { wanted: unknown; rest: Record<string, unknown> } {
  const rest = Object.fromEntries(Object.entries(given).filter(([name]) => !formatNames.includes(name)));
  return { wanted: given.output_format ?? given.outputFormat, rest };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Takes the wanted form out of a tool's arguments (`output_format`, or `outputFormat`), or out of the input
 * of an executor.
 * @throws UserError `invalid_input` for another value.
 */
export function takeFormat(given: Record<string, unknown>): {
  format: OutputFormat;
  args: Record<string, unknown>;
} {
  const { wanted, rest } = takeOne(given);
  if (!isRecord(rest.input)) return { format: readFormat(wanted), args: rest };
  const inner = takeOne(rest.input);
  return { format: readFormat(wanted ?? inner.wanted), args: { ...rest, input: inner.rest } };
}

const shortest = 400;

/** An answer in the form the client wants. `promised`: the tool's output schema says that data comes. */
export function toResult(answer: Answer, format: OutputFormat, promised = false): CallToolResult {
  const brief = answer.short.length > shortest ? `${answer.short.slice(0, shortest)}…` : answer.short;
  const text = format === 'structured' && answer.isError !== true ? brief : answer.text;
  const withData = promised || format !== 'verbose' || answer.alwaysData === true;
  return {
    content: [
      { type: 'text', text },
      ...(answer.image === undefined
        ? []
        : [{ type: 'image' as const, data: answer.image.base64, mimeType: answer.image.mediaType }]),
    ],
    ...(withData ? { structuredContent: answer.data } : {}),
    ...(answer.isError === true ? { isError: true } : {}),
  };
}

/** Errors that a person mends on the connect page. */
const mendedByConnecting: Partial<Record<ErrorCode, string>> = {
  needs_connection: 'Ask the person to open this link and connect Confluence, then call again',
  reconnect: 'Ask the person to open this link and connect again, then call again',
  missing_scope: 'Ask the person to open this link and grant the missing access, then call again',
};

function suggestions(view: ErrorView): string[] {
  const found = view.data?.suggestions;
  return Array.isArray(found) ? found.filter((name): name is string => typeof name === 'string') : [];
}

/** A thrown value as a tool's answer: what happened, why, what next. Unknown ones are logged, not shown. `aborted`: the client has gone. */
export function errorAnswer(error: unknown, aborted = false): Answer {
  const view = toErrorView(error);
  if (view.code === 'internal' && !aborted && !isAbort(error))
    log.error({ err: error }, 'an MCP tool call failed');
  const connect = mendedByConnecting[view.code];
  const access = accessNeededSchema.safeParse(view.data?.access).data;
  const toolkit = toolkitNeededSchema.safeParse(view.data?.toolkit).data;
  const path = toolkit?.path ?? access?.path;
  const url = connect === undefined ? null : path === undefined ? connectLink() : `${env().publicUrl}${path}`;
  const limit = upstreamLimit(view);
  const names = suggestions(view);
  const named = names.every((name) => view.message.split(/[^\w]+/).includes(name));
  const text = [
    view.message,
    ...(view.next === null ? [] : [view.next]),
    ...(names.length === 0 || named ? [] : [`Did you mean: ${names.join(', ')}?`]),
    ...(limit === null && view.retryAfterSeconds !== undefined
      ? [`Wait ${view.retryAfterSeconds} s first.`]
      : []),
    ...(limit === null ? [] : [limitText(limit)]),
    ...(url === null
      ? []
      : [`${toolkit === undefined ? connect : connect?.replace('Confluence', toolkit.name)}: ${url}`]),
  ].join('\n');
  return {
    text,
    short: text,
    data: {
      error: view,
      ...(url === null ? {} : { connect_url: url, reason: view.data?.reason ?? view.code }),
      ...(limit === null ? {} : { rate_limit: limit }),
    },
    isError: true,
    alwaysData: url !== null || limit !== null,
    // Carrying a client's person waits for Confluence; to a toolkit the link leads.
    ...(url === null || toolkit !== undefined
      ? {}
      : { ask: { page: 'connect', url, why: view.message, scopes: access?.scopes ?? [] } }),
  };
}
