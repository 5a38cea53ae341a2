'use client';

import { useRouter } from 'next/navigation';
import { request, useSubmit } from '#components/http';
import { Badge, Button, ErrorNotice, Time } from '#components/ui';
import { Row, Rows } from './section.tsx';
import type { SessionView } from './types.ts';

const systems = ['iPhone', 'iPad', 'Android', 'Windows', 'Macintosh', 'CrOS', 'Linux'] as const;
const browsers = [
  ['Edg/', 'Edge'],
  ['OPR/', 'Opera'],
  ['Firefox/', 'Firefox'],
  ['Chrome/', 'Chrome'],
  ['Safari/', 'Safari'],
] as const;

/** `Firefox on Linux`, from what the browser says of itself. */
function deviceWords(userAgent: string | null): string {
  if (userAgent === null) return 'Unknown browser';
  const browser = browsers.find(([mark]) => userAgent.includes(mark))?.[1] ?? 'A browser';
  const system = systems.find((mark) => userAgent.includes(mark));
  return system === undefined ? browser : `${browser} on ${system === 'Macintosh' ? 'Mac' : system}`;
}

/** Where the person is signed in. */
export function SessionList({ sessions }: { sessions: readonly SessionView[] }) {
  const router = useRouter();
  const { busy, error, run } = useSubmit();
  const end = (id: string) =>
    run(id, async () => {
      await request('DELETE', `/api/people/sessions/${id}`);
      router.refresh();
    });
  return (
    <div className="space-y-3">
      <Rows>
        {sessions.map((session) => (
          <Row
            key={session.id}
            actions={
              session.current ? (
                <Badge tone="good">This browser</Badge>
              ) : (
                <Button
                  size="small"
                  busy={busy === session.id}
                  disabled={busy !== null}
                  onClick={() => void end(session.id)}
                >
                  End
                </Button>
              )
            }
          >
            <p className="font-medium">{deviceWords(session.userAgent)}</p>
            <p className="text-xs text-muted">
              Signed in <Time at={session.createdAt} look="date" /> · last seen{' '}
              <Time at={session.lastSeenAt} />
            </p>
          </Row>
        ))}
      </Rows>
      {error === null ? null : <ErrorNotice error={error} />}
    </div>
  );
}
