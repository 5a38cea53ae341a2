'use client';

import { CircleCheck, Plug } from 'lucide-react';
import { useState } from 'react';
import { request, toView } from '#components/http';
import { useShell } from '#components/shell';
import { Button, buttonClass, ErrorNotice } from '#components/ui';
import type { ConnectionView, ConnectReason, ErrorView, Part } from '#lib/wire';

type ConnectPart = Extract<Part, { type: 'connect' }>;

const words: Record<ConnectReason, { title: string; link: string }> = {
  not_connected: { title: 'Connect your Confluence', link: 'Connect Confluence' },
  expired: { title: 'Your Confluence access has expired', link: 'Reconnect Confluence' },
  revoked: { title: 'Your Confluence access was withdrawn', link: 'Reconnect Confluence' },
  missing_scope: {
    title: 'One more permission is needed',
    link: 'Reconnect Confluence with this permission',
  },
  no_site: { title: 'Choose a site', link: 'Connect Confluence' },
};

function Sites({ chatId, connection }: { chatId: string; connection: ConnectionView }) {
  const { setConnection } = useShell();
  const [busy, setBusy] = useState<string | null>(null);
  const [error, setError] = useState<ErrorView | null>(null);
  const choose = async (siteId: string) => {
    setBusy(siteId);
    setError(null);
    try {
      const answer = await request<{ connection: ConnectionView | null }>('POST', '/api/connection/site', {
        siteId,
        chatId,
      });
      setConnection(answer.connection);
    } catch (failure) {
      setError(toView(failure));
    } finally {
      setBusy(null);
    }
  };
  return (
    <>
      <div className="flex flex-wrap gap-2">
        {connection.sites.map((site) => (
          <Button
            key={site.id}
            busy={busy === site.id}
            disabled={busy !== null}
            onClick={() => void choose(site.id)}
          >
            {site.name}
          </Button>
        ))}
      </div>
      {error === null ? null : <ErrorNotice error={error} />}
    </>
  );
}

/** Asks for a connection to Confluence where the answer needs one. Always a card of ours, never a model's link. */
export function ConnectCard({ part, chatId }: { part: ConnectPart; chatId: string }) {
  const { connection } = useShell();
  if (part.state === 'done') {
    return (
      <p className="my-2 flex items-center gap-2 text-sm text-muted">
        <CircleCheck aria-hidden className="size-4 text-good" />
        {connection === null
          ? 'Confluence was connected.'
          : `Connected to ${connection.site?.name ?? 'Confluence'} as ${connection.account.name}.`}
      </p>
    );
  }
  // Connected meanwhile, with several sites granted: what is missing now is the choice among them.
  const choosing = connection?.status === 'no_site' && connection.sites.length > 0;
  const { title, link } = words[choosing ? 'no_site' : part.reason];
  return (
    <section
      aria-label={title}
      className="appear my-3 space-y-3 rounded-lg border border-line-strong bg-surface p-4 shadow-lift"
    >
      <div className="flex gap-3">
        <span className="flex size-8 shrink-0 items-center justify-center rounded-md bg-accent-soft text-accent">
          <Plug aria-hidden className="size-4" />
        </span>
        <div className="min-w-0">
          <h3 className="font-semibold tracking-tight">{title}</h3>
          <p className="text-sm text-muted [overflow-wrap:anywhere]">
            {choosing
              ? 'You granted more than one. Your question goes on with the one you choose.'
              : part.message}
          </p>
        </div>
      </div>
      {choosing ? (
        <Sites chatId={chatId} connection={connection} />
      ) : (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <a
            href={`/connect?returnTo=${encodeURIComponent(`/c/${chatId}`)}`}
            className={buttonClass('primary')}
          >
            {link}
          </a>
          <span className="text-xs text-muted">You come back here, and your question goes on by itself.</span>
        </div>
      )}
    </section>
  );
}
