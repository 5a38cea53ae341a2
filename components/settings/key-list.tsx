'use client';

import { useRouter } from 'next/navigation';
import { request, useSubmit } from '#components/http';
import { Badge, Button, ErrorNotice, Time } from '#components/ui';
import { limitWords } from './limit-words.ts';
import { Row, Rows } from './section.tsx';
import type { KeyView } from './types.ts';

/** The person's keys with their last use. */
export function KeyList({ keys }: { keys: readonly KeyView[] }) {
  const router = useRouter();
  const { busy, error, run } = useSubmit();
  if (keys.length === 0) return <p className="text-sm text-muted">No keys yet.</p>;
  const revoke = (id: string) =>
    run(id, async () => {
      await request('DELETE', `/api/keys/${id}`);
      router.refresh();
    });
  return (
    <div className="space-y-3">
      <Rows>
        {keys.map((key) => (
          <Row
            key={key.id}
            actions={
              <Button
                size="small"
                busy={busy === key.id}
                disabled={busy !== null}
                aria-describedby={`name-${key.id}`}
                onClick={() => void revoke(key.id)}
              >
                Revoke
              </Button>
            }
          >
            <p className="flex flex-wrap items-center gap-2">
              <span id={`name-${key.id}`} className="font-medium">
                {key.name}
              </span>
              <code className="font-mono text-xs text-muted">{key.prefix}…</code>
              {key.expired ? <Badge tone="danger">Expired</Badge> : null}
            </p>
            <p className="text-xs text-muted">{limitWords(key.config)}</p>
            <p className="text-xs text-muted">
              {key.last_used_at === null ? (
                'Never used'
              ) : (
                <>
                  Last used <Time at={key.last_used_at} /> · {key.calls.toLocaleString('en')} calls
                </>
              )}
              {key.expires_at === null ? ' · never ends' : null}
              {key.expires_at === null || key.expired ? null : (
                <>
                  {' '}
                  · ends <Time at={key.expires_at} look="date" />
                </>
              )}
            </p>
          </Row>
        ))}
      </Rows>
      {error === null ? null : <ErrorNotice error={error} />}
    </div>
  );
}
