import { z } from 'zod';
import { connectionView, selectSite } from '#lib/connections';
import { goOn } from '../../../go-on.ts';
import { json, readBody, withUser } from '../../respond.ts';

export const dynamic = 'force-dynamic';

const bodySchema = z.object({ siteId: z.string().min(1), chatId: z.string().optional() });

/** Chooses which of several sites to work on; the chat that waited for it goes on. */
export const POST = withUser(async ({ request, user }) => {
  const { siteId, chatId } = await readBody(request, bodySchema);
  await selectSite(user.id, siteId);
  await goOn(user, chatId);
  return json({ connection: await connectionView(user.id) });
});
