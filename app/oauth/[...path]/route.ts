import { handleOauth } from '#lib/auth';
import { errorResponse } from '../../api/respond.ts';

export const dynamic = 'force-dynamic';
export const runtime = 'nodejs';

/** The authorization server for MCP clients. */
async function serve(request: Request): Promise<Response> {
  try {
    return await handleOauth(request);
  } catch (error) {
    return errorResponse(error);
  }
}

export { serve as DELETE, serve as GET, serve as OPTIONS, serve as POST, serve as PUT };
