import { checkAgain } from '#lib/approvals';
import { json, withUser } from '../../../respond.ts';

export const dynamic = 'force-dynamic';

/** The button Check again: reads back what could not be read after it was written. Writes nothing to Confluence. */
export const POST = withUser(async ({ user, params }) => json(await checkAgain(user, params.id as string)));
