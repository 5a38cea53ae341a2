import type { Metadata } from 'next';
import { McpPanel } from '#components/settings';
import { env } from '#env';
import { listKeys } from '#lib/auth';
import { signedIn } from '../../signed-in.ts';

export const metadata: Metadata = { title: 'MCP' };

export default async function McpPage() {
  const user = await signedIn('/settings/mcp');
  return <McpPanel url={`${env().publicUrl}/api/mcp`} keys={await listKeys(user.id)} />;
}
