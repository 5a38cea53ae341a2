'use client';

import { Bell, BellOff, BellRing } from 'lucide-react';
import { Button } from '#components/ui';
import { type Notifying, useNotifying } from './notifications.ts';

const words: Record<Notifying, string> = {
  on: 'This browser tells you when something comes to wait and you look elsewhere.',
  off: 'This browser can tell you when something comes to wait.',
  blocked:
    'Notifications are blocked for this address. Allow them in the settings of the browser, then reload this page.',
  unsupported:
    'This browser shows no notifications here: they need a page over HTTPS and a browser of a computer.',
};

const icons: Record<Notifying, typeof Bell> = {
  on: BellRing,
  off: Bell,
  blocked: BellOff,
  unsupported: BellOff,
};

/** Switches notifications of this browser on and off. */
export function NotifyChoice() {
  const { state, turn } = useNotifying();
  const Icon = icons[state];
  const on = state === 'on';
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 text-sm text-muted">
      <Icon aria-hidden className="size-4 shrink-0" />
      <p className="min-w-0 flex-1 basis-56">{words[state]}</p>
      {state === 'on' || state === 'off' ? (
        <Button size="small" aria-pressed={on} onClick={() => void turn(!on)}>
          {on ? 'Turn off' : 'Notify me'}
        </Button>
      ) : null}
    </div>
  );
}
