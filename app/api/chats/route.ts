import { startTurn } from '#lib/agent';
import { createChat, listChats } from '#lib/chats';
import { sendMessageSchema } from '#lib/wire';
import { json, readBody, withUser } from '../respond.ts';

export const dynamic = 'force-dynamic';

/** The person's chats, newest first; `?query=` searches titles and text. */
export const GET = withUser(async ({ request, user }) => {
  const query = new URL(request.url).searchParams.get('query')?.trim() || undefined;
  return json({ chats: await listChats(user.id, { query }) });
});

/** A new chat with its first message; the answer streams through `/api/chats/{id}/events`. */
export const POST = withUser(async ({ request, user }) => {
  const { text } = await readBody(request, sendMessageSchema.pick({ text: true }));
  const { id } = await createChat(user.id);
  return json({ chatId: id, ...(await startTurn(user, id, { text, parentId: null })) }, 201);
});
