import { StreamableHTTPError } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { OAuthError } from '@modelcontextprotocol/sdk/server/auth/errors.js';
import { ErrorCode, McpError } from '@modelcontextprotocol/sdk/types.js';
import { ConfabError, isAbort, OperatorError, ToolkitError, UserError } from '#errors';
import { Refused, TooLarge } from '#lib/guarded-fetch';
import type { ToolkitNeeded } from '#lib/wire';
import type { Toolkit } from './types.ts';
import { bounded } from './words.ts';

type Named = Pick<Toolkit, 'name' | 'slug'>;

/** Where a person connects a toolkit. */
export const connectPathOf = ({ slug }: Pick<Toolkit, 'slug'>): string => `/settings/toolkits/${slug}`;

/** The error of a person without credentials that can be used; hosts show it with the way to connect. */
export function mustConnect(toolkit: Named, reason: 'not_connected' | 'expired'): UserError {
  const needed: ToolkitNeeded = { slug: toolkit.slug, name: toolkit.name, path: connectPathOf(toolkit) };
  return reason === 'not_connected'
    ? new UserError('needs_connection', `${toolkit.name} is not connected for you yet.`, {
        next: `Connect ${toolkit.name} first.`,
        data: { reason, toolkit: needed },
      })
    : new UserError('reconnect', `Your access to ${toolkit.name} has ended.`, {
        next: `Connect ${toolkit.name} again.`,
        data: { reason, toolkit: needed },
      });
}

const serverNext = 'Try again later, or ask whoever runs that server.';

function httpFailure(toolkit: Named, status: number, text: string): ConfabError {
  const redirect = /Redirect to (\S+) not followed/.exec(text)?.[1];
  if (redirect !== undefined)
    return new ToolkitError(
      'toolkit_rejected',
      `${toolkit.name} sends us on to another address, which is not followed.`,
      {
        next: 'An admin can add it anew with the address where it is now.',
        data: { said: bounded(redirect, 300) },
      },
    );
  if (status === 401) return mustConnect(toolkit, 'expired');
  if (status === 403)
    return new UserError('forbidden', `${toolkit.name} does not let you do this (403).`, {
      next: `Ask whoever manages your rights in ${toolkit.name}.`,
    });
  if (status === 404 || status === 405 || status === -1)
    return new ToolkitError(
      'toolkit_rejected',
      `At the address of ${toolkit.name} no MCP server answers (${status === -1 ? 'something else does' : status}).`,
      {
        next: 'An admin should check the address.',
      },
    );
  if (status === 429)
    return new ToolkitError('rate_limited', `${toolkit.name} has too many requests at the moment (429).`, {
      next: 'Wait a little.',
    });
  return new ToolkitError(
    status >= 500 ? 'toolkit_unavailable' : 'toolkit_rejected',
    `${toolkit.name} answered with an error (${status}).`,
    {
      next: serverNext,
      data: { said: bounded(text, 300) },
    },
  );
}

const neverRan = new Set<number>([
  ErrorCode.MethodNotFound,
  ErrorCode.InvalidParams,
  ErrorCode.InvalidRequest,
]);

function protocolFailure(toolkit: Named, { code, message }: McpError): ConfabError {
  if (code === ErrorCode.RequestTimeout) return silent(toolkit);
  return new ToolkitError('toolkit_rejected', `${toolkit.name} refused the call (${code}).`, {
    next: neverRan.has(code) ? 'Check the arguments against the input schema.' : serverNext,
    data: { said: bounded(message, 1000) },
  });
}

const silent = (toolkit: Named): ToolkitError =>
  new ToolkitError('toolkit_unavailable', `${toolkit.name} did not answer in time.`, { next: serverNext });

const codeOf = (error: unknown): string => {
  const { code, cause } = (error ?? {}) as { code?: unknown; cause?: unknown };
  return typeof code === 'string' ? code : cause === undefined ? '' : codeOf(cause);
};

/** Anything that went wrong with a toolkit's server, typed by who must act. What the caller stopped is given back as it is. */
export function failureOf(error: unknown, toolkit: Named, signal?: AbortSignal): unknown {
  if (error instanceof ConfabError || signal?.aborted === true) return error;
  if (error instanceof StreamableHTTPError) return httpFailure(toolkit, error.code ?? 0, error.message);
  if (error instanceof McpError && error.code !== ErrorCode.ConnectionClosed)
    return protocolFailure(toolkit, error);
  if (error instanceof Refused)
    return new OperatorError(
      'misconfigured',
      `The address of ${toolkit.name} is not asked: ${error.message}.`,
      {
        next: 'Toolkits in a private network need CONFAB_TOOLKITS_INSIDE=1 from whoever runs Confab, and an address that says so: an IP address, a single word, or a name that ends in .local or .internal.',
      },
    );
  if (error instanceof TooLarge)
    return new ToolkitError(
      'toolkit_rejected',
      `${toolkit.name} answered with more than 4 MB, which is not read.`,
      {
        next: 'Ask for less at a time.',
      },
    );
  if (error instanceof OAuthError)
    return new ToolkitError(
      'toolkit_rejected',
      `The sign-in of ${toolkit.name} refused (${bounded(error.errorCode, 60)}).`,
      {
        next: 'Connect it again. If it happens again, ask whoever runs that server.',
        data: { said: bounded(error.message, 300) },
      },
    );
  if (isAbort(error) || (error instanceof Error && error.name === 'TimeoutError')) return silent(toolkit);
  const code = codeOf(error);
  return new ToolkitError(
    'toolkit_unavailable',
    `${toolkit.name} cannot be reached${code === '' ? '' : ` (${code})`}.`,
    {
      next: serverNext,
      cause: error,
    },
  );
}

/** True when the server certainly did not run the call. */
export function neverRanThere(error: unknown): boolean {
  if (error instanceof McpError) return neverRan.has(error.code);
  if (error instanceof StreamableHTTPError)
    return [400, 401, 403, 404, 405, 415, 429].includes(error.code ?? 0);
  return error instanceof Refused || ['ECONNREFUSED', 'ENOTFOUND'].includes(codeOf(error));
}
