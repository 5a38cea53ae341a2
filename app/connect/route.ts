import { env } from '#env';
import { currentUser } from '#lib/auth';
import { beginAuthorization, bundleOf, bundlesNamed, type Wish } from '#lib/connections';
import { errorResponse } from '../api/respond.ts';
import { readAccessCookie } from './access-cookie.ts';
import { setBrowserCookie } from './browser-cookie.ts';

export const dynamic = 'force-dynamic';

const listed = (query: URLSearchParams, name: string): string[] =>
  query.getAll(name).flatMap((value) => value.split(','));

/** What the address asks for: bundles, single scopes, and what becomes of those granted before. */
function wishOf(query: URLSearchParams, remembered: string[]): Wish {
  const bundles = bundlesNamed([...listed(query, 'bundles'), ...remembered]);
  const scopes = listed(query, 'scopes').filter((scope) => bundleOf(scope) !== null);
  const old = query.get('old');
  return {
    ...(bundles.length === 0 ? {} : { bundles }),
    ...(scopes.length === 0 ? {} : { scopes }),
    old: old === 'only' || old === 'again' ? old : 'keep',
  };
}

/**
 * Starts the Atlassian flow with fresh state on every click: `/connect?returnTo=/c/...`. Further: `bundles`
 * and `scopes` to ask for, `old=only` for exactly these, `old=again` for what was granted before, `for` the
 * person whose link it is.
 */
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
    const whose = query.get('for');
    if (user !== null && whose !== null && whose !== user.id)
      return Response.redirect(`${env().publicUrl}/connect/failed?code=other_person`, 303);
    const { url, browserToken } = await beginAuthorization({
      purpose: signIn ? 'sign_in' : 'connect',
      userId: signIn ? null : (user?.id ?? null),
      returnTo: query.get('returnTo') ?? '/',
      // Nobody is known yet who signs in: what this browser's person allowed last is asked again.
      wish: wishOf(query, signIn ? readAccessCookie(request) : []),
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
