import type { Metadata } from 'next';
import { Section, SessionList } from '#components/settings';
import { currentSession, listSessions } from '#lib/auth';
import { signedIn } from '../../signed-in.ts';

export const metadata: Metadata = { title: 'Account' };

export default async function AccountPage() {
  const user = await signedIn('/settings/account');
  const session = await currentSession();
  return (
    <>
      <Section title="You">
        <p className="text-sm">
          {user.name} <span className="text-muted">· {user.email}</span>
        </p>
      </Section>
      <Section
        title="Signed in"
        lead="Browsers in which you are signed in to Confab. Ending one works at once."
      >
        <SessionList sessions={await listSessions(user.id, session?.sessionId ?? null)} />
      </Section>
    </>
  );
}
