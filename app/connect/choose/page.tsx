import type { Metadata } from 'next';
import Link from 'next/link';
import { AccessForm } from '#components/connect';
import { buttonClass, Mark } from '#components/ui';
import {
  bundleNames,
  bundleOf,
  bundlesNamed,
  connectionView,
  safeReturnTo,
  scopesToAsk,
  usualBundles,
  withNeeded,
} from '#lib/connections';
import { signedIn } from '../../signed-in.ts';
import { bundleViews } from '../bundle-views.ts';

export const metadata: Metadata = { title: 'What Confab may do' };

type Query = Record<'returnTo' | 'bundles' | 'scopes', string | string[] | undefined>;

const listed = (value: string | string[] | undefined): string[] =>
  [value ?? []].flat().flatMap((one) => one.split(','));

/** Where a person chooses what Confab may do, before they say so to Atlassian. */
export default async function ChoosePage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams;
  const returnTo = safeReturnTo(listed(query.returnTo)[0] ?? '/settings/connections');
  const user = await signedIn(`/connect/choose?returnTo=${encodeURIComponent(returnTo)}`);
  const connection = await connectionView(user.id);
  const granted = connection?.mode === 'oauth' ? connection.scopes : null;
  const before =
    granted === null
      ? usualBundles()
      : bundleNames.filter((name) => granted.some((one) => bundleOf(one) === name));
  const scopes = listed(query.scopes).filter((scope) => bundleOf(scope) !== null);
  const { leftOut } = scopesToAsk({ bundles: [...bundleNames], scopes });
  return (
    <main className="mx-auto flex min-h-dvh max-w-prose flex-col gap-6 px-6 py-10 sm:py-16">
      <Mark className="size-9" />
      <header className="space-y-2">
        <h1 className="text-2xl font-semibold tracking-tight">What may Confab do in your Confluence?</h1>
        <p className="text-muted">
          Always within your own Confluence permissions, and never a change before you have seen it. Atlassian
          asks you once more on its own page.
        </p>
      </header>
      <AccessForm
        bundles={bundleViews()}
        chosen={withNeeded([...before, ...bundlesNamed(listed(query.bundles))])}
        granted={granted}
        byToken={connection !== null && connection.mode !== 'oauth'}
        scopes={scopes}
        leftOutOfAll={leftOut}
        returnTo={returnTo}
      >
        <Link href={returnTo} className={buttonClass('quiet')}>
          Not now
        </Link>
      </AccessForm>
    </main>
  );
}
