import type { Metadata } from 'next';
import { McpPanel } from '#components/settings';
import { env } from '#env';
import { hostedReach, keyCeiling, listGrants, listKeys } from '#lib/auth';
import { signedIn } from '../../signed-in.ts';

export const metadata: Metadata = { title: 'MCP' };

export default async function McpPage() {
  const user = await signedIn('/settings/mcp');
  const [keys, grants] = await Promise.all([listKeys(user.id), listGrants(user.id)]);
  return (
    <McpPanel
      url={`${env().publicUrl}/api/mcp`}
      reach={hostedReach()}
      ceiling={keyCeiling()}
      keys={keys}
      grants={grants}
    />
  );
}
