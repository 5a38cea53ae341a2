import { handleOperation } from '#lib/mcp';

export const dynamic = 'force-dynamic';
export const runtime = 'nodejs';

/** One operation of the catalogue for scripts that speak no MCP; the key is in the Authorization header. */
export async function POST(
  request: Request,
  { params }: { params: Promise<{ name: string }> },
): Promise<Response> {
  return handleOperation(request, (await params).name);
}
