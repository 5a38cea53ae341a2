import { z } from 'zod';
import { UserError } from '#errors';
import { safeReturnTo } from '#lib/connections';
import { connectWithHeader, disconnectToolkit, type Toolkit, toolkitBySlug } from '#lib/toolkits';
import { goOn } from '../../../../go-on.ts';
import { json, readBody, withUser } from '../../../respond.ts';
import { chatOf } from '../../chat-of.ts';

export const dynamic = 'force-dynamic';
export const runtime = 'nodejs';

function named(slug: string | undefined): Toolkit {
  const toolkit = toolkitBySlug(slug ?? '');
  if (toolkit === null)
    throw new UserError('not_found', 'There is no such toolkit.', { next: 'Reload the page.' });
  return toolkit;
}

const body = z.object({
  value: z.string().min(1, 'Paste the value first.').max(10_000),
  returnTo: z.string().nullable(),
});

/** The person pastes the value with which the toolkit's server knows them; the chat that waited for it goes on. */
export const POST = withUser(async ({ request, user, params }) => {
  const { value, returnTo } = await readBody(request, body);
  const back = returnTo === null ? null : safeReturnTo(returnTo);
  await connectWithHeader(user.id, named(params.slug), value);
  await goOn(user, chatOf(back));
  return json({ returnTo: back });
});

/** Forgets the person's access to a toolkit, of one that is switched off too. */
export const DELETE = withUser(async ({ user, params }) => {
  await disconnectToolkit(user.id, params.slug ?? '');
  return json({ ok: true });
});
