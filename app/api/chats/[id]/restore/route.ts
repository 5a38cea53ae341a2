import { restoreChat } from '#lib/chats';
import { json, withUser } from '../../../respond.ts';

export const dynamic = 'force-dynamic';

export const POST = withUser(async ({ user, params }) => {
  await restoreChat(user.id, params.id as string);
  return json({ ok: true });
});
