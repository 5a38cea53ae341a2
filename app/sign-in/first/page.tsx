import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { Door, NewPersonForm } from '#components/sign-in';
import { signInMethods } from '#lib/auth';

export const metadata: Metadata = { title: 'First admin' };

/** Makes the first admin of a new installation. */
export default async function FirstAdminPage() {
  if (!(await signInMethods()).firstAdmin) redirect('/sign-in');
  return (
    <Door title="Create the first admin">
      <NewPersonForm kind="first" token={null} />
    </Door>
  );
}
