import type { Metadata } from 'next';
import { ActivityList, Section } from '#components/settings';
import { activity, activityClients } from '#lib/approvals';
import { signedIn } from '../../signed-in.ts';

export const metadata: Metadata = { title: 'Activity' };

type Query = { searchParams: Promise<{ chat?: string | string[] }> };

/** The ledger; `?chat=` shows what one chat changed. */
export default async function ActivityPage({ searchParams }: Query) {
  const user = await signedIn('/settings/activity');
  const { chat: given } = await searchParams;
  const chat = typeof given === 'string' && given !== '' ? given : null;
  const [initial, clients] = await Promise.all([
    activity(user, { limit: 50, ...(chat === null ? {} : { chat }) }),
    activityClients(user.id),
  ]);
  return (
    <Section
      title="Activity"
      lead="Every change proposed or made with your access, by chat and by MCP client."
    >
      <ActivityList
        key={chat ?? ''}
        initial={initial}
        clients={clients}
        admin={user.role === 'admin'}
        chat={chat}
      />
    </Section>
  );
}
