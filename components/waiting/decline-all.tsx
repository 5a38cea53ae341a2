'use client';

import { useState } from 'react';
import { request, toView, useSubmit } from '#components/http';
import { useWaiting } from '#components/shell';
import { Button, Dialog, ErrorNotice, TextField, typographic } from '#components/ui';
import type { ChangeView, Decision, WaitingChange } from '#lib/wire';

/** Declines everything on the list at once. There is no such button for Apply: that needs a look at each. */
export function DeclineAll({ changes }: { changes: readonly WaitingChange[] }) {
  // What was on the list when the person asked: what comes meanwhile is not declined unseen.
  const [asked, setAsked] = useState<readonly WaitingChange[] | null>(null);
  const [left, setLeft] = useState<readonly string[]>([]);
  // Of an unknown outcome nobody can say that nothing was written.
  const open = changes.filter(({ status }) => status === 'proposed');
  const [reason, setReason] = useState('');
  const { refresh } = useWaiting();
  const { busy, error, run } = useSubmit();
  const many = `these ${(asked ?? open).length} changes`;
  const decline = () =>
    run('decline', async () => {
      const refused: string[] = [];
      for (const { id, hash, title } of asked ?? []) {
        const decision: Decision = { decision: 'reject', hash, ...(reason === '' ? {} : { reason }) };
        // One that has changed or was decided elsewhere does not hold up the others.
        await request<ChangeView>('POST', `/api/changes/${id}/decide`, decision).catch((error: unknown) =>
          refused.push(`${typographic(title)}: ${toView(error).message}`),
        );
      }
      refresh();
      setLeft(refused);
      if (refused.length === 0) setAsked(null);
      else setAsked([]);
    });
  if (open.length < 2 && asked === null) return null;
  return (
    <>
      <Button
        size="small"
        look="quiet"
        onClick={() => {
          setLeft([]);
          setAsked(open);
        }}
      >
        Decline all…
      </Button>
      <Dialog
        open={asked !== null}
        title={left.length > 0 ? 'Some could not be declined' : `Decline ${many}?`}
        onClose={() => setAsked(null)}
      >
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
          {left.length === 0 ? null : (
            <ul role="alert" className="list-disc space-y-1 ps-5 text-sm">
              {left.map((words) => (
                <li key={words}>{words}</li>
              ))}
            </ul>
          )}
          <div className="flex flex-wrap gap-2">
            <Button type="submit" look="primary" busy={busy !== null} disabled={left.length > 0}>
              Decline {many}
            </Button>
            <Button look="quiet" disabled={busy !== null} onClick={() => setAsked(null)}>
              Back
            </Button>
          </div>
        </form>
      </Dialog>
    </>
  );
}
