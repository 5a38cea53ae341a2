import { InternalError } from '#errors';

/**
 * The body to send and its content type (null: fetch sets it, or there is none). Streams are refused: a
 * request that has to wait and go out again could not be sent twice from one.
 */
export function bodyOf(body: unknown): { body: BodyInit | undefined; type: string | null } {
  if (body === undefined || body === null) return { body: undefined, type: null };
  if (body instanceof FormData || body instanceof URLSearchParams || body instanceof Blob)
    return { body, type: null };
  if (body instanceof ArrayBuffer) return { body, type: 'application/octet-stream' };
  if (ArrayBuffer.isView(body))
    return { body: body as Uint8Array<ArrayBuffer>, type: 'application/octet-stream' };
  if (body instanceof ReadableStream)
    throw new InternalError('internal', 'A stream cannot be sent to Confluence; read it first.');
  return { body: JSON.stringify(body), type: 'application/json' };
}
