'use client';

import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { request } from '#components/http';
import type { Waiting, WaitingChange } from '#lib/wire';

/** Between two looks: in a tab that is seen, and in one that is not. */
const lookAgainMs = { visible: 5_000, hidden: 30_000 } as const;

export type WaitingList = {
  count: number;
  changes: readonly WaitingChange[];
  /** Looks at once. Failures leave the list as it is. */
  refresh: () => void;
};

const WaitingContext = createContext<WaitingList>({ count: 0, changes: [], refresh: () => {} });

/** What waits for the person's decision, kept fresh. Empty outside the frame. */
export const useWaiting = (): WaitingList => useContext(WaitingContext);

type ProviderProps = {
  initial: Waiting;
  /** Called with what has come to wait since the last look. */
  onNew: (changes: readonly WaitingChange[]) => void;
  children: ReactNode;
};

/**
 * Asks the server what waits, again and again: an event stream would take one of the six connections that a
 * browser gives all tabs of a server.
 */
export function WaitingProvider({ initial, onNew, children }: ProviderProps) {
  const [list, setList] = useState({ count: initial.count, changes: initial.changes ?? [] });
  const marker = useRef(initial.marker);
  const known = useRef(new Set((initial.changes ?? []).map(({ id }) => id)));
  const asked = useRef(0);

  const refresh = useCallback(() => {
    asked.current += 1;
    const turn = asked.current;
    request<Waiting>('GET', `/api/changes/waiting?known=${encodeURIComponent(marker.current)}`).then(
      ({ count, marker: next, changes }) => {
        // An answer that was overtaken by a later question may be older than what is shown.
        if (turn !== asked.current || changes === null) return;
        marker.current = next;
        const fresh = changes.filter(({ id }) => !known.current.has(id));
        for (const { id } of fresh) known.current.add(id);
        setList({ count, changes });
        if (fresh.length > 0) onNew(fresh);
      },
      () => {
        // The server is away for a moment; the next look will tell.
      },
    );
  }, [onNew]);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const again = () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        refresh();
        again();
      }, lookAgainMs[document.visibilityState]);
    };
    const seen = () => {
      if (document.visibilityState === 'visible') refresh();
      again();
    };
    again();
    document.addEventListener('visibilitychange', seen);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', seen);
    };
  }, [refresh]);

  const value = useMemo(() => ({ ...list, refresh }), [list, refresh]);
  return <WaitingContext value={value}>{children}</WaitingContext>;
}
