'use client';

import { useCallback, useEffect, useState } from 'react';
import { request } from '#components/http';
import type { ChangeView } from '#lib/wire';
import { ChangeCard } from './change-card.tsx';
import { isNewer, looks } from './words.ts';

const lookAgainMs = 3000;

/** One change on a page of its own, for approvals that were asked outside a chat. */
export function ChangePage({ initial }: { initial: ChangeView }) {
  const [shown, setShown] = useState<readonly ChangeView[]>([initial]);
  const put = useCallback((incoming: ChangeView) => {
    setShown((all) => {
      const known = all.find((change) => change.id === incoming.id);
      if (known === undefined) return [...all, incoming];
      return isNewer(known, incoming)
        ? all.map((change) => (change.id === incoming.id ? incoming : change))
        : all;
    });
  }, []);
  const first = shown[0] ?? initial;
  const moving = looks[first.status] === 'waiting' || looks[first.status] === 'busy';
  useEffect(() => {
    if (!moving) return;
    // It may be decided in another tab or in its chat.
    const timer = setInterval(() => {
      if (document.visibilityState !== 'visible') return;
      request<ChangeView>('GET', `/api/changes/${initial.id}`).then(put, () => {
        // The server is away for a moment; the next look will tell.
      });
    }, lookAgainMs);
    return () => clearInterval(timer);
  }, [moving, initial.id, put]);
  return (
    <div className="space-y-4">
      {shown.map((change) => (
        <ChangeCard key={change.id} change={change} onChange={put} />
      ))}
    </div>
  );
}
