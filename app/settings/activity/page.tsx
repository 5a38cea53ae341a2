import type { Metadata } from 'next';
import { ActivityList, Section } from '#components/settings';
import { listChanges } from '#lib/approvals';
import { signedIn } from '../../signed-in.ts';

export const metadata: Metadata = { title: 'Activity' };

export default async function ActivityPage() {
  const user = await signedIn('/settings/activity');
  return (
    <Section
      title="Activity"
      lead="The latest changes proposed or made with your access, by chat and by MCP client."
    >
      <ActivityList initial={await listChanges(user.id, { limit: 50 })} />
    </Section>
  );
}
