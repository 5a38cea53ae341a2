import { handleMcp } from '#lib/mcp';

export const dynamic = 'force-dynamic';
export const runtime = 'nodejs';

/** For clients that take only a URL: the key is in it. */
async function serve(request: Request, { params }: { params: Promise<{ key: string }> }): Promise<Response> {
  return handleMcp(request, (await params).key);
}

export { serve as DELETE, serve as GET, serve as POST };
