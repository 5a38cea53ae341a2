'use client';

import { useRef, useState } from 'react';
import { request, toView } from '#components/http';
import { useWaiting } from '#components/shell';
import type { ChangeView, Decision, ErrorView } from '#lib/wire';

export type Doing = 'apply' | 'reject' | 'edit' | 'undo' | 'check';

type Actions = {
  doing: Doing | null;
  error: ErrorView | null;
  decide: (decision: Decision) => Promise<boolean>;
  undo: () => Promise<boolean>;
  /** Reads back once more what could not be read. */
  check: () => Promise<boolean>;
};

/**
 * What a person can do with a change. One request at a time: a second click while one is under way does
 * nothing. After a refusal the card is read again, so that it shows how things really stand.
 */
export function useChange(change: ChangeView, onChange: (change: ChangeView) => void): Actions {
  const [doing, setDoing] = useState<Doing | null>(null);
  const [error, setError] = useState<ErrorView | null>(null);
  const busy = useRef(false);
  const { refresh } = useWaiting();

  const run = async (what: Doing, path: string, body?: unknown): Promise<boolean> => {
    if (busy.current) return false;
    busy.current = true;
    setDoing(what);
    setError(null);
    try {
      onChange(await request<ChangeView>('POST', `/api/changes/${change.id}/${path}`, body));
      return true;
    } catch (failure) {
      setError(toView(failure));
      await request<ChangeView>('GET', `/api/changes/${change.id}`).then(onChange, () => {
        // The first error is the one to show; reading again only freshens the card.
      });
      return false;
    } finally {
      busy.current = false;
      setDoing(null);
      refresh();
    }
  };

  return {
    doing,
    error,
    decide: (decision) => run(decision.decision, 'decide', decision),
    undo: () => run('undo', 'undo'),
    check: () => run('check', 'check'),
  };
}
