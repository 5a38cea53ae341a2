import { AtlassianError, type ConfabError, type ErrorOptions, UserError } from '#errors';
import type { Answer, Lost } from './http.ts';

/** Strips what is meant for Atlassian's developers: leading Java exception names, markup, control characters. */
export function plainMessage(text: string): string {
  const clean = text
    .replace(/<(script|style)\b[\s\S]*?<\/\1>/gi, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/^(\s*(?:[\w$]+\.)+[\w$]+(?:Exception|Error)\s*:\s*)+/, '')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();
  return clean.length > 500 ? `${clean.slice(0, 500)}…` : clean;
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function strings(...values: unknown[]): string[] {
  return values.filter((value): value is string => typeof value === 'string' && value.trim() !== '');
}

/**
 * The words of an error answer. Four shapes occur: v2 `{errors: [{status, code, title, detail}]}`, v1
 * `{statusCode, message, data: {errors: [{message: {translation}}]}}`, the gateway's `{code, message}`, HTML.
 */
export function messageOf(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('utf8');
  let body: Record<string, unknown>;
  try {
    body = record(JSON.parse(text));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const title = /<title[^>]*>([\s\S]*?)<\/title>/i.exec(text)?.[1];
    return plainMessage(title ?? text);
  }
  const listed = Array.isArray(body.errors) ? body.errors.map(record) : [];
  const v2 = listed.flatMap((error) => strings(error.title ?? error.message, error.detail));
  const inner = record(body.data).errors;
  const v1 = Array.isArray(inner)
    ? inner.flatMap((error) => strings(record(record(error).message).translation))
    : [];
  const found = [...new Set([...v2, ...strings(body.message), ...v1].map(plainMessage))].filter(
    (line) => line !== '',
  );
  // v1 repeats its first message inside longer ones.
  return found
    .filter((line) => !found.some((other) => other !== line && other.includes(line)))
    .join(' ')
    .slice(0, 600);
}

/** True for the 401 that means "the token lacks a scope", which is no expiry. */
export function isScopeMismatch(answer: Answer): boolean {
  return answer.status === 401 && /scope does not match/i.test(Buffer.from(answer.bytes).toString('utf8'));
}

/** The missing-scope error of an endpoint. Atlassian does not name the scope, so the table of endpoints does. */
export function missingScope(
  endpoint: string,
  needed: readonly string[],
  granted: readonly string[] | null,
): UserError {
  const lacking = needed.filter((scope) => !(granted ?? []).includes(scope));
  const scopes = lacking.length > 0 ? lacking : [...needed];
  const names = scopes.join(', ');
  return new UserError(
    'missing_scope',
    `Your Confluence connection does not carry the permission this needs: ${names}.`,
    {
      next: 'Connect Confluence again and grant it. If it is not offered there, the operator has to add it to the Atlassian app.',
      data: { scopes, endpoint },
    },
  );
}

/** The error of a connection whose credentials Atlassian no longer takes. */
export function reconnect(): UserError {
  return new UserError('reconnect', 'Atlassian no longer accepts your Confluence connection.', {
    next: 'Connect Confluence again; nothing in the conversation is lost.',
    data: { reason: 'revoked' },
  });
}

type Make = (said: string, options: ErrorOptions) => ConfabError;

const known: Record<number, Make> = {
  403: (said, o) =>
    new UserError('forbidden', said || 'Confluence does not let your account do this.', {
      ...o,
      next: 'Ask an administrator of the space for the right, or choose something you may change.',
    }),
  404: (said, o) =>
    new UserError(
      'not_found',
      `Confluence has no such item, or your account may not see it.${said === '' ? '' : ` It says: ${said}`}`,
      {
        ...o,
        next: 'Check the id or search for it by name.',
      },
    ),
  409: (said, o) =>
    new UserError(
      'conflict',
      `It was changed in Confluence meanwhile.${said === '' ? '' : ` Confluence says: ${said}`}`,
      {
        ...o,
        next: 'Read it again and repeat the change on the newest version.',
      },
    ),
  413: (said, o) =>
    new UserError('too_large', said || 'This is larger than Confluence accepts (5 MB for a page).', {
      ...o,
      next: 'Split it into several pages.',
    }),
};

/** A write that may or may not have happened says so, so that it is settled by reading and never sent again. */
function unknownOutcome(write: boolean): Record<string, unknown> {
  return write ? { outcomeUnknown: true } : {};
}

const settleFirst = 'Whether the change was made is not known. Read the page before trying again.';

/** The error of an answer with status 300 or above (but 401 and 429). `write`: the request may have changed something. */
export function failureOf(answer: Answer, write: boolean): ConfabError {
  const { status } = answer;
  const requestId = answer.headers.get('atl-request-id') ?? answer.headers.get('atl-traceid');
  const data = { status, ...(requestId === null ? {} : { requestId }) };
  if (status >= 500) {
    return new AtlassianError(
      'atlassian_unavailable',
      `Confluence failed to handle the request (status ${status}).`,
      {
        next: write
          ? settleFirst
          : 'Try again in a minute. status.atlassian.com tells whether Atlassian has a problem.',
        data: { ...data, ...unknownOutcome(write) },
      },
    );
  }
  const said = messageOf(answer.bytes);
  if (status < 400) {
    return new AtlassianError(
      'atlassian_rejected',
      `Confluence sent the request elsewhere (status ${status}), which is not followed.`,
      {
        next: 'Check the address of the Atlassian API in the configuration; a proxy may ask for a sign-in.',
        data,
      },
    );
  }
  if (status === 400 && /already exists/i.test(said) && /title/i.test(said)) {
    return new UserError('title_taken', 'The space already has a page with this title.', {
      next: 'Choose another title, or change the page that has it. An archived page keeps its title too.',
      data,
    });
  }
  const make = known[status];
  if (make !== undefined) return make(said, { data });
  return new AtlassianError(
    'atlassian_rejected',
    `Confluence did not accept the request: ${said || `status ${status}`}`,
    {
      next: 'Change what was asked for; the same request would be refused again.',
      data,
    },
  );
}

/** The error when no whole answer came. */
export function lostError(lost: Lost, write: boolean): AtlassianError {
  const unknown = write && lost.sent;
  return new AtlassianError('atlassian_unavailable', `Confluence ${lost.why}.`, {
    cause: lost.cause,
    next: unknown ? settleFirst : 'Check the network of the server, then try again.',
    data: unknownOutcome(unknown),
  });
}

/** The error when the caller stopped while a request was under way. */
export function stoppedError(write: boolean): ConfabError {
  if (!write) return new UserError('cancelled', 'Stopped.');
  return new AtlassianError('cancelled', 'Stopped while Confluence was handling a change.', {
    next: settleFirst,
    data: unknownOutcome(true),
  });
}

/** The error when an endpoint that speaks JSON answered with something else. */
export function notJson(answer: Answer, write: boolean): AtlassianError {
  const type = answer.headers.get('content-type') ?? 'no content type';
  return new AtlassianError(
    'atlassian_unavailable',
    `Confluence answered with ${plainMessage(type)} instead of data.`,
    {
      next: write
        ? settleFirst
        : 'A proxy or a sign-in page may be in between. Try again; if it stays, tell the operator.',
      data: { status: answer.status, ...unknownOutcome(write) },
    },
  );
}
