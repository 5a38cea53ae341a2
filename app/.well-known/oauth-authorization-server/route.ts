import { authorizationServerMetadata } from '#lib/auth';

export const dynamic = 'force-dynamic';
export const runtime = 'nodejs';

export const GET = authorizationServerMetadata;
