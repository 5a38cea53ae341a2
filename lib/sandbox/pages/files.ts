import type { App } from '../app.ts';
import { sameSecret, sign } from '../auth/signing.ts';
import { attachmentBytes, findAttachment } from '../db/index.ts';
import type { Reply, Request } from '../http/message.ts';
import { Problem } from '../http/problem.ts';
import type { Attachment } from '../types.ts';

const life = 10 * 60_000;
// Only what a browser draws without running anything is shown in place; all else is downloaded.
const shown = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'text/plain']);

/** An address of the bytes of a version (the newest unless named) that needs no credentials, good for ten minutes. */
export function signedFileUrl(app: App, file: Attachment, version = file.version): string {
  const expires = String(Date.now() + life);
  const signature = sign(`${file.id} ${version} ${expires}`, app.secret);
  return `${app.publicUrl}/media/${file.id}?${new URLSearchParams({ version: String(version), expires, sig: signature })}`;
}

/** `GET /media/{id}`: the bytes, for who has the signed address. 403 when it is wrong or too old. */
export function serveSigned(app: App, request: Request, id: string): Reply {
  const file = findAttachment(app.db, id);
  const expires = request.query.get('expires') ?? '';
  const version = Number(request.query.get('version'));
  const fits =
    file !== undefined &&
    Number(expires) > Date.now() &&
    sameSecret(request.query.get('sig') ?? '', sign(`${file.id} ${version} ${expires}`, app.secret));
  if (!file || !fits) throw new Problem(403, 'This address is not valid any more.', { gateway: true });
  return fileReply(app, file, version);
}

/** The bytes of an attachment with headers that keep a browser from running them. */
export function fileReply(app: App, file: Attachment, version = file.version): Reply {
  const bytes = attachmentBytes(app.db, file.id, version);
  if (bytes === undefined) throw new Problem(404, 'There is no such version.', { gateway: true });
  const disposition = shown.has(file.mediaType) ? 'inline' : 'attachment';
  return {
    status: 200,
    headers: {
      'content-type': file.mediaType.startsWith('text/')
        ? `${file.mediaType}; charset=utf-8`
        : file.mediaType,
      'content-disposition': `${disposition}; filename*=UTF-8''${encodeURIComponent(file.filename)}`,
      'content-security-policy': "default-src 'none'; sandbox",
    },
    body: bytes,
  };
}
