'use client';

import { useEffect, useState } from 'react';

const longMs = 9000;

/** What the run is doing, in words; says so when it takes long. */
export function ActivityLine({ text }: { text: string }) {
  const [since, setSince] = useState({ text, long: false });
  if (since.text !== text) setSince({ text, long: false });
  useEffect(() => {
    const timer = setTimeout(() => setSince({ text, long: true }), longMs);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <p className="flex items-center gap-2.5 py-3 text-sm text-muted">
      <span aria-hidden className="breathe size-2 rounded-full bg-accent" />
      <span>
        {text}
        {since.long ? ' This takes a moment.' : ''}
      </span>
    </p>
  );
}
