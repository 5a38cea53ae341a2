import { APICallError, RetryError, StreamProviderError } from 'ai';
import { ConfabError, InternalError, isAbort, OperatorError, UserError } from '#errors';

/** Statuses after which the same request may succeed. */
export const mayPass = (status: number | undefined): boolean =>
  status === undefined || status === 408 || status === 409 || status === 429 || status >= 500;

/** `Retry-After` as whole seconds (a number or an HTTP date), if the service sent one. */
export function retryAfter(
  headers: Record<string, string> | undefined,
  now = Date.now(),
): number | undefined {
  const text = headers?.['retry-after'];
  if (text === undefined) return undefined;
  const seconds = Number(text);
  if (Number.isFinite(seconds)) return Math.max(0, Math.ceil(seconds));
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, Math.ceil((at - now) / 1000));
}

const cut = (cause: unknown) =>
  new OperatorError('model_unavailable', 'The answer of the model service was cut off.', {
    cause,
    next: 'Press Retry to have it answered again.',
  });

/** The stream ended without the service saying that it was complete. */
export const cutOff = (): ConfabError => cut(undefined);

type Failure = {
  status: number | undefined;
  body: string;
  headers: Record<string, string> | undefined;
  cause: unknown;
};

function fromStatus({ status, body, headers, cause: error }: Failure): ConfabError {
  // The status had come, and then the connection broke.
  if (status !== undefined && status < 400) return cut(error);
  if (status === 401 || status === 403) {
    return new OperatorError('model_auth', `The model service refused the key (${status}).`, {
      cause: error,
      next: 'Whoever runs Confab must set a valid OPENAI_API_KEY and restart; then press Retry.',
    });
  }
  if (status === 429 && /insufficient_quota|billing/i.test(body)) {
    return new OperatorError('model_unavailable', 'The account at the model service has no quota left.', {
      cause: error,
      next: 'Whoever runs Confab must raise the quota at the model service; then press Retry.',
    });
  }
  if (status === 429) {
    const seconds = retryAfter(headers);
    return new OperatorError('rate_limited', 'The model service has too many requests at the moment (429).', {
      cause: error,
      next:
        seconds === undefined ? 'Wait a little, then press Retry.' : `Wait ${seconds} s, then press Retry.`,
      ...(seconds === undefined ? {} : { retryAfterSeconds: seconds }),
    });
  }
  if (status === 404) {
    return new OperatorError(
      'model_unavailable',
      'The model service does not know this model or address (404).',
      {
        cause: error,
        next: 'Whoever runs Confab must check OPENAI_MODEL, OPENAI_BASE_URL and OPENAI_API.',
      },
    );
  }
  if (status === 413 || /context_length|maximum context|too many tokens/i.test(body)) {
    return new UserError('too_large', 'This conversation has become too long for the model.', {
      cause: error,
      next: 'Start a new chat, or ask for fewer pages at once.',
    });
  }
  if (status !== undefined && status < 500) {
    return new OperatorError(
      'model_unavailable',
      `The model service did not accept the request (${status}).`,
      {
        cause: error,
        next: 'Whoever runs Confab finds the service’s words in the server log. Check OPENAI_MODEL and OPENAI_API.',
      },
    );
  }
  return new OperatorError(
    'model_unavailable',
    status === undefined ? 'The model service cannot be reached.' : `The model service failed (${status}).`,
    {
      cause: error,
      next: 'Press Retry. If it stays so, whoever runs Confab must check OPENAI_BASE_URL and the network.',
    },
  );
}

/** What went wrong while a model answered, as an error with an actor and a next step. Aborts stay as they are. */
export function modelError(error: unknown): unknown {
  if (error instanceof ConfabError || isAbort(error)) return error;
  if (RetryError.isInstance(error)) return modelError(error.lastError);
  if (APICallError.isInstance(error)) {
    return fromStatus({
      status: error.statusCode,
      body: error.responseBody ?? '',
      headers: error.responseHeaders,
      cause: error,
    });
  }
  if (isStreamFailure(error)) {
    return fromStatus({
      status: error.statusCode ?? 500,
      body: `${error.code ?? ''} ${error.message}`,
      headers: undefined,
      cause: error,
    });
  }
  if (error instanceof TypeError && !isNetwork(error)) return internal(error);
  return isNetwork(error) || isProviderError(error) ? cut(error) : internal(error);
}

/** A failure the service reported inside its stream. */
const isStreamFailure = (error: unknown): error is InstanceType<typeof StreamProviderError> =>
  StreamProviderError.isInstance(error);

/** What may be logged of it: never the request, which holds the conversation. */
export function loggable(error: unknown): Record<string, unknown> {
  const reason = error instanceof Error ? error.message.slice(0, 300) : typeof error;
  return { reason, ...(APICallError.isInstance(error) ? { status: error.statusCode, url: error.url } : {}) };
}

const internal = (cause: unknown) =>
  new InternalError('internal', 'Something went wrong inside Confab while answering.', {
    cause,
    next: 'Press Retry. If it happens again, the log of the server says why.',
  });

/** A connection that broke: undici says `terminated`, Node gives system codes. */
function isNetwork(error: unknown): boolean {
  const cause = error instanceof Error ? (error.cause as { code?: unknown } | undefined) : undefined;
  const code = (error as { code?: unknown } | null)?.code ?? cause?.code;
  return (
    (typeof code === 'string' && /^(E[A-Z]+|UND_ERR_\w+)$/.test(code)) ||
    (error instanceof Error && error.message === 'terminated')
  );
}

/** An error event of the service inside its stream, or an answer of the SDK that it could not read the stream. */
function isProviderError(error: unknown): boolean {
  if (typeof error === 'string') return true;
  return error instanceof Error ? error.name.startsWith('AI_') : typeof error === 'object' && error !== null;
}
