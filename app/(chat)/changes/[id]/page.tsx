import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { ChangePage } from '#components/change';
import { ConfabError } from '#errors';
import { viewChange } from '#lib/approvals';
import type { User } from '#lib/auth';
import type { ChangeView } from '#lib/wire';
import { signedIn } from '../../../signed-in.ts';

export const metadata: Metadata = { title: 'Proposed change' };

async function load(user: User, id: string): Promise<ChangeView> {
  try {
    return await viewChange(user, id);
  } catch (error) {
    if (error instanceof ConfabError && error.code === 'not_found') notFound();
    throw error;
  }
}

/** One change to decide on, for approvals asked over MCP and for links from the activity. */
export default async function ChangeRoute({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const user = await signedIn(`/changes/${id}`);
  const change = await load(user, id);
  const { client, chatId } = change.origin;
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto w-full max-w-wide px-4 py-8">
        <h1 className="text-xl font-semibold tracking-tight">
          {client === null ? 'A change to your Confluence' : `${client} asks to change your Confluence`}
        </h1>
        <p className="mt-1 mb-5 text-sm text-muted">
          {change.status === 'proposed' ? 'Nothing is written before you apply it here. ' : null}
          {chatId === null ? null : (
            <Link href={`/c/${chatId}`} className="text-accent underline underline-offset-2">
              See the chat it came from
            </Link>
          )}
        </p>
        <ChangePage initial={change} />
      </div>
    </div>
  );
}
