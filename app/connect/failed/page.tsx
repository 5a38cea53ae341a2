import type { Metadata } from 'next';
import Link from 'next/link';
import { buttonClass, Mark, Notice } from '#components/ui';

export const metadata: Metadata = { title: 'Not connected' };

const words: Record<string, { title: string; next: string }> = {
  cancelled: {
    title: 'You did not accept on Atlassian’s page.',
    next: 'Nothing was connected. Start again when you are ready.',
  },
  forbidden: {
    title: 'Atlassian did not allow it.',
    next: 'Nothing was connected. Start again, and accept with the right account.',
  },
  invalid_input: {
    title: 'The way back from Atlassian was not complete.',
    next: 'It may have taken too long or been opened twice. Start again.',
  },
  other_person: {
    title: 'This link was made for somebody else.',
    next: 'Nothing was connected. Whoever asked for it has to open it, signed in to Confab. You can connect your own account here.',
  },
  misconfigured: {
    title: 'The Atlassian app of this Confab is not set up correctly.',
    next: 'Tell whoever runs it; the log of the server says why.',
  },
  atlassian_unavailable: { title: 'Atlassian did not answer.', next: 'Try again in a moment.' },
};

const other = {
  title: 'Connecting did not work.',
  next: 'Start again. If it happens again, the log of the server says why.',
};

/** Where the browser ends up when an Atlassian authorisation did not complete. */
export default async function ConnectFailedPage({
  searchParams,
}: {
  searchParams: Promise<{ code?: string | string[] }>;
}) {
  const { code } = await searchParams;
  const { title, next } = (typeof code === 'string' ? words[code] : undefined) ?? other;
  return (
    <main className="mx-auto flex min-h-dvh max-w-form flex-col justify-center gap-5 px-6">
      <Mark className="size-9" />
      <h1 className="text-xl font-semibold tracking-tight">Not connected</h1>
      <Notice kind="warn" title={title}>
        {next}
      </Notice>
      <div className="flex flex-wrap gap-2">
        <a href="/connect?returnTo=/" className={buttonClass('primary')}>
          Connect Confluence
        </a>
        <Link href="/" className={buttonClass('quiet')}>
          Back to the chats
        </Link>
      </div>
    </main>
  );
}
