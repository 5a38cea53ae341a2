import type { Metadata } from 'next';
import { Door, NewPersonForm } from '#components/sign-in';
import { Notice } from '#components/ui';
import { inviteIsOpen } from '#lib/auth';

export const metadata: Metadata = { title: 'Invitation', referrer: 'no-referrer' };

/** Somebody invited gives their name and a password. */
export default async function InvitePage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  return (
    <Door title="You are invited">
      {(await inviteIsOpen(token)) ? (
        <NewPersonForm kind="invite" token={token} />
      ) : (
        <Notice kind="warn" title="This invitation is not known, was used, or has expired.">
          Ask the admin who sent it for a new one.
        </Notice>
      )}
    </Door>
  );
}
