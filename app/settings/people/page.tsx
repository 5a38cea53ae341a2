import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { PeoplePanel } from '#components/settings';
import { listInvites, listPeople } from '#lib/auth';
import { signedIn } from '../../signed-in.ts';

export const metadata: Metadata = { title: 'People' };

export default async function PeoplePage() {
  const user = await signedIn('/settings/people');
  if (user.role !== 'admin') notFound();
  const [people, invites] = await Promise.all([listPeople(user), listInvites(user)]);
  return <PeoplePanel people={people} invites={invites} ownId={user.id} />;
}
