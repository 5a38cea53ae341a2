'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { request, useSubmit } from '#components/http';
import { Button, CopyButton, ErrorNotice, SelectField, TextField } from '#components/ui';
import type { ToolkitAuth } from '#lib/wire';
import { Fold } from './fold.tsx';

const ways: Record<ToolkitAuth, string> = {
  oauth: 'They sign in on its own page (OAuth)',
  header: 'They paste a value of their own (API key, token)',
  none: 'It asks nobody who they are',
};

const text = (form: FormData, name: string): string | undefined =>
  String(form.get(name) ?? '').trim() || undefined;

/** Fields that only one of the ways needs. */
function More({ auth, callback }: { auth: ToolkitAuth; callback: string }) {
  if (auth === 'header')
    return (
      <TextField
        label="Header"
        name="header_name"
        defaultValue="Authorization"
        required
        autoComplete="off"
        className="max-w-form"
        hint="The header in which each person’s value is sent."
      />
    );
  if (auth === 'none') return null;
  return (
    <Fold words="Its sign-in needs a client registered by hand">
      <div className="space-y-3 pt-2">
        <p className="max-w-prose text-sm text-muted">
          Most servers do, and then nothing is needed here. Otherwise register Confab there by hand with this
          address, and give what you get.
        </p>
        <p className="flex flex-wrap items-center gap-2 text-sm">
          <code className="[overflow-wrap:anywhere]">{callback}</code>
          <CopyButton text={callback} label="Copy the address" />
        </p>
        <TextField label="Client ID" name="client_id" autoComplete="off" className="max-w-form" />
        <TextField
          label="Client secret"
          name="client_secret"
          type="password"
          autoComplete="off"
          className="max-w-form"
        />
      </div>
    </Fold>
  );
}

/** Adds another MCP server. */
export function AddToolkit({ inside, callback }: { inside: boolean; callback: string }) {
  const router = useRouter();
  const [auth, setAuth] = useState<ToolkitAuth>('oauth');
  const { busy, error, run } = useSubmit();
  return (
    <form
      aria-label="Add a toolkit"
      className="space-y-4 rounded-lg border border-line bg-surface p-4"
      onSubmit={(event) => {
        event.preventDefault();
        const form = event.currentTarget;
        const data = new FormData(form);
        void run('add', async () => {
          await request('POST', '/api/toolkits', {
            name: text(data, 'name'),
            url: text(data, 'url'),
            auth,
            header_name: text(data, 'header_name'),
            client_id: text(data, 'client_id'),
            client_secret: text(data, 'client_secret'),
          });
          form.reset();
          setAuth('oauth');
          router.refresh();
        });
      }}
    >
      <TextField
        label="Name"
        name="name"
        required
        maxLength={40}
        placeholder="Jira"
        autoComplete="off"
        className="max-w-form"
        hint="Stands before the names of its tools."
      />
      <TextField
        label="Address"
        name="url"
        type="url"
        required
        maxLength={500}
        placeholder="https://mcp.example.com/mcp"
        autoComplete="off"
        hint={
          inside
            ? 'Of an MCP server that speaks Streamable HTTP. Private networks are open to toolkits here.'
            : 'Of an MCP server that speaks Streamable HTTP: https, on the public internet.'
        }
      />
      <SelectField
        label="How people show who they are"
        value={auth}
        onChange={(event) => setAuth(event.currentTarget.value as ToolkitAuth)}
      >
        {Object.entries(ways).map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </SelectField>
      <More auth={auth} callback={callback} />
      {error === null ? null : <ErrorNotice error={error} />}
      <Button type="submit" look="primary" busy={busy !== null}>
        Add toolkit
      </Button>
    </form>
  );
}
