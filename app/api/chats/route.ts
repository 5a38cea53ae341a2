import { z } from 'zod';
import { startTurn } from '#lib/agent';
import { checked } from '#lib/auth';
import { chatsPerPage, createChat, deleteChat, listChats } from '#lib/chats';
import { sendMessageSchema } from '#lib/wire';
import { json, readBody, withUser } from '../respond.ts';

export const dynamic = 'force-dynamic';

const querySchema = z.object({
  query: z.string().max(500).default(''),
  limit: z.coerce.number().int().min(1).max(10_000).default(chatsPerPage),
});

/** The person's chats, newest first; `?query=` searches titles and text. */
export const GET = withUser(async ({ request, user }) => {
  const given = checked(querySchema, Object.fromEntries(new URL(request.url).searchParams));
  return json({ chats: await listChats(user.id, given) });
});

/** A new chat with its first message; the answer streams through `/api/chats/{id}/events`. */
export const POST = withUser(async ({ request, user }) => {
  const message = await readBody(request, sendMessageSchema.omit({ parentId: true }));
  const { id } = await createChat(user.id);
  try {
    return json({ chatId: id, ...(await startTurn(user, id, { ...message, parentId: null })) }, 201);
  } catch (error) {
    // A chat without its first message would only stand empty in the list.
    await deleteChat(user.id, id);
    throw error;
  }
});
