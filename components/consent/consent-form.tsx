'use client';

import { useState } from 'react';
import { request, useSubmit } from '#components/http';
import {
  expiryChoices,
  listOf,
  OperatorNote,
  policiesUnder,
  policyWords,
  tierWords,
  usualExpiry,
} from '#components/settings';
import { Button, CheckField, ErrorNotice, Notice, SelectField, TextField, useHydrated } from '#components/ui';
import type { KeyTier } from '#lib/wire';
import type { ConsentAsk } from './types.ts';

type Decided = 'allow' | 'deny';

const done: Record<Decided, string> = {
  allow: 'Allowed. Go back to the program; you can close this page.',
  deny: 'Not allowed. You can close this page.',
};

/** The limits a person sets, and their yes or no. */
export function ConsentForm({ ask, person }: { ask: ConsentAsk; person: string }) {
  const { ceiling } = ask;
  const { busy, error, run } = useSubmit();
  const hydrated = useHydrated();
  const [ticked, setTicked] = useState<readonly KeyTier[]>(() =>
    ask.tiers.filter((tier) => tier !== 'destructive'),
  );
  const [decided, setDecided] = useState<Decided | null>(null);
  const decide = (decision: Decided, more: object = {}) =>
    run(decision, async () => {
      const { location } = await request<{ location: string }>('POST', `/oauth/consent/${ask.uid}/decide`, {
        decision,
        person,
        ...more,
      });
      // A program on this computer takes the answer without this page going anywhere.
      setDecided(decision);
      window.location.assign(location);
    });
  if (decided !== null) return <Notice kind={decided === 'allow' ? 'good' : 'info'} title={done[decided]} />;
  const mayWrite = ticked.some((tier) => tier !== 'read');
  return (
    <form
      className="space-y-5"
      onSubmit={(event) => {
        event.preventDefault();
        const form = new FormData(event.currentTarget);
        void decide('allow', {
          tiers: ticked,
          spaces: listOf(form, 'spaces') ?? undefined,
          writes: form.get('writes') ?? undefined,
          expires: String(form.get('expires')),
        });
      }}
    >
      {ask.tiers.length === 0 ? (
        <Notice
          kind="warn"
          title="The operator of this installation allows none of what this program asks for."
        />
      ) : null}
      <fieldset
        className="rounded-lg border border-line bg-surface px-4 py-3"
        hidden={ask.tiers.length === 0}
      >
        <legend className="sr-only">What it may do</legend>
        {ask.tiers.map((tier) => (
          <CheckField
            key={tier}
            checked={ticked.includes(tier)}
            onChange={({ currentTarget: { checked } }) =>
              setTicked(ask.tiers.filter((one) => (one === tier ? checked : ticked.includes(one))))
            }
          >
            {tierWords[tier]}
          </CheckField>
        ))}
      </fieldset>
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label="Only these spaces"
          name="spaces"
          placeholder={ceiling.spaces?.join(', ') ?? 'ENG, PROD'}
          hint={
            ceiling.spaces === null
              ? 'Keys or ids; empty for all you may see.'
              : 'Some of these; empty for all of them.'
          }
          autoComplete="off"
        />
        <SelectField label="Ends" name="expires" defaultValue={usualExpiry(ceiling.maxDays)}>
          {expiryChoices(ceiling.maxDays).map(({ value, words }) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </SelectField>
        {mayWrite ? (
          <div className="sm:col-span-2">
            <SelectField label="Writes" name="writes">
              {policiesUnder(ceiling.writes).map((policy) => (
                <option key={policy} value={policy}>
                  {policyWords[policy]}
                </option>
              ))}
            </SelectField>
          </div>
        ) : null}
      </div>
      <OperatorNote ceiling={ceiling} />
      {error === null ? null : <ErrorNotice error={error} />}
      <div className="flex flex-wrap gap-2">
        <Button
          type="submit"
          look="primary"
          busy={busy === 'allow'}
          disabled={!hydrated || busy !== null || ticked.length === 0}
        >
          Allow
        </Button>
        <Button
          type="button"
          busy={busy === 'deny'}
          disabled={!hydrated || busy !== null}
          onClick={() => void decide('deny')}
        >
          Cancel
        </Button>
      </div>
    </form>
  );
}
