import { createInvite, listInvites, newInviteSchema, readJson } from '#lib/auth';
import { json, withUser } from '../../respond.ts';

export const dynamic = 'force-dynamic';
export const runtime = 'nodejs';

export const GET = withUser(async ({ user }) => json({ invites: await listInvites(user) }));

/** Makes an invitation; its link is in this answer only. */
export const POST = withUser(async ({ user, request }) =>
  json(await createInvite(user, await readJson(request, newInviteSchema, 16 * 1024)), 201),
);
