import { assertSameOrigin, issueTicket, newPersonSchema, readJson, type User } from '#lib/auth';
import { errorResponse, json } from '../respond.ts';

/** A route that makes a person and signs this browser in as them, through a ticket (next-auth provider `ticket`). */
export function newcomerRoute(
  make: (form: ReturnType<typeof newPersonSchema.parse>) => Promise<User>,
): (request: Request) => Promise<Response> {
  return async (request) => {
    try {
      assertSameOrigin(request);
      const user = await make(await readJson(request, newPersonSchema, 16 * 1024));
      const { ticket, cookie } = await issueTicket(user.id);
      const answer = json({ user, ticket }, 201);
      answer.headers.append('set-cookie', cookie);
      return answer;
    } catch (error) {
      return errorResponse(error);
    }
  };
}
