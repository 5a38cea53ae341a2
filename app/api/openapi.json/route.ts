import { handleOpenApi } from '#lib/mcp';

export const dynamic = 'force-dynamic';
export const runtime = 'nodejs';

/** What can be called over plain HTTP: all of it, or what the key in the Authorization header allows. */
export async function GET(request: Request): Promise<Response> {
  return handleOpenApi(request);
}
