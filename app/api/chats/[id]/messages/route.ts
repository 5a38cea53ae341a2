import { startTurn } from '#lib/agent';
import { sendMessageSchema } from '#lib/wire';
import { json, readBody, withUser } from '../../../respond.ts';

export const dynamic = 'force-dynamic';

/** The next message of a chat. The browser sends only its text: history lives here. */
export const POST = withUser(async ({ request, user, params }) =>
  json(await startTurn(user, params.id as string, await readBody(request, sendMessageSchema)), 201),
);
