import { env } from '#env';
import { currentUser } from '#lib/auth';
import { beginAuthorization } from '#lib/connections';
import { errorResponse } from '../api/respond.ts';
import { setBrowserCookie } from './browser-cookie.ts';

export const dynamic = 'force-dynamic';

/** Starts the Atlassian flow with fresh state on every click: `/connect?returnTo=/c/...`. */
export async function GET(request: Request): Promise<Response> {
  try {
    const query = new URL(request.url).searchParams;
    const user = await currentUser();
    const signIn = query.get('purpose') === 'sign_in';
    if (user === null && !signIn) {
      return Response.redirect(
        `${env().publicUrl}/sign-in?returnTo=${encodeURIComponent(`/connect?${query}`)}`,
        303,
      );
    }
    const { url, browserToken } = await beginAuthorization({
      purpose: signIn ? 'sign_in' : 'connect',
      userId: signIn ? null : (user?.id ?? null),
      returnTo: query.get('returnTo') ?? '/',
      ...(user === null ? {} : { loginHint: user.email }),
    });
    return new Response(null, {
      status: 303,
      headers: { location: url, 'cache-control': 'no-store', 'set-cookie': setBrowserCookie(browserToken) },
    });
  } catch (error) {
    return errorResponse(error);
  }
}
