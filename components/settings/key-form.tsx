'use client';

import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { request, useSubmit } from '#components/http';
import { Button, CheckField, ErrorNotice, SelectField, TextField, useHydrated } from '#components/ui';
import type { KeyCeiling, KeyTier, WritePolicy } from '#lib/wire';
import { expiryChoices, usualExpiry } from './expiry-choices.ts';
import {
  emptyDraft,
  type KeyDraft,
  keyBody,
  limitCount,
  type Preset,
  presets,
  presetsUnder,
} from './key-draft.ts';
import { KeyLimits } from './key-limits.tsx';
import { policiesUnder, policyWords, tierWords } from './limit-words.ts';
import { OperatorNote } from './operator-note.tsx';
import type { NewKey } from './types.ts';

type PartProps = { draft: KeyDraft; ceiling: KeyCeiling; onChange: (part: Partial<KeyDraft>) => void };

function PresetField({ draft, ceiling, onChange }: PartProps) {
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-medium">What it may do</legend>
      <div className="grid gap-x-6 sm:grid-cols-2">
        {presetsUnder(ceiling).map((preset: Preset) => (
          <label key={preset} className="flex items-start gap-2.5 py-1.5 text-sm">
            <input
              type="radio"
              name="preset"
              value={preset}
              checked={draft.preset === preset}
              onChange={() => onChange({ preset })}
              className="mt-0.5 size-4 shrink-0 accent-(--accent)"
            />
            <span className="min-w-0">
              {presets[preset].words}
              <span className="block text-xs text-muted">{presets[preset].hint}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function OneByOne({ draft, ceiling, onChange }: PartProps) {
  const toggle = (tier: KeyTier, on: boolean) =>
    onChange({ methods: ceiling.tiers.filter((one) => (one === tier ? on : draft.methods.includes(one))) });
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <fieldset>
        <legend className="mb-1 text-sm font-medium">Tiers</legend>
        {ceiling.tiers.map((tier) => (
          <CheckField
            key={tier}
            checked={draft.methods.includes(tier)}
            onChange={({ currentTarget: { checked } }) => toggle(tier, checked)}
          >
            {tierWords[tier]}
          </CheckField>
        ))}
      </fieldset>
      <SelectField
        label="Writes"
        value={draft.writes}
        onChange={({ currentTarget: { value } }) => onChange({ writes: value as WritePolicy })}
      >
        {policiesUnder(ceiling.writes).map((policy) => (
          <option key={policy} value={policy}>
            {policyWords[policy]}
          </option>
        ))}
      </SelectField>
    </div>
  );
}

function ExpiryField({ draft, ceiling, onChange }: PartProps) {
  return (
    <>
      <SelectField
        label="Ends"
        value={draft.ends}
        onChange={({ currentTarget: { value } }) => onChange({ ends: value })}
      >
        {expiryChoices(ceiling.maxDays).map(({ value, words }) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
        {ceiling.maxDays === null ? <option value="never">never</option> : null}
        <option value="at">at a time …</option>
      </SelectField>
      {draft.ends === 'at' ? (
        <TextField
          label="Ends at"
          type="datetime-local"
          step={1}
          required
          value={draft.endsAt}
          onChange={({ currentTarget: { value } }) => onChange({ endsAt: value })}
          hint="In your own time zone, to the second."
        />
      ) : null}
    </>
  );
}

type KeyFormProps = { ceiling: KeyCeiling; onMade: (key: NewKey) => void; onCancel: () => void };

/** Makes a key: a name, what it may do and until when; the rest is folded away. */
export function KeyForm({ ceiling, onMade, onCancel }: KeyFormProps) {
  const { busy, error, run } = useSubmit();
  const hydrated = useHydrated();
  const [draft, setDraft] = useState(() => emptyDraft(ceiling, usualExpiry(ceiling.maxDays)));
  const [opened, setOpened] = useState(false);
  const onChange = (part: Partial<KeyDraft>) => setDraft((before) => ({ ...before, ...part }));
  const part = { draft, ceiling, onChange };
  const count = limitCount(draft, ceiling);
  return (
    <form
      aria-label="New key"
      className="space-y-4 rounded-lg border border-line bg-surface p-4"
      onSubmit={(event) => {
        event.preventDefault();
        void run('create', async () => onMade(await request<NewKey>('POST', '/api/keys', keyBody(draft))));
      }}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label="Name"
          required
          maxLength={100}
          placeholder="Claude on my laptop"
          autoComplete="off"
          value={draft.name}
          onChange={({ currentTarget: { value } }) => onChange({ name: value })}
        />
        <ExpiryField {...part} />
      </div>
      <PresetField {...part} />
      {draft.preset === 'custom' ? <OneByOne {...part} /> : null}
      <details
        className="group border-t border-line pt-3"
        onToggle={({ currentTarget: { open } }) => {
          if (open) setOpened(true);
        }}
      >
        <summary className="flex min-h-8 cursor-pointer list-none items-center gap-1.5 text-sm font-medium select-none [&::-webkit-details-marker]:hidden">
          <ChevronRight aria-hidden className="size-4 text-muted transition-transform group-open:rotate-90" />
          Limits
          <span className="font-normal text-muted">
            {count === 0 ? 'spaces, topics, operations, site and more' : `${count} set`}
          </span>
        </summary>
        {opened ? <KeyLimits {...part} /> : null}
      </details>
      <OperatorNote ceiling={ceiling} />
      {error === null ? null : <ErrorNotice error={error} />}
      <div className="flex flex-wrap gap-2">
        <Button
          type="submit"
          look="primary"
          busy={busy !== null}
          disabled={!hydrated || (draft.preset === 'custom' && draft.methods.length === 0)}
        >
          Create key
        </Button>
        <Button type="button" look="quiet" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
