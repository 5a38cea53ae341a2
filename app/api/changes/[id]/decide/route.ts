import { decide } from '#lib/approvals';
import { decisionSchema, isSettled } from '#lib/wire';
import { goOn } from '../../../../go-on.ts';
import { json, readBody, withUser } from '../../../respond.ts';

export const dynamic = 'force-dynamic';

/** A person's decision. Carries the hash of the revision they saw and nothing else about the change. */
export const POST = withUser(async ({ request, user, params }) => {
  const change = await decide(user, params.id as string, await readBody(request, decisionSchema));
  if (isSettled[change.status]) await goOn(user, change.origin.chatId);
  return json(change);
});
