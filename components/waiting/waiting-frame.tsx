'use client';

import { usePathname, useRouter } from 'next/navigation';
import { type ReactNode, useCallback, useEffect, useRef } from 'react';
import { WaitingProvider } from '#components/shell';
import { typographic, useToast } from '#components/ui';
import type { Waiting, WaitingChange } from '#lib/wire';
import { notify, notifying } from './notifications.ts';
import { askedBy } from './origin.ts';

/** Several at once are told as one. */
function told(changes: readonly WaitingChange[]): { title: string; body: string; path: string; tag: string } {
  const [first] = changes;
  if (first === undefined || changes.length > 1) {
    return { title: `${changes.length} changes wait for you`, body: '', path: '/changes', tag: 'changes' };
  }
  return {
    title: `${askedBy(first)} proposes a change`,
    body: typographic(first.title),
    path: `/changes/${first.id}`,
    tag: first.id,
  };
}

/**
 * Keeps what waits for the person fresh on every page, and tells them of what has come: beside the page where
 * they look at another one, by a notification of the browser where they look elsewhere and want that.
 */
export function WaitingFrame({ initial, children }: { initial: Waiting; children: ReactNode }) {
  const toast = useToast();
  const router = useRouter();
  const path = usePathname();
  const here = useRef(path);
  useEffect(() => {
    here.current = path;
  }, [path]);

  const onNew = useCallback(
    (changes: readonly WaitingChange[]) => {
      if (document.visibilityState === 'visible') {
        const unseen = changes.filter(
          ({ id, origin }) =>
            here.current !== '/changes' &&
            here.current !== `/changes/${id}` &&
            here.current !== `/c/${origin.chatId}`,
        );
        if (unseen.length === 0) return;
        const { title, body, path: to } = told(unseen);
        toast({
          text: body === '' ? title : `${title}: ${body}`,
          action: { label: 'Review', run: () => router.push(to) },
        });
        return;
      }
      if (notifying() !== 'on') return;
      const { title, body, path: to, tag } = told(changes);
      notify({ title, body, tag, onOpen: () => router.push(to) });
    },
    [toast, router],
  );
  return (
    <WaitingProvider initial={initial} onNew={onNew}>
      {children}
    </WaitingProvider>
  );
}
