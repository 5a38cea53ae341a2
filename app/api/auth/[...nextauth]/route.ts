import { authHandler } from '#lib/auth';

export const dynamic = 'force-dynamic';
export const runtime = 'nodejs';

export { authHandler as GET, authHandler as POST };
