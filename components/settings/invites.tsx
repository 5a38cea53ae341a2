'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { request, useSubmit } from '#components/http';
import { Button, CopyButton, ErrorNotice, Notice, SelectField, Time } from '#components/ui';
import { Row, Rows } from './section.tsx';
import type { InviteView } from './types.ts';

/** Makes an invitation and shows its link once. */
export function NewInvite() {
  const router = useRouter();
  const [link, setLink] = useState<string | null>(null);
  const { busy, error, run } = useSubmit();
  const create = (role: string) =>
    run('invite', async () => {
      const made = await request<{ link: string }>('POST', '/api/people/invites', { role });
      setLink(made.link);
      router.refresh();
    });
  return (
    <div className="space-y-3">
      <form
        className="flex flex-wrap items-end gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          void create(String(new FormData(event.currentTarget).get('role')));
        }}
      >
        <div className="w-44">
          <SelectField label="Role" name="role" defaultValue="member">
            <option value="member">Member</option>
            <option value="admin">Admin</option>
          </SelectField>
        </div>
        <Button type="submit" look="primary" busy={busy !== null}>
          Create invitation
        </Button>
      </form>
      {error === null ? null : <ErrorNotice error={error} />}
      {link === null ? null : (
        <Notice
          kind="good"
          title="Send this link to one person. It works once, for seven days, and is not shown again."
        >
          <div className="mt-2 flex items-center gap-2">
            <code className="min-w-0 flex-1 font-mono text-xs [overflow-wrap:anywhere]">{link}</code>
            <CopyButton text={link} label="Copy link" withWords />
          </div>
        </Notice>
      )}
    </div>
  );
}

/** Invitations that are still open. */
export function Invites({ invites }: { invites: readonly InviteView[] }) {
  const router = useRouter();
  const { busy, error, run } = useSubmit();
  if (invites.length === 0) return null;
  const revoke = (id: string) =>
    run(id, async () => {
      await request('DELETE', `/api/people/invites/${id}`);
      router.refresh();
    });
  return (
    <div className="mt-4 space-y-3">
      <Rows>
        {invites.map((invite) => (
          <Row
            key={invite.id}
            actions={
              <Button
                size="small"
                busy={busy === invite.id}
                disabled={busy !== null}
                onClick={() => void revoke(invite.id)}
              >
                Revoke
              </Button>
            }
          >
            <p className="font-medium">
              Open invitation for {invite.role === 'admin' ? 'an admin' : 'a member'}
            </p>
            <p className="text-xs text-muted">
              Made <Time at={invite.created_at} /> · ends <Time at={invite.expires_at} look="date" />
            </p>
          </Row>
        ))}
      </Rows>
      {error === null ? null : <ErrorNotice error={error} />}
    </div>
  );
}
