'use client';

import { useRouter } from 'next/navigation';
import { request, useSubmit } from '#components/http';
import { Badge, Button, ErrorNotice, Time } from '#components/ui';
import { limitWords } from './limit-words.ts';
import { Row, Rows } from './section.tsx';
import type { KeyConfig } from './types.ts';

/** A right somebody holds on `/api/mcp`: a key, or a program the person connected. */
type Right = {
  id: string;
  name: string;
  config: KeyConfig;
  expires_at: string | null;
  last_used_at: string | null;
  calls: number;
  expired: boolean;
};

type RevocableListProps<R extends Right> = {
  rights: readonly R[];
  /** Where one is revoked: `DELETE {route}/{id}`. */
  route: string;
  empty: string;
  /** What to recognise it by, beside its name. */
  mark: (right: R) => string;
};

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

/** Rights with their limits and last use, each to be revoked at a click. */
export function RevocableList<R extends Right>({ rights, route, empty, mark }: RevocableListProps<R>) {
  const router = useRouter();
  const { busy, error, run } = useSubmit();
  if (rights.length === 0) return <p className="text-sm text-muted">{empty}</p>;
  const revoke = (id: string) =>
    run(id, async () => {
      await request('DELETE', `${route}/${id}`);
      router.refresh();
    });
  return (
    <div className="space-y-3">
      <Rows>
        {rights.map((right) => (
          <Row
            key={right.id}
            actions={
              <Button
                size="small"
                busy={busy === right.id}
                disabled={busy !== null}
                aria-describedby={`name-${right.id}`}
                onClick={() => void revoke(right.id)}
              >
                Revoke
              </Button>
            }
          >
            <p className="flex flex-wrap items-center gap-2">
              <span id={`name-${right.id}`} className="font-medium">
                <bdi>{right.name}</bdi>
              </span>
              <code className="font-mono text-xs text-muted">{mark(right)}</code>
              {right.expired ? <Badge tone="danger">Expired</Badge> : null}
            </p>
            <p className="text-xs text-muted">{limitWords(right.config)}</p>
            <p className="text-xs text-muted">
              {right.last_used_at === null ? (
                'Never used'
              ) : (
                <>
                  Last used <Time at={right.last_used_at} /> · {right.calls.toLocaleString('en')} calls
                </>
              )}
              <Ends at={right.expires_at} expired={right.expired} />
            </p>
          </Row>
        ))}
      </Rows>
      {error === null ? null : <ErrorNotice error={error} />}
    </div>
  );
}
