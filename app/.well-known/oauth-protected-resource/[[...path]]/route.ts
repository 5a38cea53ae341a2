import { protectedResourceMetadata } from '#lib/auth';

export const dynamic = 'force-dynamic';
export const runtime = 'nodejs';

export async function GET(
  _request: Request,
  { params }: { params: Promise<{ path?: string[] }> },
): Promise<Response> {
  return protectedResourceMetadata((await params).path ?? []);
}
