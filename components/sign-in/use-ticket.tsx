'use client';

import Link from 'next/link';
import { useEffect, useRef } from 'react';
import { useSubmit } from '#components/http';
import { buttonClass, ErrorNotice, Spinner } from '#components/ui';
import { signIn } from './next-auth.ts';

/** Takes the one-time ticket out of the address (its fragment) and signs in with it. */
export function UseTicket({ returnTo }: { returnTo: string }) {
  const { error, run } = useSubmit();
  const used = useRef(false);
  useEffect(() => {
    if (used.current) return;
    used.current = true;
    const ticket = window.location.hash.slice(1);
    window.history.replaceState(null, '', window.location.pathname + window.location.search);
    void run('ticket', () => signIn('ticket', { ticket }, returnTo));
  });
  if (error === null) {
    return (
      <p className="flex items-center gap-2 text-muted">
        <Spinner /> Signing you in…
      </p>
    );
  }
  return (
    <div className="space-y-4">
      <ErrorNotice error={error} />
      <Link href="/sign-in" className={buttonClass('primary')}>
        Start again
      </Link>
    </div>
  );
}
