import { UserError } from '#errors';
import type { User } from '#lib/auth';
import { type StoredFile, saveFile } from '#lib/files';
import { json, withUser } from '../respond.ts';

/** All files of one request together, in bytes. */
const largest = 25 * 1024 * 1024;
const mostFiles = 20;

const tooLarge = () =>
  new UserError('too_large', 'The files are larger than 25 MB together.', {
    next: 'Give fewer or smaller files.',
  });

/** The body, read no further than the limit: a length that is announced may be wrong or missing. */
async function bodyOf(request: Request): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(request.headers.get('content-length') ?? 0) > largest + 64 * 1024) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > largest + 64 * 1024) throw tooLarge();
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks, size));
}

async function filesOf(request: Request): Promise<File[]> {
  const type = request.headers.get('content-type') ?? '';
  const wrong = (cause?: unknown) =>
    new UserError('invalid_input', 'The request is no multipart/form-data with a part called "file".', {
      next: 'Send each file as a part called "file".',
      cause,
    });
  if (!type.toLowerCase().startsWith('multipart/form-data')) throw wrong();
  const body = await bodyOf(request);
  let form: FormData;
  try {
    form = await new Response(body, { headers: { 'content-type': type } }).formData();
  } catch (error) {
    throw wrong(error);
  }
  const files = form.getAll('file').filter((part): part is File => part instanceof File && part.name !== '');
  if (files.length === 0) throw wrong();
  if (files.length > mostFiles)
    throw new UserError('too_large', `These are more than ${mostFiles} files.`, {
      next: 'Send them in parts.',
    });
  return files;
}

/** What a browser says a file is; nothing else gets into a header later. */
const mediaTypeOf = (file: File): string =>
  /^[\w.+-]+\/[\w.+-]+$/.test(file.type) ? file.type.toLowerCase() : 'application/octet-stream';

async function keep(user: User, file: File): Promise<StoredFile> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (bytes.byteLength === 0)
    throw new UserError('invalid_input', `"${file.name}" is empty.`, { next: 'Give a file with content.' });
  return saveFile(user.id, { name: file.name, mediaType: mediaTypeOf(file), bytes });
}

/** Takes files a person gives (parts called `file`, 25 MB together) and keeps them for a day. Answers with their ids. */
export const POST = withUser(async ({ request, user }) => {
  const files: StoredFile[] = [];
  for (const file of await filesOf(request)) files.push(await keep(user, file));
  return json({ files }, 201);
});
