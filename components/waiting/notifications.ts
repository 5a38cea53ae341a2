'use client';

import { useCallback, useSyncExternalStore } from 'react';
import { browserMemory } from '#components/shell';

/** Whether this browser tells the person what waits. `blocked`: the person refused it in the browser itself. */
export type Notifying = 'on' | 'off' | 'blocked' | 'unsupported';

const name = 'confab-notify';
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
}

/** Set when a browser that has notifications lets no page make one, as those of phones do. */
let refused = false;

/** Browsers offer notifications to pages over HTTPS, and on the same machine. */
export function notifying(): Notifying {
  if (refused || !('Notification' in window) || !window.isSecureContext) return 'unsupported';
  if (Notification.permission === 'denied') return 'blocked';
  return Notification.permission === 'granted' && browserMemory.read(name) === 'on' ? 'on' : 'off';
}

/** The person's choice for this browser, and how to change it; the browser asks them when it is switched on first. */
export function useNotifying(): { state: Notifying; turn: (on: boolean) => Promise<void> } {
  const state = useSyncExternalStore(subscribe, notifying, () => 'off' as const);
  const turn = useCallback(async (on: boolean) => {
    browserMemory.write(name, on ? 'on' : '');
    if (on && Notification.permission === 'default') await Notification.requestPermission();
    for (const listener of listeners) listener();
  }, []);
  return { state, turn };
}

type Told = { title: string; body: string; tag: string; onOpen: () => void };

/** Shows a notification of the browser. The tag makes one of what several tabs tell. */
export function notify({ title, body, tag, onOpen }: Told): void {
  try {
    const notification = new Notification(title, { body, tag, icon: '/icon.svg' });
    notification.onclick = () => {
      window.focus();
      onOpen();
      notification.close();
    };
  } catch {
    // From now on the settings say that this browser shows none.
    refused = true;
    for (const listener of listeners) listener();
  }
}
