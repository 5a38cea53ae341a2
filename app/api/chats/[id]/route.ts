import { z } from 'zod';
import { chatView, stopTurn } from '#lib/agent';
import { deleteChat, renameChat, setPinned } from '#lib/chats';
import { json, readBody, withUser } from '../../respond.ts';

export const dynamic = 'force-dynamic';

export const GET = withUser(async ({ user, params }) => json(await chatView(user, params.id as string)));

const patchSchema = z.object({
  title: z.string().trim().min(1).max(200).optional(),
  pinned: z.boolean().optional(),
});

export const PATCH = withUser(async ({ request, user, params }) => {
  const id = params.id as string;
  const { title, pinned } = await readBody(request, patchSchema);
  if (title !== undefined) await renameChat(user.id, id, title);
  if (pinned !== undefined) await setPinned(user.id, id, pinned);
  return json({ ok: true });
});

/** Hides the chat (it can be restored) and stops what runs in it. */
export const DELETE = withUser(async ({ user, params }) => {
  const id = params.id as string;
  await stopTurn(user, id);
  await deleteChat(user.id, id);
  return json({ ok: true });
});
