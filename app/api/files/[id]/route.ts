import { openFile } from '#lib/files';
import { download } from '../../download.ts';
import { withUser } from '../../respond.ts';

/** Downloads one of the person's own files. */
export const GET = withUser(async ({ user, params }) => {
  const { name, mediaType, bytes } = await openFile(user.id, params.id ?? '');
  return download({ name, mediaType, body: new Uint8Array(bytes) });
});
