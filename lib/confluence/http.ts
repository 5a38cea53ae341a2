import { AtlassianError } from '#errors';

/** An answer that arrived whole. */
export type Answer = { kind: 'answer'; status: number; headers: Headers; bytes: Uint8Array };
/** No whole answer. `sent` false: the request cannot have reached Atlassian. */
export type Lost = { kind: 'lost'; sent: boolean; why: string; cause: unknown };
/** The caller stopped while it was under way. */
export type Stopped = { kind: 'stopped' };
export type Exchange = Answer | Lost | Stopped;

/** Node's names for failures before a single byte of the request went out. */
const neverSent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

function codeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const code = (cause as { code?: unknown }).code;
  return typeof code === 'string' ? code : '';
}

export class TooLarge extends AtlassianError {}

async function readCapped(response: Response, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (response.body === null) return new Uint8Array();
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > maxBytes) {
      throw new TooLarge(
        'too_large',
        `Confluence's answer is larger than ${Math.round(maxBytes / 1e6)} MB.`,
        {
          next: 'Ask for less at a time, or open it in Confluence.',
        },
      );
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

export type Send = {
  url: URL;
  method: string;
  headers: Record<string, string>;
  body: BodyInit | undefined;
  signal: AbortSignal | undefined;
  timeoutMs: number;
  maxBytes: number;
};

/**
 * One HTTP exchange. Redirects are answers here, never followed: the credentials must not travel.
 * @throws TooLarge when the answer exceeds `maxBytes`.
 */
export async function send(o: Send): Promise<Exchange> {
  const timeout = AbortSignal.timeout(o.timeoutMs);
  try {
    const response = await fetch(o.url, {
      method: o.method,
      headers: o.headers,
      redirect: 'manual',
      cache: 'no-store',
      signal: o.signal === undefined ? timeout : AbortSignal.any([o.signal, timeout]),
      ...(o.body === undefined ? {} : { body: o.body }),
    });
    const bytes = await readCapped(response, o.maxBytes);
    return { kind: 'answer', status: response.status, headers: response.headers, bytes };
  } catch (cause) {
    if (cause instanceof TooLarge) throw cause;
    if (o.signal?.aborted) return { kind: 'stopped' };
    const code = codeOf(cause);
    const why = timeout.aborted
      ? `did not answer within ${Math.round(o.timeoutMs / 1000)} seconds`
      : neverSent.has(code)
        ? 'could not be reached'
        : 'closed the connection without a whole answer';
    return { kind: 'lost', sent: timeout.aborted || !neverSent.has(code), why, cause };
  }
}
