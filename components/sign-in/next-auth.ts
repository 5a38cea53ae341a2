import { RequestError } from '#components/http';

async function csrfToken(): Promise<string> {
  const response = await fetch('/api/auth/csrf', { cache: 'no-store' });
  const answer = (await response.json()) as { csrfToken?: string };
  if (answer.csrfToken === undefined) throw new Error('no csrf token');
  return answer.csrfToken;
}

/** Posts a form to next-auth and gives the address it answers with. */
async function post(path: string, fields: Record<string, string>): Promise<URL> {
  let answer: { url?: string };
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ ...fields, csrfToken: await csrfToken(), json: 'true' }),
    });
    answer = (await response.json()) as { url?: string };
  } catch {
    throw new RequestError(
      {
        code: 'internal',
        actor: 'operator',
        message: 'The server did not answer.',
        next: 'Check that Confab is running, then try again.',
      },
      0,
    );
  }
  return new URL(answer.url ?? '/', window.location.origin);
}

/** What the sign-in page shows for next-auth's error codes and ours. */
export const signInErrors: Record<string, string> = {
  CredentialsSignin: 'That did not work. Check what you entered and try again.',
  TooManyAttempts: 'Too many attempts to sign in. Wait 15 minutes, then try again.',
  AccessDenied: 'You may not sign in here. Ask an admin of this Confab.',
};

const unknownError = 'Signing in did not work. Try again.';

/** The words for an error code of a sign-in. */
export function signInErrorWords(code: string): string {
  return signInErrors[code] ?? unknownError;
}

/** A path of this site, or `/`: what comes from an address bar is not trusted. */
export function ownPath(returnTo: string | null): string {
  if (returnTo === null || !/^\/(?![/\\])/.test(returnTo)) return '/';
  const base = 'https://confab.invalid';
  return URL.canParse(returnTo, base) && new URL(returnTo, base).origin === base ? returnTo : '/';
}

/**
 * Signs this browser in with one of next-auth's providers (`demo`, `password`, `ticket`) and opens
 * `returnTo`. @throws RequestError with words for the person.
 */
export async function signIn(
  provider: string,
  fields: Record<string, string>,
  returnTo: string,
): Promise<void> {
  const target = ownPath(returnTo);
  const answered = await post(`/api/auth/callback/${provider}`, { ...fields, callbackUrl: target });
  const code = answered.searchParams.get('error');
  if (code !== null) {
    throw new RequestError(
      { code: 'needs_sign_in', actor: 'user', message: signInErrorWords(code), next: null },
      401,
    );
  }
  window.location.assign(target);
  return gone();
}

/** The page is about to be left: whoever waits keeps waiting, so that no button comes alive again. */
function gone(): Promise<never> {
  return new Promise(() => {});
}

/** Ends this login session and opens the sign-in page. */
export async function signOut(): Promise<void> {
  await post('/api/auth/signout', { callbackUrl: '/sign-in' });
  window.location.assign('/sign-in');
  return gone();
}
