import { handleMcp } from '#lib/mcp';

export const dynamic = 'force-dynamic';
export const runtime = 'nodejs';

const serve = (request: Request): Promise<Response> => handleMcp(request);

export { serve as DELETE, serve as GET, serve as POST };
