'use client';

import { request, useSubmit } from '#components/http';
import { Button, CheckField, ErrorNotice, SelectField, TextField } from '#components/ui';
import { listOf, policyWords, tierWords } from './limit-words.ts';
import type { NewKey } from './types.ts';

const expiries = [
  { value: '30d', words: 'in 30 days' },
  { value: '90d', words: 'in 90 days' },
  { value: '365d', words: 'in a year' },
  { value: '', words: 'never' },
] as const;

function bodyOf(form: FormData): object {
  return {
    name: String(form.get('name')),
    expires_at: String(form.get('expires')) || null,
    config: {
      methods: form.getAll('tier').map(String),
      tags: listOf(form, 'tags'),
      spaces: listOf(form, 'spaces'),
      writes: String(form.get('writes')),
      require_api_token_auth: form.get('header') === 'on',
    },
  };
}

/** Makes a key. */
export function KeyForm({ onMade }: { onMade: (key: NewKey) => void }) {
  const { busy, error, run } = useSubmit();
  return (
    <form
      className="space-y-4 rounded-lg border border-line bg-surface p-4"
      onSubmit={(event) => {
        event.preventDefault();
        const form = event.currentTarget;
        const body = bodyOf(new FormData(form));
        void run('create', async () => {
          onMade(await request<NewKey>('POST', '/api/keys', body));
          form.reset();
        });
      }}
    >
      <TextField
        label="Name"
        name="name"
        required
        maxLength={100}
        placeholder="Claude on my laptop"
        autoComplete="off"
        className="max-w-form"
      />
      <fieldset>
        <legend className="mb-1 text-sm font-medium">What it may do</legend>
        {Object.entries(tierWords).map(([value, words]) => (
          <CheckField key={value} name="tier" value={value} defaultChecked={value !== 'destructive'}>
            {words}
          </CheckField>
        ))}
      </fieldset>
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField label="Writes" name="writes" defaultValue="approve">
          {Object.entries(policyWords).map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </SelectField>
        <SelectField label="Ends" name="expires" defaultValue="90d">
          {expiries.map(({ value, words }) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </SelectField>
      </div>
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label="Only these spaces"
          name="spaces"
          placeholder="ENG, PROD"
          hint="Keys or ids; empty for all."
          autoComplete="off"
        />
        <TextField
          label="Only these topics"
          name="tags"
          placeholder="pages, search"
          hint="Tags; empty for all."
          autoComplete="off"
        />
      </div>
      <CheckField name="header">Refuse this key inside a URL; demand the Authorization header</CheckField>
      {error === null ? null : <ErrorNotice error={error} />}
      <Button type="submit" look="primary" busy={busy !== null}>
        Create key
      </Button>
    </form>
  );
}
