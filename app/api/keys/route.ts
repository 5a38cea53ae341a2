import { createKeyFromRequest, keyManager, listKeys } from '#lib/auth';
import { findOperation, nearestNames } from '#lib/router';
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
    return json(await createKeyFromRequest(request, { findOperation, nearestNames }), 201);
  } catch (error) {
    return errorResponse(error);
  }
}
