'use client';

import { useSubmit } from '#components/http';
import { Button, ErrorNotice, TextField } from '#components/ui';
import { signIn } from './next-auth.ts';

/** Email and password. */
export function PasswordForm({ returnTo }: { returnTo: string }) {
  const { busy, error, run } = useSubmit();
  const submit = (form: FormData) => {
    const fields = { email: String(form.get('email')), password: String(form.get('password')) };
    return run('password', () => signIn('password', fields, returnTo));
  };
  return (
    <form
      className="space-y-3"
      onSubmit={(event) => {
        event.preventDefault();
        void submit(new FormData(event.currentTarget));
      }}
    >
      <TextField label="Email" name="email" type="email" autoComplete="username" required />
      <TextField label="Password" name="password" type="password" autoComplete="current-password" required />
      {error === null ? null : <ErrorNotice error={error} />}
      <Button type="submit" className="w-full" busy={busy !== null}>
        Sign in
      </Button>
    </form>
  );
}
