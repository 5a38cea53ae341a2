import { z } from 'zod';
import { continueTurn } from '#lib/agent';
import { connectionView, selectSite } from '#lib/connections';
import { json, readBody, withUser } from '../../respond.ts';

export const dynamic = 'force-dynamic';

const bodySchema = z.object({ siteId: z.string().min(1), chatId: z.string().optional() });

/** Chooses which of several sites to work on; the chat that waited for it goes on. */
export const POST = withUser(async ({ request, user }) => {
  const { siteId, chatId } = await readBody(request, bodySchema);
  await selectSite(user.id, siteId);
  if (chatId !== undefined) await continueTurn(user, chatId);
  return json({ connection: await connectionView(user.id) });
});
