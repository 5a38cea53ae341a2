'use client';

import { useState } from 'react';
import { Button, TextArea } from '#components/ui';

type EditProps = {
  label: string;
  text: string;
  busy: boolean;
  onSave: (text: string) => void;
  onCancel: () => void;
};

/** The person's own wording, before anything is written. */
export function EditForm({ label, text, busy, onSave, onCancel }: EditProps) {
  const [draft, setDraft] = useState(text);
  return (
    <form
      className="space-y-3"
      onSubmit={(event) => {
        event.preventDefault();
        onSave(draft);
      }}
    >
      <TextArea
        label={label}
        hint="Saving shows the change again with your text. Nothing is written yet."
        value={draft}
        autoFocus
        disabled={busy}
        onChange={(event) => setDraft(event.currentTarget.value)}
        rows={Math.min(18, Math.max(6, draft.split('\n').length + 1))}
        className="font-mono text-sm leading-relaxed"
      />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="primary" busy={busy} disabled={draft.trim() === ''}>
          Save text
        </Button>
        <Button look="quiet" onClick={onCancel} disabled={busy}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
