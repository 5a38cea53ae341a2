'use client';

import { Fragment, type ReactNode } from 'react';
import { request, useSubmit } from '#components/http';
import { useConnectAttempt, useShell } from '#components/shell';
import { Button, buttonClass, ErrorNotice, Notice } from '#components/ui';
import type { ConnectionView, ConnectReason, Part } from '#lib/wire';
import { ComeBackNote, ConnectedLine, ConnectFrame } from './connect-frame.tsx';

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

/** One button per choice; the chosen site is used from now on, and the question of this chat goes on. */
function GoOn({
  chatId,
  choices,
}: {
  chatId: string;
  choices: readonly { siteId: string; words: string; hint?: string }[];
}) {
  const { setConnection } = useShell();
  const { busy, error, run } = useSubmit();
  const choose = (siteId: string) =>
    run(siteId, async () => {
      const answer = await request<{ connection: ConnectionView | null }>('POST', '/api/connection/site', {
        siteId,
        chatId,
      });
      setConnection(answer.connection);
    });
  return (
    <>
      <div className="flex flex-wrap gap-2">
        {choices.map(({ siteId, words: name, hint }) => (
          <Button
            key={siteId}
            look={choices.length === 1 ? 'primary' : 'secondary'}
            busy={busy === siteId}
            disabled={busy !== null}
            title={hint}
            onClick={() => void choose(siteId)}
          >
            {name}
          </Button>
        ))}
      </div>
      {error === null ? null : <ErrorNotice error={error} />}
    </>
  );
}

type Face = { title: string; text: string; choices: { siteId: string; words: string; hint?: string }[] };

/** What the card offers: the way to Atlassian (no choices), one of several sites, or simply to go on. */
function faceOf(part: ConnectPart, connection: ConnectionView | null): Face {
  if (connection?.status === 'no_site' && connection.sites.length > 0) {
    return {
      title: words.no_site.title,
      text: 'You granted more than one. Your question goes on with the one you choose.',
      choices: connection.sites.map(({ id, name, url }) => ({ siteId: id, words: name, hint: url })),
    };
  }
  // Connected meanwhile from somewhere else. Whether a missing permission came along cannot be told from here.
  if (connection?.status === 'active' && connection.site !== null && part.reason !== 'missing_scope') {
    return {
      title: 'Confluence is connected now',
      text: `You are connected to ${connection.site.name} as ${connection.account.name}.`,
      choices: [{ siteId: connection.site.id, words: 'Go on with my question' }],
    };
  }
  const text =
    part.access === undefined || part.access.scopes.length === 0
      ? part.message
      : 'What you allowed so far does not cover this. What you allowed before stays. If Atlassian does not offer the permission, whoever runs Confab has to add it to its Atlassian app.';
  return { title: words[part.reason].title, text, choices: [] };
}

/** Where a link of the card leads: to Atlassian, or to the choice before it, and back to this chat. */
function hrefOf(part: ConnectPart, path: string, choose: boolean): string {
  const query = new URLSearchParams(part.access?.path.split('?')[1] ?? '');
  if (part.reason === 'expired' || part.reason === 'revoked') query.set('old', 'again');
  query.set('returnTo', path);
  return `${choose ? '/connect/choose' : '/connect'}?${query}`;
}

/** The missing permission: its name, what needs it, and the bundle it belongs to. */
function Missing({ access }: { access: NonNullable<ConnectPart['access']> }) {
  const more = access.operationCount - access.operations.length;
  const rows: [string, ReactNode][] = [
    ['Permission', <code key="scopes">{access.scopes.join(', ')}</code>],
    ['Needed for', `${access.operations.join(', ')}${more > 0 ? ` and ${more} more` : ''}`],
    ...(access.bundles.length === 0
      ? []
      : [
          [
            'Part of',
            `${access.bundles.map((title) => `“${title}”`).join(', ')}, which is asked for as a whole`,
          ] as [string, ReactNode],
        ]),
  ];
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm [overflow-wrap:anywhere]">
      {rows.map(([name, value]) => (
        <Fragment key={name}>
          <dt className="text-muted">{name}</dt>
          <dd>{value}</dd>
        </Fragment>
      ))}
    </dl>
  );
}

/** Asks for a connection to Confluence where the answer needs one. Always a card of ours, never a model's link. */
export function ConnectCard({ part, chatId }: { part: ConnectPart; chatId: string }) {
  const { connection } = useShell();
  const path = `/c/${chatId}`;
  const { cameBack, setOut } = useConnectAttempt(path);
  if (part.state === 'done') {
    return (
      <ConnectedLine>
        {connection === null
          ? 'Confluence was connected.'
          : `Connected to ${connection.site?.name ?? 'Confluence'} as ${connection.account.name}.`}
      </ConnectedLine>
    );
  }
  const { title, text, choices } = faceOf(part, connection);
  return (
    <ConnectFrame title={title} text={text}>
      {choices.length > 0 ? (
        <GoOn chatId={chatId} choices={choices} />
      ) : (
        <>
          {part.access === undefined || part.access.scopes.length === 0 ? null : (
            <Missing access={part.access} />
          )}
          {cameBack ? (
            <Notice kind="warn" alert title="Nothing was connected.">
              You came back without accepting on Atlassian’s page. Your question still waits here.
            </Notice>
          ) : null}
          <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
            <a href={hrefOf(part, path, false)} onClick={setOut} className={buttonClass('primary')}>
              {words[part.reason].link}
            </a>
            {part.reason === 'expired' || part.reason === 'revoked' ? null : (
              <a href={hrefOf(part, path, true)} className={buttonClass('quiet')}>
                Choose what it may do
              </a>
            )}
            <ComeBackNote />
          </div>
        </>
      )}
    </ConnectFrame>
  );
}
