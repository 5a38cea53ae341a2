import type { Metadata } from 'next';
import { headers } from 'next/headers';
import Link from 'next/link';
import { ClientFacts, ConsentForm } from '#components/consent';
import { buttonClass, Mark } from '#components/ui';
import { consentRequest } from '#lib/auth';
import { connectionView } from '#lib/connections';
import { signedIn } from '../../../signed-in.ts';

export const metadata: Metadata = { title: 'Connect a program' };

type Props = { params: Promise<{ uid: string }> };

/** Where a person allows an MCP client what it asks, within limits of their own. */
export default async function ConsentPage({ params }: Props) {
  const { uid } = await params;
  const user = await signedIn(`/oauth/consent/${encodeURIComponent(uid)}`);
  const ask = await consentRequest((await headers()).get('cookie'), uid);
  const site = ask === null ? null : ((await connectionView(user.id))?.site ?? null);
  return (
    <main className="mx-auto flex min-h-dvh max-w-prose flex-col gap-6 px-6 py-10 sm:py-16">
      <Mark className="size-9" />
      {ask === null ? (
        <>
          <header className="space-y-2">
            <h1 className="text-2xl font-semibold tracking-tight">This request is no longer open</h1>
            <p className="text-muted">
              It was decided, has expired, or was begun in another browser. Go back to the program and connect
              again.
            </p>
          </header>
          <div>
            <Link href="/settings/mcp" className={buttonClass()}>
              Connected programs
            </Link>
          </div>
        </>
      ) : (
        <>
          <header className="space-y-2">
            <h1 className="text-2xl font-semibold tracking-tight">Let this program use your Confluence?</h1>
            <p className="text-muted">
              It would act as you, <strong className="font-medium text-ink">{user.name}</strong>
              {site === null ? '' : `, on ${site.name}`}: within your own permissions and the limits below. It
              never sees your Atlassian password or tokens, and you can end it at any time under Settings,
              MCP.
            </p>
          </header>
          <ClientFacts {...ask} />
          <ConsentForm ask={ask} person={user.id} />
        </>
      )}
    </main>
  );
}
