/** A file for the browser to keep, never to show: what is in it is not trusted. */
export function download(o: { name: string; mediaType: string; body: BodyInit }): Response {
  return new Response(o.body, {
    headers: {
      'content-type': o.mediaType,
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(o.name)}`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'no-store',
    },
  });
}
