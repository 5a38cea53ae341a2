'use client';

import { request, useSubmit } from '#components/http';
import { Button, ErrorNotice, TextField } from '#components/ui';
import { signIn } from './next-auth.ts';

type NewPersonProps = {
  /** `first`: makes the first admin, with the token from the console. `invite`: uses an invitation. */
  kind: 'first' | 'invite';
  /** Known from the link; null: the person types it. */
  token: string | null;
};

const routes = { first: '/api/people/first', invite: '/api/people/invites/accept' } as const;

/** Name, email and password of somebody new, who is then signed in. */
export function NewPersonForm({ kind, token }: NewPersonProps) {
  const { busy, error, run } = useSubmit();
  const submit = (form: FormData) =>
    run('join', async () => {
      const person = Object.fromEntries(
        ['name', 'email', 'password'].map((name) => [name, String(form.get(name))]),
      );
      const made = await request<{ ticket: string }>('POST', routes[kind], {
        ...person,
        token: token ?? String(form.get('token')),
      });
      await signIn('ticket', { ticket: made.ticket }, '/');
    });
  return (
    <form
      className="space-y-3"
      onSubmit={(event) => {
        event.preventDefault();
        void submit(new FormData(event.currentTarget));
      }}
    >
      {token === null ? (
        <TextField
          label="Token"
          name="token"
          required
          autoComplete="off"
          hint="The server printed it on its console when it started."
        />
      ) : null}
      <TextField label="Name" name="name" autoComplete="name" required maxLength={100} />
      <TextField label="Email" name="email" type="email" autoComplete="username" required />
      <TextField
        label="Password"
        name="password"
        type="password"
        autoComplete="new-password"
        required
        minLength={12}
        hint="At least 12 characters."
      />
      {error === null ? null : <ErrorNotice error={error} />}
      <Button type="submit" look="primary" className="w-full" busy={busy !== null}>
        {kind === 'first' ? 'Create the first admin' : 'Join'}
      </Button>
    </form>
  );
}
