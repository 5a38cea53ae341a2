import { randomUUID } from 'node:crypto';
import type { Confluence } from './client.ts';
import { createOrUpdateAttachments } from './v1.ts';

/** A file to attach. `comment` is about this version of it. */
export type FileToAttach = { name: string; mediaType: string; bytes: Uint8Array; comment?: string };

/** What Confluence answers about a file it took. */
export type Attached = { id: string; title: string; version: number | null };

type Part = { disposition: string; type: string | null; bytes: Uint8Array };

/** A name inside quotes, as the HTML standard encodes it. */
const quoted = (name: string): string =>
  name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

function encoded(parts: readonly Part[]): { body: Uint8Array; type: string } {
  const boundary = `confab-${randomUUID()}`;
  const pieces = parts.flatMap(({ disposition, type, bytes }) => [
    Buffer.from(
      `--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\n${type === null ? '' : `Content-Type: ${type}\r\n`}\r\n`,
    ),
    bytes,
    Buffer.from('\r\n'),
  ]);
  return {
    body: Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]),
    type: `multipart/form-data; boundary=${boundary}`,
  };
}

/**
 * Attaches files to a page or blog post in one request; one of the name of a file that is there becomes its next
 * version. The package's function sends files only; Confluence's document also wants `minorEdit`, and a comment for
 * every file or for none, each as `text/plain; charset=utf-8` without a file name, which a `FormData` cannot
 * express. So the body is put together here, in memory: it can go out again after a wait.
 * @throws as every request; a file larger than the site allows is Confluence's `not_found`.
 */
export async function attachFiles(
  confluence: Pick<Confluence, 'sendRequest'>,
  o: { contentId: string; files: readonly FileToAttach[]; minorEdit: boolean },
): Promise<Attached[]> {
  const commented = o.files.some((file) => file.comment !== undefined && file.comment !== '');
  const { body, type } = encoded([
    ...o.files.map((file) => ({
      disposition: `name="file"; filename="${quoted(file.name)}"`,
      type: file.mediaType,
      bytes: file.bytes,
    })),
    { disposition: 'name="minorEdit"', type: null, bytes: Buffer.from(String(o.minorEdit)) },
    ...(commented ? o.files : []).map((file) => ({
      disposition: 'name="comment"',
      type: 'text/plain; charset=utf-8',
      bytes: Buffer.from(file.comment ?? ''),
    })),
  ]);
  const found = await createOrUpdateAttachments(
    {
      sendRequest: (options) =>
        confluence.sendRequest({ ...options, headers: { ...options.headers, 'Content-Type': type }, body }),
    },
    { id: o.contentId, attachments: [] },
  );
  return (found.results ?? []).map((one) => ({
    id: String(one?.id ?? ''),
    title: String(one?.title ?? ''),
    version: one?.version?.number ?? null,
  }));
}
