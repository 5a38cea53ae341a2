import { listGrants } from '#lib/auth';
import { json, withUser } from '../respond.ts';

export const dynamic = 'force-dynamic';
export const runtime = 'nodejs';

export const GET = withUser(async ({ user }) => json({ grants: await listGrants(user.id) }));
