import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { Problem } from './problem.ts';

/** What a handler is given of a request. */
export type Request = {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  cookies: Record<string, string>;
  /** True when the connection comes from this machine itself. */
  loopback: boolean;
  body: Buffer;
};

/** What a handler answers. */
export type Reply = {
  status: number;
  headers: Record<string, string>;
  body: string | Buffer;
  /** What the answer costs of the hourly quota besides the request: 1 for each object it holds, 2 for each person or group. */
  points?: number;
};

const mostBytes = 5 * 1024 * 1024;
/** Uploads are held against the limit for files later; this only keeps memory bounded. */
const mostUploadBytes = 110 * 1024 * 1024;

/** Reads a request whole; bodies over 5 MB, uploads aside, are refused with 413 as Confluence does. */
export async function readRequest(incoming: IncomingMessage): Promise<Request> {
  const url = new URL(incoming.url ?? '/', 'http://sandbox');
  const isUpload = incoming.headers['content-type']?.startsWith('multipart/form-data') ?? false;
  const most = isUpload ? mostUploadBytes : mostBytes;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    // The rest is read and dropped, so that the client gets the answer instead of a broken pipe.
    if (size <= most) chunks.push(chunk);
  }
  const remote = incoming.socket.remoteAddress ?? '';
  const request: Request = {
    method: incoming.method ?? 'GET',
    path: decodePath(url.pathname),
    query: url.searchParams,
    headers: incoming.headers,
    cookies: readCookies(incoming.headers.cookie ?? ''),
    loopback: /^(?:127\.|::1$|::ffff:127\.)/.test(remote) && !incoming.headers['x-forwarded-for'],
    body: Buffer.concat(chunks),
  };
  if (size > most) throw new RequestTooLarge(request);
  return request;
}

/** The body was over the limit; carries the request so that it can be logged and answered in its shape. */
export class RequestTooLarge extends Problem {
  readonly request: Request;

  constructor(request: Request) {
    super(413, 'The request is too large: the limit is 5 MB.');
    this.request = request;
  }
}

function decodePath(path: string): string {
  try {
    return path.split('/').map(decodeURIComponent).join('/');
  } catch (error) {
    if (error instanceof URIError) return path;
    throw error;
  }
}

function readCookies(header: string): Record<string, string> {
  const cookies: Record<string, string> = {};
  for (const part of header.split(';')) {
    const equals = part.indexOf('=');
    if (equals > 0) cookies[part.slice(0, equals).trim()] = part.slice(equals + 1).trim();
  }
  return cookies;
}

export function json(value: unknown, status = 200, headers: Record<string, string> = {}): Reply {
  return {
    status,
    headers: { 'content-type': 'application/json;charset=UTF-8', ...headers },
    body: JSON.stringify(value),
  };
}

/** An answer without a body, 204 unless told otherwise. */
export function nothing(status = 204): Reply {
  return { status, headers: {}, body: '' };
}

export function redirect(location: string, headers: Record<string, string> = {}, status = 302): Reply {
  return { status, headers: { location, ...headers }, body: '' };
}

/** Headers every answer carries: request and trace ids as Atlassian's edge sends them. */
export function traceHeaders(): Record<string, string> {
  const trace = randomBytes(16).toString('hex');
  return {
    'atl-traceid': trace,
    'atl-request-id': `${trace.slice(0, 8)}-${trace.slice(8, 12)}-${trace.slice(12, 16)}-${trace.slice(16, 20)}-${trace.slice(20)}`,
    'x-content-type-options': 'nosniff',
  };
}
