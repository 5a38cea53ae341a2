'use client';

import { useRouter } from 'next/navigation';
import { request, useSubmit } from '#components/http';
import { Badge, Button, ErrorNotice, Time } from '#components/ui';
import { limitWords } from './limit-words.ts';
import { Row, Rows } from './section.tsx';
import { TestSteps } from './test-steps.tsx';
import type { GrantView, KeyView } from './types.ts';
import { useConnectionTest } from './use-connection-test.ts';

/** A right somebody holds on `/api/mcp`: a key, or a program the person connected. */
type Right = { kind: 'key'; view: KeyView } | { kind: 'program'; view: GrantView };

function Ends({ at, expired }: { at: string | null; expired: boolean }) {
  if (at === null) return ' · never ends';
  if (expired) return null;
  return (
    <>
      {' '}
      · ends <Time at={at} look="date" />
    </>
  );
}

function Facts({ right }: { right: Right }) {
  const { id, name, config, expired, expires_at, last_used_at, calls } = right.view;
  return (
    <>
      <p className="flex flex-wrap items-center gap-2">
        <span id={`name-${id}`} className="font-medium">
          <bdi>{name}</bdi>
        </span>
        <Badge>{right.kind === 'key' ? 'Key' : 'Signed in'}</Badge>
        <code className="font-mono text-xs text-muted">
          {right.kind === 'key' ? `${right.view.prefix}…` : right.view.redirect_to}
        </code>
        {expired ? <Badge tone="danger">Expired</Badge> : null}
      </p>
      <p className="text-xs text-muted">{limitWords(config)}</p>
      <p className="text-xs text-muted">
        {last_used_at === null ? (
          'Never used'
        ) : (
          <>
            Last used <Time at={last_used_at} /> · {calls.toLocaleString('en')}{' '}
            {calls === 1 ? 'call' : 'calls'}
          </>
        )}
        <Ends at={expires_at} expired={expired} />
      </p>
    </>
  );
}

const routes = { key: '/api/keys', program: '/api/grants' } as const;

function RightRow({ right }: { right: Right }) {
  const router = useRouter();
  const { busy, error, run } = useSubmit();
  const { id, expired } = right.view;
  const tester = useConnectionTest(id, null, router.refresh);
  const revoke = () =>
    run('revoke', async () => {
      await request('DELETE', `${routes[right.kind]}/${id}`);
      router.refresh();
    });
  return (
    <Row
      actions={
        <>
          {right.kind === 'key' && !expired ? (
            <Button
              size="small"
              look="quiet"
              busy={tester.busy}
              aria-describedby={`name-${id}`}
              onClick={tester.start}
            >
              Test
            </Button>
          ) : null}
          <Button
            size="small"
            busy={busy !== null}
            aria-describedby={`name-${id}`}
            onClick={() => void revoke()}
          >
            Revoke
          </Button>
        </>
      }
      below={
        <>
          {error === null ? null : <ErrorNotice error={error} />}
          <TestSteps test={tester.test} />
        </>
      }
    >
      <Facts right={right} />
    </Row>
  );
}

type RightsListProps = { keys: readonly KeyView[]; grants: readonly GrantView[] };

/** Keys and connected programs with their limits and last use, newest first, each to be revoked at a click. */
export function RightsList({ keys, grants }: RightsListProps) {
  const rights: Right[] = [
    ...keys.map((view) => ({ kind: 'key' as const, view })),
    ...grants.map((view) => ({ kind: 'program' as const, view })),
  ].sort((a, b) => b.view.created_at.localeCompare(a.view.created_at));
  if (rights.length === 0) {
    return (
      <p className="text-sm text-muted">
        None yet. Give a client the address above: it brings you here to allow it. Or make a key.
      </p>
    );
  }
  return (
    <Rows>
      {rights.map((right) => (
        <RightRow key={right.view.id} right={right} />
      ))}
    </Rows>
  );
}
