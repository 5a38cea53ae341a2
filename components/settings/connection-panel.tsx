'use client';

import { AccessList } from '#components/connect';
import { request, useSubmit } from '#components/http';
import { useConnectAttempt, useShell } from '#components/shell';
import {
  Badge,
  Button,
  buttonClass,
  ErrorNotice,
  Notice,
  OutsideLink,
  Time,
  type Tone,
} from '#components/ui';
import type { BundleView, ConnectionView } from '#lib/wire';
import { Disconnect } from './disconnect.tsx';
import { Row, Rows, Section } from './section.tsx';

const here = '/settings/connections';
const connectUrl = `/connect?returnTo=${encodeURIComponent(here)}`;
const chooseUrl = `/connect/choose?returnTo=${encodeURIComponent(here)}`;

const statuses: Record<ConnectionView['status'], { words: string; tone: Tone }> = {
  active: { words: 'Connected', tone: 'good' },
  expired: { words: 'Access expired', tone: 'danger' },
  revoked: { words: 'Access withdrawn', tone: 'danger' },
  no_site: { words: 'No site chosen', tone: 'warn' },
};

const modes: Record<ConnectionView['mode'], string> = {
  oauth: 'through Atlassian’s consent page (OAuth 2.0)',
  api_token: 'with an API token',
  access_token: 'with an access token',
};

function NotConnected() {
  const { cameBack, setOut } = useConnectAttempt(here);
  return (
    <Section
      title="Confluence"
      lead="Confab acts with your own rights, never with more. You choose on Atlassian’s page what it may do, and can take it back here at any time."
    >
      {cameBack ? (
        <Notice kind="warn" alert title="Nothing was connected." className="mb-4">
          You came back without accepting on Atlassian’s page. Start again when you are ready.
        </Notice>
      ) : null}
      <div className="flex flex-wrap gap-2">
        <a href={connectUrl} onClick={setOut} className={buttonClass('primary')}>
          Connect Confluence
        </a>
        <a href={chooseUrl} className={buttonClass('quiet')}>
          Choose what it may do
        </a>
      </div>
    </Section>
  );
}

function Sites({ connection }: { connection: ConnectionView }) {
  const { setConnection } = useShell();
  const { busy, error, run } = useSubmit();
  const choose = (siteId: string) =>
    run(siteId, async () => {
      const answer = await request<{ connection: ConnectionView | null }>('POST', '/api/connection/site', {
        siteId,
      });
      setConnection(answer.connection);
    });
  return (
    <Section title="Site" lead="Your questions and changes go to this site.">
      <Rows>
        {connection.sites.map((site) => {
          const chosen = site.id === connection.site?.id;
          return (
            <Row
              key={site.id}
              actions={
                chosen ? (
                  <Badge tone="good">In use</Badge>
                ) : (
                  <Button
                    size="small"
                    busy={busy === site.id}
                    disabled={busy !== null}
                    onClick={() => void choose(site.id)}
                  >
                    Use this site
                  </Button>
                )
              }
            >
              <p className="font-medium">{site.name}</p>
              <OutsideLink href={site.url} className="text-xs">
                {site.url}
              </OutsideLink>
            </Row>
          );
        })}
      </Rows>
      {error === null ? null : <ErrorNotice error={error} />}
    </Section>
  );
}

/** The person's connection to Confluence: as whom, where, with what rights. */
export function ConnectionPanel({ bundles }: { bundles: readonly BundleView[] }) {
  const { connection } = useShell();
  if (connection === null) return <NotConnected />;
  const status = statuses[connection.status];
  const broken = connection.status === 'expired' || connection.status === 'revoked';
  const { account, mode, scopes } = connection;
  return (
    <>
      <Section title="Confluence">
        <div className="space-y-3">
          {broken ? (
            <Notice kind="warn" title="Confab can no longer reach your Confluence.">
              Connect again, and questions that wait for it go on.
            </Notice>
          ) : null}
          <Rows>
            <Row
              actions={
                <>
                  {broken || mode !== 'oauth' ? (
                    <a
                      href={broken ? `${connectUrl}&old=again` : connectUrl}
                      className={buttonClass(broken ? 'primary' : 'secondary')}
                    >
                      {broken ? 'Reconnect Confluence' : 'Connect through Atlassian'}
                    </a>
                  ) : null}
                  <Disconnect />
                </>
              }
            >
              <p className="flex flex-wrap items-center gap-2">
                <span className="font-medium">{account.name}</span>
                <Badge tone={status.tone}>{status.words}</Badge>
              </p>
              <p className="text-xs text-muted">
                {account.email === null ? '' : `${account.email} · `}
                {modes[connection.mode]}, since <Time at={connection.connectedAt} look="date" />
              </p>
            </Row>
          </Rows>
        </div>
      </Section>
      <Sites connection={connection} />
      <Section title="What Confab may do" lead="Always within your own Confluence permissions.">
        {mode === 'oauth' ? (
          <div className="space-y-3">
            <AccessList bundles={bundles} scopes={scopes} />
            <a href={chooseUrl} className={buttonClass('secondary')}>
              Change access
            </a>
          </div>
        ) : (
          <p className="text-sm">
            All that your account may do: an API token carries no list of permissions.
          </p>
        )}
      </Section>
    </>
  );
}
