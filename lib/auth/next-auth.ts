import type { NextAuthOptions, Session } from 'next-auth';
import type { CredentialsConfig } from 'next-auth/providers/credentials';
import { z } from 'zod';
import { database, userByEmail } from '#db';
import { env } from '#env';
import { ConfabError, UserError } from '#errors';
import { log } from '#log';
import { deriveKey } from '#secret';
import { addressOf, countAttempt, forgiveAttempts } from './attempts.ts';
import { isSameOrigin } from './guard.ts';
import { verifyPassword } from './password.ts';
import { demoPerson } from './people.ts';
import { endSession, readSession, startSession } from './sessions.ts';
import { bindingOf, redeemTicket } from './tickets.ts';
import { emailSchema, isActive, toUser, type User } from './user.ts';

/** What the page /sign-in shows for `?error=`. next-auth's own codes and ours. */
export const signInErrors: Record<string, string> = {
  CredentialsSignin: 'That did not work. Check what you entered and try again.',
  TooManyAttempts: 'Too many attempts to sign in. Wait 15 minutes, then try again.',
  AccessDenied: 'You may not sign in here. Ask an admin of this Confab.',
  SessionRequired: 'Sign in first.',
  OtherAddress: 'Open Confab at its own address and sign in there.',
};

/** The browser's cookie outlives the session: the table says when a session ends, and prolongs it with use. */
const cookieLifetimeSeconds = 365 * 24 * 3600;

type Ask = Parameters<CredentialsConfig['authorize']>[1];
type Authorized = { id: string; name: string; email: string; userAgent: string | null };

const header = (ask: Ask, name: string): string | null => {
  const value: unknown = ask.headers?.[name];
  return typeof value === 'string' ? value : null;
};

const provider = (
  id: string,
  name: string,
  fields: CredentialsConfig['credentials'],
  find: (given: Record<string, string>, ask: Ask) => Promise<User | null>,
): CredentialsConfig => ({
  id,
  name,
  type: 'credentials',
  credentials: fields,
  async authorize(given, ask) {
    const user = await find(given ?? {}, ask);
    if (user === null) return null;
    const { id: userId, name: userName, email } = user;
    return { id: userId, name: userName, email, userAgent: header(ask, 'user-agent') } satisfies Authorized;
  },
});

async function withPassword(given: Record<string, string>, ask: Ask): Promise<User | null> {
  const email = emailSchema.safeParse(given.email);
  const password = z.string().min(1).max(1024).safeParse(given.password);
  if (!email.success || !password.success) return null;
  const address = `address ${addressOf(header(ask, 'x-forwarded-for'))}`;
  try {
    countAttempt([email.data, address]);
    const row = await userByEmail(await database(), email.data);
    const usable = row !== undefined && isActive(row) ? row : undefined;
    if (!(await verifyPassword(password.data, usable?.password_hash ?? null)) || usable === undefined)
      return null;
    forgiveAttempts(email.data, address);
    return toUser(usable);
  } catch (error) {
    // next-auth puts the message into a URL: send a code for the page to spell out.
    if (error instanceof ConfabError && error.code === 'rate_limited')
      throw new Error('TooManyAttempts', { cause: error });
    throw error;
  }
}

/** A session that was ended: told apart from a token that cannot be read. */
class SessionEnded extends Error {}

export type SignedIn = Session & { user: User; sid: string };

let built: NextAuthOptions | undefined;

/** next-auth's options, built on first use: neither a build nor an import needs the environment. */
export function authOptions(): NextAuthOptions {
  const { publicUrl } = env();
  // next-auth would else take its address from the request's headers.
  process.env.NEXTAUTH_URL = `${publicUrl}/api/auth`;
  built ??= {
    secret: deriveKey('session').toString('hex'),
    useSecureCookies: publicUrl.startsWith('https://'),
    session: { strategy: 'jwt', maxAge: cookieLifetimeSeconds },
    pages: { signIn: '/sign-in', signOut: '/sign-in', error: '/sign-in' },
    providers: [
      provider('demo', 'Practice', { person: { type: 'text' } }, (given) => demoPerson(given.person ?? '')),
      provider(
        'password',
        'Password',
        { email: { type: 'email' }, password: { type: 'password' } },
        withPassword,
      ),
      provider('ticket', 'Atlassian', { ticket: { type: 'text' } }, (given, ask) =>
        redeemTicket(given.ticket ?? '', bindingOf(header(ask, 'cookie'))),
      ),
    ],
    callbacks: {
      async jwt({ token, user }) {
        const fresh = user as Authorized | undefined;
        return fresh === undefined
          ? token
          : { sub: fresh.id, sid: await startSession(fresh.id, fresh.userAgent) };
      },
      async session({ session, token }) {
        const sid = typeof token.sid === 'string' ? token.sid : '';
        const user = await readSession(sid);
        if (user === null || user.id !== token.sub) throw new SessionEnded();
        const view: SignedIn = { ...session, user, sid };
        return view;
      },
      redirect({ url, baseUrl }) {
        try {
          const target = new URL(url, baseUrl);
          return target.origin === baseUrl ? target.href : baseUrl;
        } catch (error) {
          if (error instanceof TypeError) return baseUrl;
          throw error;
        }
      },
    },
    events: {
      async signOut({ token }) {
        if (typeof token?.sub === 'string' && typeof token.sid === 'string')
          await endSession(token.sub, token.sid);
      },
    },
    logger: {
      error(code, metadata) {
        const error = metadata instanceof Error ? metadata : metadata.error;
        if (error instanceof SessionEnded) return;
        log.warn({ reason: code, message: error?.message }, 'next-auth');
      },
      warn() {},
      debug() {},
    },
  };
  return built;
}

const largestBody = 64 * 1024;

type RouteContext = { params: Promise<{ nextauth: string[] }> };

/** next-auth's GET and POST, for `app/api/auth/[...nextauth]/route.ts`. */
export async function authHandler(request: Request, context: RouteContext): Promise<Response> {
  const { nextauth } = await context.params;
  // Browsers report their own errors here; nobody needs a log that strangers can write to.
  if (nextauth[0] === '_log') return new Response(null, { status: 204 });
  if (request.method === 'POST') {
    // next-auth's own token protects against most of this; a page on a rebound host name has one of its own.
    if (!isSameOrigin(request))
      return Response.json({ url: `${env().publicUrl}/sign-in?error=OtherAddress` }, { status: 403 });
    const length = request.headers.get('content-length');
    if (length === null || Number(length) > largestBody)
      return new Response(null, { status: length === null ? 411 : 413 });
  }
  const module = await import('next-auth');
  const exported: unknown = module.default;
  // Depending on who bundles this CommonJS package, its default export is one level deeper.
  const nextAuth = (
    typeof exported === 'function' ? exported : (exported as { default: unknown }).default
  ) as (request: Request, context: RouteContext, options: NextAuthOptions) => Promise<Response>;
  return nextAuth(request, context, authOptions());
}

/** The signed-in person and the id of their session; null when nobody is. For route handlers and pages. */
export async function currentSession(): Promise<{ user: User; sessionId: string } | null> {
  const module = await import('next-auth');
  const deeper = module.default as unknown as typeof module | undefined;
  const getServerSession = module.getServerSession ?? deeper?.getServerSession;
  const session = (await getServerSession(authOptions())) as SignedIn | null;
  return session === null ? null : { user: session.user, sessionId: session.sid };
}

/** The signed-in person, or null. Disabled people and ended sessions are nobody. */
export async function currentUser(): Promise<User | null> {
  return (await currentSession())?.user ?? null;
}

/** The signed-in person. @throws UserError `needs_sign_in`. */
export async function requireUser(): Promise<User> {
  const user = await currentUser();
  if (user === null)
    throw new UserError('needs_sign_in', 'You are not signed in.', { next: 'Sign in and try again.' });
  return user;
}
