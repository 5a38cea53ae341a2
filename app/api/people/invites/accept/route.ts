import { acceptInvite } from '#lib/auth';
import { newcomerRoute } from '../../newcomer.ts';

export const dynamic = 'force-dynamic';
export const runtime = 'nodejs';

/** Uses an invitation up. */
export const POST = newcomerRoute(acceptInvite);
