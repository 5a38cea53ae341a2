import type { Request } from './message.ts';
import { badRequest } from './problem.ts';

/** One part of a `multipart/form-data` body. `filename` is null for plain fields. */
export type Part = { name: string; filename: string | null; mediaType: string; bytes: Buffer };

const lineEnd = Buffer.from('\r\n');
const headEnd = Buffer.from('\r\n\r\n');

/**
 * The parts of a `multipart/form-data` body (RFC 7578). 415 would be the honest status for another body, but
 * Confluence answers 400.
 */
export function readMultipart(request: Request): Part[] {
  const type = request.headers['content-type'] ?? '';
  const boundary = /^multipart\/form-data\b.*\bboundary=(?:"([^"]+)"|([^;\s]+))/i.exec(type);
  if (!boundary) throw badRequest('The request body must be multipart/form-data.');
  const mark = Buffer.from(`--${boundary[1] ?? boundary[2]}`);
  const { body } = request;
  const parts: Part[] = [];
  let at = body.indexOf(mark);
  while (at >= 0) {
    const from = at + mark.length;
    if (body.subarray(from, from + 2).toString('latin1') === '--') return parts;
    const end = body.indexOf(Buffer.concat([lineEnd, mark]), from);
    if (end < 0) break;
    parts.push(partOf(body.subarray(from + lineEnd.length, end)));
    at = end + lineEnd.length;
  }
  throw badRequest('The multipart body ends before its closing boundary.');
}

function partOf(raw: Buffer): Part {
  const split = raw.indexOf(headEnd);
  if (split < 0) throw badRequest('A part of the multipart body has no headers.');
  const head = raw.subarray(0, split).toString('utf8');
  const disposition = /^content-disposition:\s*form-data\s*;(.*)$/im.exec(head)?.[1] ?? '';
  const name = /(?:^|[;\s])name="([^"]*)"/i.exec(disposition)?.[1];
  if (name === undefined) throw badRequest('A part of the multipart body has no name.');
  return {
    name,
    filename: unescaped(/(?:^|[;\s])filename="([^"]*)"/i.exec(disposition)?.[1]),
    mediaType: /^content-type:\s*([^\r\n]+)$/im.exec(head)?.[1]?.trim() ?? 'text/plain',
    bytes: raw.subarray(split + headEnd.length),
  };
}

// Browsers and fetch write these three as percent codes inside a quoted file name (HTML standard).
function unescaped(name: string | undefined): string | null {
  if (name === undefined) return null;
  return name.replaceAll('%22', '"').replaceAll('%0D', '\r').replaceAll('%0A', '\n');
}
