'use client';

import { useEffect, useState } from 'react';

function read(name: string): string {
  try {
    return sessionStorage.getItem(name) ?? '';
  } catch {
    // Storage is switched off in this browser: drafts then live as long as the page.
    return '';
  }
}

function write(name: string, text: string): void {
  try {
    if (text === '') sessionStorage.removeItem(name);
    else sessionStorage.setItem(name, text);
  } catch {
    // As above.
    return;
  }
}

/** The unsent message of a chat; it survives a reload of the tab. */
export function useDraft(chatId: string | null): [string, (text: string) => void] {
  const name = `draft ${chatId ?? 'new'}`;
  const [text, setText] = useState('');
  useEffect(() => {
    const kept = read(name);
    if (kept !== '') setText((now) => (now === '' ? kept : now));
  }, [name]);
  const change = (next: string) => {
    setText(next);
    write(name, next);
  };
  return [text, change];
}
