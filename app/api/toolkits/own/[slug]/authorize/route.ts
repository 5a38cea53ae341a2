import { z } from 'zod';
import { UserError } from '#errors';
import { safeReturnTo } from '#lib/connections';
import { beginToolkitAuthorization, connectPathOf, toolkitBySlug } from '#lib/toolkits';
import { json, readBody, withUser } from '../../../../respond.ts';

export const dynamic = 'force-dynamic';
export const runtime = 'nodejs';

const body = z.object({ returnTo: z.string().nullable() });

/** Starts the person's sign-in at a toolkit; answers with the address of its consent page. */
export const POST = withUser(async ({ request, user, params }) => {
  const { returnTo } = await readBody(request, body);
  const toolkit = toolkitBySlug(params.slug ?? '');
  if (toolkit === null)
    throw new UserError('not_found', 'There is no such toolkit.', { next: 'Reload the page.' });
  const url = await beginToolkitAuthorization({
    userId: user.id,
    toolkit,
    returnTo: safeReturnTo(returnTo ?? connectPathOf(toolkit)),
  });
  return json({ url });
});
