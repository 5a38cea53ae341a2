'use client';

import { useRouter } from 'next/navigation';
import { request, useSubmit } from '#components/http';
import { Badge, Button, ErrorNotice } from '#components/ui';
import { Invites, NewInvite } from './invites.tsx';
import { Row, Rows, Section } from './section.tsx';
import type { InviteView, PersonView } from './types.ts';

function People({ people, ownId }: { people: readonly PersonView[]; ownId: string }) {
  const router = useRouter();
  const { busy, error, run } = useSubmit();
  const disable = (id: string) =>
    run(id, async () => {
      await request('DELETE', `/api/people/${id}`);
      router.refresh();
    });
  return (
    <div className="space-y-3">
      <Rows>
        {people.map((person) => (
          <Row
            key={person.id}
            actions={
              person.id === ownId || person.disabledAt !== null ? undefined : (
                <Button
                  size="small"
                  busy={busy === person.id}
                  disabled={busy !== null}
                  onClick={() => void disable(person.id)}
                >
                  Disable
                </Button>
              )
            }
          >
            <p className="flex flex-wrap items-center gap-2">
              <span className="font-medium">{person.name}</span>
              {person.role === 'admin' ? <Badge tone="accent">Admin</Badge> : null}
              {person.disabledAt === null ? null : <Badge>Disabled</Badge>}
              {person.id === ownId ? <Badge>You</Badge> : null}
            </p>
            <p className="text-xs text-muted">{person.email}</p>
          </Row>
        ))}
      </Rows>
      {error === null ? null : <ErrorNotice error={error} />}
    </div>
  );
}

type PanelProps = { people: readonly PersonView[]; invites: readonly InviteView[]; ownId: string };

/** Who may sign in here, and invitations. For admins. */
export function PeoplePanel({ people, invites, ownId }: PanelProps) {
  return (
    <>
      <Section title="Invite somebody">
        <NewInvite />
        <Invites invites={invites} />
      </Section>
      <Section
        title="People"
        lead="Somebody disabled is signed out at once; their chats and the record of their changes stay."
      >
        <People people={people} ownId={ownId} />
      </Section>
    </>
  );
}
