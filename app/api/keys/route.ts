import { createKeyFromRequest, keyManager, listKeys } from '#lib/auth';
import { errorResponse, json } from '../respond.ts';

export const dynamic = 'force-dynamic';
export const runtime = 'nodejs';

export async function GET(request: Request): Promise<Response> {
  try {
    return json({ keys: await listKeys((await keyManager(request)).user.id) });
  } catch (error) {
    return errorResponse(error);
  }
}

/** Makes a key for the signed-in person, or for the owner of a bearer key that may manage keys. */
export async function POST(request: Request): Promise<Response> {
  try {
    return json(await createKeyFromRequest(request), 201);
  } catch (error) {
    return errorResponse(error);
  }
}
