'use client';

import { useRouter } from 'next/navigation';
import { request, useSubmit } from '#components/http';
import { Badge, Button, ErrorNotice, Time } from '#components/ui';
import { limitWords } from './limit-words.ts';
import { Row, Rows } from './section.tsx';
import type { GrantView } from './types.ts';

/** Programs that the person connected through the consent page. */
export function GrantList({ grants }: { grants: readonly GrantView[] }) {
  const router = useRouter();
  const { busy, error, run } = useSubmit();
  if (grants.length === 0) {
    return (
      <p className="text-sm text-muted">
        None yet. Give a client the address above and no key: it brings you here to allow it.
      </p>
    );
  }
  const revoke = (id: string) =>
    run(id, async () => {
      await request('DELETE', `/api/grants/${id}`);
      router.refresh();
    });
  return (
    <div className="space-y-3">
      <Rows>
        {grants.map((grant) => (
          <Row
            key={grant.id}
            actions={
              <Button
                size="small"
                busy={busy === grant.id}
                disabled={busy !== null}
                aria-describedby={`name-${grant.id}`}
                onClick={() => void revoke(grant.id)}
              >
                Revoke
              </Button>
            }
          >
            <p className="flex flex-wrap items-center gap-2">
              <span id={`name-${grant.id}`} className="font-medium">
                <bdi>{grant.name}</bdi>
              </span>
              <code className="font-mono text-xs text-muted">{grant.redirect_to}</code>
              {grant.expired ? <Badge tone="danger">Expired</Badge> : null}
            </p>
            <p className="text-xs text-muted">{limitWords(grant.config)}</p>
            <p className="text-xs text-muted">
              {grant.last_used_at === null ? (
                'Never used'
              ) : (
                <>
                  Last used <Time at={grant.last_used_at} /> · {grant.calls.toLocaleString('en')} calls
                </>
              )}
              {grant.expired ? null : (
                <>
                  {' '}
                  · ends <Time at={grant.expires_at} look="date" />
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
