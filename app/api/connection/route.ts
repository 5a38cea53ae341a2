import { connectionView, disconnect } from '#lib/connections';
import { json, withUser } from '../respond.ts';

export const dynamic = 'force-dynamic';

export const GET = withUser(async ({ user }) => json({ connection: await connectionView(user.id) }));

/** Forgets the person's Atlassian tokens. */
export const DELETE = withUser(async ({ user }) => {
  await disconnect(user.id);
  return json({ ok: true });
});
