import type { Metadata } from 'next';
import { Door, ownPath, UseTicket } from '#components/sign-in';

export const metadata: Metadata = { title: 'Signing in', referrer: 'no-referrer' };

/** Where Atlassian's sign-in ends: the one-time ticket stands in the address's fragment. */
export default async function TicketPage({
  searchParams,
}: {
  searchParams: Promise<{ returnTo?: string | string[] }>;
}) {
  const { returnTo } = await searchParams;
  return (
    <Door title="Sign in">
      <UseTicket returnTo={ownPath(typeof returnTo === 'string' ? returnTo : null)} />
    </Door>
  );
}
