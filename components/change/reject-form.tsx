'use client';

import { useState } from 'react';
import { Button, TextField } from '#components/ui';

type RejectProps = { busy: boolean; onReject: (reason: string) => void; onCancel: () => void };

/** Asks why, if the person wants to say, and declines. */
export function RejectForm({ busy, onReject, onCancel }: RejectProps) {
  const [reason, setReason] = useState('');
  return (
    <form
      className="space-y-3"
      onSubmit={(event) => {
        event.preventDefault();
        onReject(reason.trim());
      }}
    >
      <TextField
        label="Reason (optional)"
        hint="It is told to whoever asked for the change, so that the next proposal is better."
        value={reason}
        maxLength={2000}
        autoFocus
        disabled={busy}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" busy={busy}>
          {"Don't apply"}
        </Button>
        <Button look="quiet" onClick={onCancel} disabled={busy}>
          Back
        </Button>
      </div>
    </form>
  );
}
