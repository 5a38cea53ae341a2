import type { Metadata } from 'next';
import { ConnectionPanel } from '#components/settings';
import { bundleViews } from '../../connect/bundle-views.ts';
import { signedIn } from '../../signed-in.ts';

export const metadata: Metadata = { title: 'Connections' };

export default async function ConnectionsPage() {
  await signedIn('/settings/connections');
  return <ConnectionPanel bundles={bundleViews()} />;
}
