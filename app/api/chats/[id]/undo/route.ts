import { undoChat } from '#lib/approvals';
import { ownChat } from '#lib/chats';
import { json, withUser } from '../../../respond.ts';

export const dynamic = 'force-dynamic';

/** Takes back every change of a chat that stands. */
export const POST = withUser(async ({ user, params }) => {
  const { id } = await ownChat(user.id, params.id as string);
  return json(await undoChat(user, id));
});
