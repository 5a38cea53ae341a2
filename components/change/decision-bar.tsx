'use client';

import { useId, useState } from 'react';
import { Button } from '#components/ui';
import type { ChangeView } from '#lib/wire';
import { EditForm } from './edit-form.tsx';
import { RejectForm } from './reject-form.tsx';
import type { useChange } from './use-change.ts';

type BarProps = {
  change: ChangeView;
  actions: ReturnType<typeof useChange>;
  /** Codes of the ticked warnings. */
  confirmed: readonly string[];
  /** Warnings that still must be ticked. */
  missing: number;
  /** A form of the bar has closed, and the focused element with it. */
  onClosed: () => void;
};

/** Apply, Edit, Don't apply. The hash sent is that of the revision on screen. */
export function DecisionBar({ change, actions, confirmed, missing, onClosed }: BarProps) {
  const hintId = useId();
  const [open, setOpen] = useState<'edit' | 'reject' | null>(null);
  const close = () => {
    setOpen(null);
    onClosed();
  };
  const { doing, decide } = actions;
  const { hash, editable } = change;
  if (open === 'edit' && editable !== null) {
    const save = async (text: string) => {
      if (await decide({ decision: 'edit', hash, text })) close();
    };
    return (
      <EditForm
        label={editable.label}
        text={editable.text}
        busy={doing === 'edit'}
        onSave={save}
        onCancel={close}
      />
    );
  }
  if (open === 'reject') {
    const reject = async (reason: string) => {
      await decide({ decision: 'reject', hash, ...(reason === '' ? {} : { reason }) });
    };
    return <RejectForm busy={doing === 'reject'} onReject={reject} onCancel={close} />;
  }
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button
        look={change.tier === 'destructive' ? 'danger' : 'primary'}
        busy={doing === 'apply'}
        disabled={missing > 0 || doing !== null}
        aria-describedby={missing > 0 ? hintId : undefined}
        onClick={() => void decide({ decision: 'apply', hash, confirmed: [...confirmed] })}
      >
        Apply
      </Button>
      {editable === null ? null : (
        <Button disabled={doing !== null} onClick={() => setOpen('edit')}>
          Edit
        </Button>
      )}
      <Button look="quiet" disabled={doing !== null} onClick={() => setOpen('reject')}>
        {"Don't apply"}
      </Button>
      {missing > 0 ? (
        <span id={hintId} className="text-xs text-muted">
          {missing === 1 ? 'Tick the warning above first.' : `Tick the ${missing} warnings above first.`}
        </span>
      ) : null}
    </div>
  );
}
