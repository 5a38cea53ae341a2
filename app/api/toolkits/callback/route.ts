import { env } from '#env';
import { toErrorView } from '#errors';
import { currentUser } from '#lib/auth';
import { completeToolkitAuthorization, connectPathOf } from '#lib/toolkits';
import { log } from '#log';
import { goOn } from '../../../go-on.ts';
import { chatOf } from '../chat-of.ts';

export const dynamic = 'force-dynamic';
export const runtime = 'nodejs';

const go = (path: string): Response =>
  new Response(null, {
    status: 303,
    headers: { location: `${env().publicUrl}${path}`, 'cache-control': 'no-store' },
  });

/** Where a toolkit's authorization server sends the browser back. The chat that waited for it goes on by itself. */
export async function GET(request: Request): Promise<Response> {
  const user = await currentUser();
  if (user === null) return go(`/sign-in?returnTo=${encodeURIComponent('/settings/toolkits')}`);
  try {
    const query = new URL(request.url).searchParams;
    const { toolkit, returnTo, declined } = await completeToolkitAuthorization({ userId: user.id, query });
    if (declined) return go(`${connectPathOf(toolkit)}?declined=1&returnTo=${encodeURIComponent(returnTo)}`);
    await goOn(user, chatOf(returnTo));
    return go(returnTo);
  } catch (error) {
    log.warn({ err: error }, 'a sign-in at a toolkit did not complete');
    return go(`/settings/toolkits?failed=${toErrorView(error).code}`);
  }
}
