import type { z } from 'zod';
import { env } from '#env';
import { UserError } from '#errors';

/**
 * For every route that changes something on behalf of a cookie: the request must come from our own
 * pages. `Origin` must be that of `PUBLIC_URL`; where a browser sends none, `Sec-Fetch-Site` must say so.
 * @throws UserError `forbidden`. The opaque origin `null` is refused.
 */
export function assertSameOrigin(request: Request): void {
  if (!isSameOrigin(request)) {
    throw new UserError('forbidden', 'This request did not come from this app.', {
      next: `Open ${new URL(env().publicUrl).origin} and try there.`,
    });
  }
}

/** Does the request come from our own pages? */
export function isSameOrigin(request: Request): boolean {
  const origin = request.headers.get('origin');
  if (origin === null) return request.headers.get('sec-fetch-site') === 'same-origin';
  return origin === new URL(env().publicUrl).origin;
}

const defaultLimit = 1024 * 1024;

/**
 * The JSON body of a request, checked.
 * @param maxBytes largest body that is read.
 * @throws UserError `invalid_input` (not JSON, does not fit), `too_large`.
 */
export async function readJson<S extends z.ZodType>(
  request: Request,
  schema: S,
  maxBytes = defaultLimit,
): Promise<z.output<S>> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') {
    throw new UserError('invalid_input', 'The body must be JSON.', {
      next: 'Send it with Content-Type: application/json.',
    });
  }
  const text = await boundedText(request, maxBytes);
  if (text === null) throw new UserError('too_large', `The body is larger than ${maxBytes} bytes.`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new UserError('invalid_input', 'The body is not valid JSON.', { cause });
  }
  return checked(schema, value);
}

/** The body of a request as text, read no further than it may be long; null: it is longer. */
export async function boundedText(request: Request, maxBytes: number): Promise<string | null> {
  if (Number(request.headers.get('content-length')) > maxBytes) return null;
  if (request.body === null) return '';
  const decoder = new TextDecoder();
  let received = 0;
  let text = '';
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    received += chunk.byteLength;
    if (received > maxBytes) return null;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/** A value that fits its schema. @throws UserError `invalid_input` naming the first field that does not. */
export function checked<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = issue?.path.join('.') ?? '';
  throw new UserError(
    'invalid_input',
    `${where === '' ? '' : `${where}: `}${issue?.message ?? 'The input is not valid.'}`,
    {
      next: 'Correct it and send it again.',
      data: {
        issues: parsed.error.issues
          .slice(0, 10)
          .map(({ path, message }) => ({ path: path.join('.'), message })),
      },
    },
  );
}
