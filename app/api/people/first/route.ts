import { assertSameOrigin, createFirstAdmin, issueTicket, newPersonSchema, readJson } from '#lib/auth';
import { errorResponse, json } from '../../respond.ts';

export const dynamic = 'force-dynamic';
export const runtime = 'nodejs';

/** Makes the first admin. The ticket signs this browser in (next-auth provider `ticket`). */
export async function POST(request: Request): Promise<Response> {
  try {
    assertSameOrigin(request);
    const user = await createFirstAdmin(await readJson(request, newPersonSchema, 16 * 1024));
    const { ticket, cookie } = await issueTicket(user.id);
    const answer = json({ user, ticket }, 201);
    answer.headers.append('set-cookie', cookie);
    return answer;
  } catch (error) {
    return errorResponse(error);
  }
}
