import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ConnectToolkit } from '#components/toolkits';
import { safeReturnTo } from '#lib/connections';
import { ownToolkitViews } from '#lib/toolkits';
import { signedIn } from '../../../signed-in.ts';

export const metadata: Metadata = { title: 'Connect a toolkit' };

type Props = {
  params: Promise<{ slug: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** Where one person connects one toolkit; a chat that waits for it is named in `returnTo`. */
export default async function ToolkitPage({ params, searchParams }: Props) {
  const { slug } = await params;
  const { returnTo, declined } = await searchParams;
  const back = typeof returnTo === 'string' ? safeReturnTo(returnTo) : null;
  const here = `/settings/toolkits/${encodeURIComponent(slug)}${back === null ? '' : `?returnTo=${encodeURIComponent(back)}`}`;
  const user = await signedIn(here);
  const toolkit = (await ownToolkitViews(user.id)).find((one) => one.slug === slug);
  if (toolkit === undefined) notFound();
  return <ConnectToolkit toolkit={toolkit} returnTo={back} declined={declined !== undefined} />;
}
