import { undo } from '#lib/approvals';
import { json, withUser } from '../../../respond.ts';

export const dynamic = 'force-dynamic';

/** The Undo button: itself the approval of the inverse. */
export const POST = withUser(async ({ user, params }) => json(await undo(user, params.id as string)));
