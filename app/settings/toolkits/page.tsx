import type { Metadata } from 'next';
import { OwnToolkits, SignInFailed, ToolkitAdmin } from '#components/toolkits';
import { env } from '#env';
import { ownToolkitViews, toolkitViews } from '#lib/toolkits';
import { signedIn } from '../../signed-in.ts';

export const metadata: Metadata = { title: 'Toolkits' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function ToolkitsPage({ searchParams }: Props) {
  const user = await signedIn('/settings/toolkits');
  const admin = user.role === 'admin';
  const own = await ownToolkitViews(user.id);
  return (
    <>
      {'failed' in (await searchParams) ? <SignInFailed /> : null}
      <OwnToolkits toolkits={own} admin={admin} />
      {admin ? (
        <ToolkitAdmin
          toolkits={await toolkitViews()}
          own={own}
          inside={env().toolkitsInside}
          callback={`${env().publicUrl}/api/toolkits/callback`}
        />
      ) : null}
    </>
  );
}
