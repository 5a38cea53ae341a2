import { env } from '#env';
import { toErrorView } from '#errors';
import {
  currentUser,
  findOrCreateAtlassianUser,
  issueTicket,
  linkAtlassianAccount,
  type User,
} from '#lib/auth';
import { completeAuthorization, storeConnection } from '#lib/connections';
import { log } from '#log';
import { setAccessCookie } from '../../../connect/access-cookie.ts';
import { clearBrowserCookie, readBrowserCookie } from '../../../connect/browser-cookie.ts';
import { goOn } from '../../../go-on.ts';

export const dynamic = 'force-dynamic';

function go(path: string, ...cookies: string[]): Response {
  const headers = new Headers({ location: `${env().publicUrl}${path}`, 'cache-control': 'no-store' });
  headers.append('set-cookie', clearBrowserCookie());
  for (const cookie of cookies) headers.append('set-cookie', cookie);
  return new Response(null, { status: 303, headers });
}

/** The chat that waited for the connection goes on by itself, once. */
function resumeChat(user: User, returnTo: string): Promise<void> {
  return goOn(user, /^\/c\/([\w-]+)/.exec(returnTo)?.[1]);
}

/** Where Atlassian sends the browser back: the one callback for connecting and for signing in. */
export async function GET(request: Request): Promise<Response> {
  try {
    const query = new URL(request.url).searchParams;
    const user = await currentUser();
    const done = await completeAuthorization({
      code: query.get('code') ?? undefined,
      state: query.get('state') ?? undefined,
      error: query.get('error') ?? undefined,
      browserToken: readBrowserCookie(request),
      sessionUserId: user?.id ?? null,
    });
    const allowed = setAccessCookie(done.authorized.scopes);
    if (done.purpose === 'sign_in') {
      const person = await findOrCreateAtlassianUser({
        ...done.authorized.profile,
        siteIds: done.authorized.sites.map(({ id }) => id),
      });
      await storeConnection(person.id, done.authorized);
      const { ticket, cookie } = await issueTicket(person.id);
      // In the fragment: it reaches our page, and no log.
      return go(`/sign-in/ticket?returnTo=${encodeURIComponent(done.returnTo)}#${ticket}`, cookie, allowed);
    }
    if (user === null || done.userId !== user.id)
      throw new Error('completeAuthorization let a foreign session through');
    await storeConnection(user.id, done.authorized);
    await linkAtlassianAccount(user.id, done.authorized.profile.accountId);
    await resumeChat(user, done.returnTo);
    return go(done.returnTo, allowed);
  } catch (error) {
    const view = toErrorView(error);
    // Declined on Atlassian's side: back to where the person was; the card there offers it again.
    if (view.code === 'needs_connection' && typeof view.data?.returnTo === 'string')
      return go(view.data.returnTo);
    log.warn({ err: error }, 'an Atlassian authorisation did not complete');
    return go(`/connect/failed?code=${view.code}`);
  }
}
