import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { DemoPeople, Door, ownPath, PasswordForm, signInErrorWords } from '#components/sign-in';
import { buttonClass, Notice } from '#components/ui';
import { env } from '#env';
import { currentUser, signInMethods } from '#lib/auth';

export const metadata: Metadata = { title: 'Sign in' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

const one = (value: string | string[] | undefined): string | null =>
  typeof value === 'string' ? value : null;

/** Sign-in, for everybody who is not. */
export default async function SignInPage({ searchParams }: Props) {
  const query = await searchParams;
  const returnTo = ownPath(one(query.returnTo));
  if ((await currentUser()) !== null) redirect(returnTo);
  const { demo, firstAdmin } = await signInMethods();
  if (firstAdmin) redirect('/sign-in/first');
  const error = one(query.error);
  const practice = env().confluence === 'sandbox';
  return (
    <Door title={demo.length > 0 ? 'Try it with a practice Confluence' : 'Sign in'}>
      <div className="space-y-5">
        {error === null ? null : (
          <Notice kind="error" alert>
            {signInErrorWords(error)}
          </Notice>
        )}
        {demo.length > 0 ? (
          <>
            <p className="text-sm text-muted">
              No account and no key needed. Everything runs on this machine, with made-up people and pages of
              a company called Halden Robotics.
            </p>
            <DemoPeople people={demo} returnTo={returnTo} />
          </>
        ) : (
          <>
            <a
              href={`/connect?purpose=sign_in&returnTo=${encodeURIComponent(returnTo)}`}
              className={`${buttonClass('primary')} min-h-12 w-full`}
            >
              Continue with {practice ? 'the practice Confluence' : 'Atlassian'}
            </a>
            <p className="flex items-center gap-3 text-xs text-muted before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
              or with a password
            </p>
            <PasswordForm returnTo={returnTo} />
          </>
        )}
        <p className="text-xs text-muted">
          Invited? Open the link you were sent.{' '}
          {demo.length > 0 ? null : (
            <Link href="/sign-in/first" className="underline underline-offset-2">
              Setting Confab up?
            </Link>
          )}
        </p>
      </div>
    </Door>
  );
}
