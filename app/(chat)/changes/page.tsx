import type { Metadata } from 'next';
import { WaitingPage } from '#components/waiting';
import { signedIn } from '../../signed-in.ts';

export const metadata: Metadata = { title: 'Waiting for you' };

/** What waits for the person's decision, wherever it was asked. The list itself is kept by the frame. */
export default async function ChangesPage() {
  await signedIn('/changes');
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto w-full max-w-wide px-4 py-8">
        <h1 className="text-xl font-semibold tracking-tight">Waiting for you</h1>
        <p className="mt-1 mb-5 text-sm text-muted">
          Changes that your chats and MCP clients propose. Nothing is written before you apply it.
        </p>
        <WaitingPage />
      </div>
    </div>
  );
}
