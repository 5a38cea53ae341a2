'use client';

import { useState } from 'react';
import type { ErrorView } from '#lib/wire';
import { toView } from './request.ts';

/** Runs one thing at a time and keeps what went wrong. `busy` names what is under way. */
export function useSubmit(): {
  busy: string | null;
  error: ErrorView | null;
  run: (name: string, work: () => Promise<void>) => Promise<void>;
} {
  const [busy, setBusy] = useState<string | null>(null);
  const [error, setError] = useState<ErrorView | null>(null);
  const run = async (name: string, work: () => Promise<void>) => {
    setBusy(name);
    setError(null);
    try {
      await work();
    } catch (failure) {
      setError(toView(failure));
    } finally {
      setBusy(null);
    }
  };
  return { busy, error, run };
}
