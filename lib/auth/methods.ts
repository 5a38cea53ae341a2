import { needsFirstAdmin } from './invites.ts';
import { demoPeople } from './people.ts';

/** What the page /sign-in offers. */
export type SignInMethods = {
  /** One-click people; empty outside the practice mode. Sign in with provider `demo`, field `person` = key. */
  demo: { key: string; name: string }[];
  /** Nobody can sign in yet: show the way to /sign-in/first. */
  firstAdmin: boolean;
};

export async function signInMethods(): Promise<SignInMethods> {
  const people = await demoPeople();
  return {
    demo: people.map(({ email, name }) => ({ key: email.slice(0, email.indexOf('@')), name })),
    firstAdmin: await needsFirstAdmin(),
  };
}
