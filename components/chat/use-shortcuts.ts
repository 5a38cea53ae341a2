'use client';

import { useEffect } from 'react';

type Shortcuts = { onFocus: () => void; onStop: (() => void) | null };

function isField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLInputElement ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLElement && target.isContentEditable)
  );
}

/** `/` goes to the message box; Escape stops the answer, unless a menu or dialog wants it. */
export function useShortcuts({ onFocus, onStop }: Shortcuts): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      if (event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey && !isField(event.target)) {
        event.preventDefault();
        onFocus();
      }
      const elsewhere = document.querySelector('dialog[open], [role="menu"]') !== null;
      if (event.key === 'Escape' && onStop !== null && !elsewhere) onStop();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [onFocus, onStop]);
}
