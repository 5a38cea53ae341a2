import { redirect } from 'next/navigation';
import { currentUser, type User } from '#lib/auth';

/** The signed-in person, or off to the sign-in page and back to `path` afterwards. For pages. */
export async function signedIn(path: string): Promise<User> {
  const user = await currentUser();
  if (user === null) redirect(path === '/' ? '/sign-in' : `/sign-in?returnTo=${encodeURIComponent(path)}`);
  return user;
}
