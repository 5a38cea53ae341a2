import { viewChange } from '#lib/approvals';
import { json, withUser } from '../../respond.ts';

export const dynamic = 'force-dynamic';

export const GET = withUser(async ({ user, params }) => json(await viewChange(user, params.id as string)));
