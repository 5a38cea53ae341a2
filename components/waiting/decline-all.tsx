'use client';

import { useState } from 'react';
import { request, useSubmit } from '#components/http';
import { useWaiting } from '#components/shell';
import { Button, Dialog, ErrorNotice, TextField } from '#components/ui';
import type { ChangeView, Decision, WaitingChange } from '#lib/wire';

/** Declines everything on the list at once. There is no such button for Apply: that needs a look at each. */
export function DeclineAll({ changes }: { changes: readonly WaitingChange[] }) {
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const { refresh } = useWaiting();
  const { busy, error, run } = useSubmit();
  const many = `these ${changes.length} changes`;
  const decline = () =>
    run('decline', async () => {
      try {
        for (const { id, hash } of changes) {
          const decision: Decision = { decision: 'reject', hash, ...(reason === '' ? {} : { reason }) };
          await request<ChangeView>('POST', `/api/changes/${id}/decide`, decision);
        }
        setOpen(false);
      } finally {
        refresh();
      }
    });
  return (
    <>
      <Button size="small" look="quiet" onClick={() => setOpen(true)}>
        Decline all…
      </Button>
      <Dialog open={open} title={`Decline ${many}?`} onClose={() => setOpen(false)}>
        <form
          className="space-y-4"
          onSubmit={(event) => {
            event.preventDefault();
            void decline();
          }}
        >
          <p className="text-sm text-muted">Nothing is written. Whoever asked is told, with your reason.</p>
          <TextField
            label="Reason (optional)"
            value={reason}
            maxLength={2000}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          {error === null ? null : <ErrorNotice error={error} />}
          <div className="flex flex-wrap gap-2">
            <Button type="submit" look="primary" busy={busy !== null}>
              Decline {many}
            </Button>
            <Button look="quiet" disabled={busy !== null} onClick={() => setOpen(false)}>
              Back
            </Button>
          </div>
        </form>
      </Dialog>
    </>
  );
}
