import { openFile } from '#lib/files';
import { withUser } from '../../respond.ts';

/** Downloads one of the person's own files. Always as a download: what is in it is not trusted to be shown here. */
export const GET = withUser(async ({ user, params }) => {
  const file = await openFile(user.id, params.id ?? '');
  return new Response(new Uint8Array(file.bytes), {
    headers: {
      'content-type': file.mediaType,
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'no-store',
    },
  });
});
