import { createFirstAdmin } from '#lib/auth';
import { newcomerRoute } from '../newcomer.ts';

export const dynamic = 'force-dynamic';
export const runtime = 'nodejs';

/** Makes the first admin. */
export const POST = newcomerRoute(createFirstAdmin);
