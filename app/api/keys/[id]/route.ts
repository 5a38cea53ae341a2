import { keyManager, revokeKey } from '#lib/auth';
import { errorResponse } from '../../respond.ts';

export const dynamic = 'force-dynamic';
export const runtime = 'nodejs';

export async function DELETE(
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  try {
    await revokeKey((await keyManager(request)).user.id, (await params).id);
    return new Response(null, { status: 204, headers: { 'cache-control': 'no-store' } });
  } catch (error) {
    return errorResponse(error);
  }
}
