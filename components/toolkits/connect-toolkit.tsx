'use client';

import { useRouter } from 'next/navigation';
import { request, useSubmit } from '#components/http';
import { Row, Rows, Section } from '#components/settings';
import { Badge, Button, ErrorNotice, Notice, TextField } from '#components/ui';
import type { OwnToolkitView } from '#lib/wire';
import { standings } from './standing.ts';
import { tierWord } from './tier-words.ts';

type Way = { toolkit: OwnToolkitView; returnTo: string | null };

/** Sends the person to the toolkit's own consent page; the answer comes back to us. */
function SignIn({ toolkit, returnTo }: Way) {
  const { busy, error, run } = useSubmit();
  const start = () =>
    run('start', async () => {
      const { url } = await request<{ url: string }>('POST', `/api/toolkits/own/${toolkit.slug}/authorize`, {
        returnTo,
      });
      window.location.assign(url);
      // The page goes away; until then the button stays as it is.
      await new Promise(() => {});
    });
  return (
    <div className="space-y-3">
      <p className="max-w-prose text-sm text-muted">
        You sign in on the page of {toolkit.name} and say there what Confab may do for you.
        {returnTo === null ? '' : ' You come back here, and your question goes on by itself.'}
      </p>
      {error === null ? null : <ErrorNotice error={error} />}
      <Button look="primary" busy={busy !== null} onClick={() => void start()}>
        {toolkit.standing === 'not_connected' ? `Connect ${toolkit.name}` : `Reconnect ${toolkit.name}`}
      </Button>
    </div>
  );
}

/** Takes the value with which the toolkit knows the person. */
function Paste({ toolkit, returnTo }: Way) {
  const router = useRouter();
  const { busy, error, run } = useSubmit();
  return (
    <form
      className="max-w-form space-y-3"
      onSubmit={(event) => {
        event.preventDefault();
        const form = event.currentTarget;
        const value = String(new FormData(form).get('value'));
        void run('save', async () => {
          const answer = await request<{ returnTo: string | null }>(
            'POST',
            `/api/toolkits/own/${toolkit.slug}`,
            {
              value,
              returnTo,
            },
          );
          form.reset();
          if (answer.returnTo === null) router.refresh();
          else window.location.assign(answer.returnTo);
        });
      }}
    >
      <TextField
        label={`Value of the header ${toolkit.headerName}`}
        name="value"
        type="password"
        required
        autoComplete="off"
        spellCheck={false}
        hint={`As ${toolkit.name} gave it to you, for example “Bearer …”. It is stored encrypted, sent to ${toolkit.host} only, and never shown again.`}
      />
      {error === null ? null : <ErrorNotice error={error} />}
      <Button type="submit" look="primary" busy={busy !== null}>
        {toolkit.standing === 'not_connected' ? `Connect ${toolkit.name}` : 'Replace the value'}
      </Button>
    </form>
  );
}

function Disconnect({ toolkit }: { toolkit: OwnToolkitView }) {
  const router = useRouter();
  const { busy, error, run } = useSubmit();
  const disconnect = () =>
    run('disconnect', async () => {
      await request('DELETE', `/api/toolkits/own/${toolkit.slug}`);
      router.refresh();
    });
  return (
    <div className="space-y-3">
      <Button busy={busy !== null} onClick={() => void disconnect()}>
        Disconnect {toolkit.name}
      </Button>
      <p className="text-xs text-muted">
        Confab forgets your access. To withdraw it there as well, do so in {toolkit.name}.
      </p>
      {error === null ? null : <ErrorNotice error={error} />}
    </div>
  );
}

/** One toolkit as the person uses it: their access to it, and what it offers. */
export function ConnectToolkit({ toolkit, returnTo, declined }: Way & { declined: boolean }) {
  const { words, tone } = standings[toolkit.standing];
  const off = toolkit.standing === 'switched_off';
  const held = toolkit.standing === 'connected' || toolkit.standing === 'expired' || off;
  return (
    <>
      <Section
        title={toolkit.name}
        lead={`Another system, at ${toolkit.host}. Confab acts there with your own access, never with somebody else’s.`}
      >
        <div className="space-y-4">
          <p>
            <Badge tone={tone}>{words}</Badge>
          </p>
          {declined ? (
            <Notice kind="warn" alert title="Nothing was connected.">
              You came back without allowing it there.
            </Notice>
          ) : null}
          {off ? (
            <p className="max-w-prose text-sm text-muted">
              An admin switched it off, so nothing of it can be used. Confab still keeps your access.
            </p>
          ) : null}
          {toolkit.auth === 'oauth' && !off ? <SignIn toolkit={toolkit} returnTo={returnTo} /> : null}
          {toolkit.auth === 'header' && !off ? <Paste toolkit={toolkit} returnTo={returnTo} /> : null}
          {toolkit.auth === 'none' ? (
            <p className="text-sm text-muted">It asks nobody who they are, so there is nothing to connect.</p>
          ) : null}
          {held ? <Disconnect toolkit={toolkit} /> : null}
        </div>
      </Section>
      <Section title="What it offers">
        {toolkit.tools.length === 0 ? (
          <p className="text-sm text-muted">No tool of it is allowed yet.</p>
        ) : (
          <Rows>
            {toolkit.tools.map((tool) => (
              <Row
                key={tool.operation}
                actions={
                  tool.blocked ? <Badge tone="danger">Blocked</Badge> : <Badge>{tierWord[tool.tier]}</Badge>
                }
              >
                <p className="font-medium">
                  <bdi>{tool.title}</bdi>
                </p>
                <p className="font-mono text-xs text-muted">{tool.operation}</p>
              </Row>
            ))}
          </Rows>
        )}
      </Section>
    </>
  );
}
