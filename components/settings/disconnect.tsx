'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { request, useSubmit } from '#components/http';
import { useShell } from '#components/shell';
import { Button, Dialog, ErrorNotice } from '#components/ui';

/** Forgets the person's Atlassian tokens, after asking. */
export function Disconnect() {
  const { setConnection } = useShell();
  const router = useRouter();
  const [asking, setAsking] = useState(false);
  const { busy, error, run } = useSubmit();
  const disconnect = () =>
    run('disconnect', async () => {
      await request('DELETE', '/api/connection');
      setConnection(null);
      setAsking(false);
      router.refresh();
    });
  return (
    <>
      <Button onClick={() => setAsking(true)}>Disconnect</Button>
      <Dialog open={asking} title="Disconnect from Confluence?" onClose={() => setAsking(false)}>
        <div className="space-y-4 text-sm">
          <p>
            Confab forgets your Atlassian tokens. Your chats stay. MCP keys of yours stop working until you
            connect again. To withdraw the consent itself, remove Confab among the connected apps of your
            Atlassian account.
          </p>
          {error === null ? null : <ErrorNotice error={error} />}
          <div className="flex gap-2">
            <Button look="danger" busy={busy !== null} onClick={() => void disconnect()}>
              Disconnect now
            </Button>
            <Button look="quiet" onClick={() => setAsking(false)}>
              Keep it
            </Button>
          </div>
        </div>
      </Dialog>
    </>
  );
}
