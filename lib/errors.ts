/**
 * Errors typed by who must act. They are thrown anywhere and turned into HTTP, MCP or a transcript part
 * once, at the edge. Each says what happened, why, and what to do next.
 */

export type Actor = 'user' | 'operator' | 'atlassian' | 'toolkit' | 'us';

export type ErrorCode =
  | 'invalid_input'
  | 'not_found'
  | 'ambiguous'
  | 'needs_sign_in'
  | 'needs_connection'
  | 'reconnect'
  | 'missing_scope'
  | 'forbidden'
  | 'conflict'
  | 'title_taken'
  | 'too_large'
  | 'not_possible'
  | 'rate_limited'
  | 'cancelled'
  | 'misconfigured'
  | 'model_auth'
  | 'model_unavailable'
  | 'atlassian_unavailable'
  | 'atlassian_rejected'
  | 'toolkit_unavailable'
  | 'toolkit_rejected'
  | 'internal';

/** The HTTP status each code answers with at the edge. */
export const httpStatus: Record<ErrorCode, number> = {
  invalid_input: 400,
  not_found: 404,
  ambiguous: 409,
  needs_sign_in: 401,
  needs_connection: 409,
  reconnect: 409,
  missing_scope: 403,
  forbidden: 403,
  conflict: 409,
  title_taken: 409,
  too_large: 413,
  not_possible: 422,
  rate_limited: 429,
  cancelled: 499,
  misconfigured: 500,
  model_auth: 502,
  model_unavailable: 502,
  atlassian_unavailable: 502,
  atlassian_rejected: 502,
  toolkit_unavailable: 502,
  toolkit_rejected: 502,
  internal: 500,
};

/** What crosses to a browser, a client or a transcript. `data` is safe to show: never a secret. */
export type ErrorView = {
  code: ErrorCode;
  actor: Actor;
  message: string;
  next: string | null;
  retryAfterSeconds?: number;
  data?: Record<string, unknown>;
};

export type ErrorOptions = {
  /** What to do next, one sentence. */
  next?: string;
  cause?: unknown;
  retryAfterSeconds?: number;
  /** Candidates, scope names, suggestions: safe to show. */
  data?: Record<string, unknown>;
};

/** Base of all errors we throw on purpose. */
export abstract class ConfabError extends Error {
  abstract readonly actor: Actor;
  readonly code: ErrorCode;
  readonly next: string | null;
  readonly retryAfterSeconds: number | undefined;
  readonly data: Record<string, unknown> | undefined;

  constructor(code: ErrorCode, message: string, options: ErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.name = new.target.name;
    this.code = code;
    this.next = options.next ?? null;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.data = options.data;
  }
}

/** The person (or the model acting for them) can put it right: input, rights, a missing connection. */
export class UserError extends ConfabError {
  readonly actor = 'user';
}

/** Whoever runs this installation must act: configuration, keys, network. */
export class OperatorError extends ConfabError {
  readonly actor = 'operator';
}

/** Atlassian failed, refused or asked to wait. */
export class AtlassianError extends ConfabError {
  readonly actor = 'atlassian';
}

/** The other MCP server behind a toolkit failed or refused. */
export class ToolkitError extends ConfabError {
  readonly actor = 'toolkit';
}

/** Our own fault. The message is for people; the cause goes to the log. */
export class InternalError extends ConfabError {
  readonly actor = 'us';
}

/** True when the error means that the caller aborted. */
export function isAbort(error: unknown): boolean {
  return (
    error instanceof Error &&
    (error.name === 'AbortError' || (error as { code?: unknown }).code === 'cancelled')
  );
}

/**
 * The view of any thrown value. Unknown errors become a plain sentence: their own text may hold
 * secrets or page content and belongs in the log only.
 */
export function toErrorView(error: unknown): ErrorView {
  if (error instanceof ConfabError) {
    return {
      code: error.code,
      actor: error.actor,
      message: error.message,
      next: error.next,
      ...(error.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: error.retryAfterSeconds }),
      ...(error.data === undefined ? {} : { data: error.data }),
    };
  }
  if (isAbort(error)) return { code: 'cancelled', actor: 'user', message: 'Stopped.', next: null };
  return {
    code: 'internal',
    actor: 'us',
    message: 'Something went wrong inside Confab.',
    next: 'Try again. If it happens again, the log of the server says why.',
  };
}
