'use client';

import { useEffect, useState } from 'react';
import { tabMemory } from '#components/shell';

/** The unsent message of a chat; it survives a reload of the tab. */
export function useDraft(chatId: string | null): [string, (text: string) => void] {
  const name = `draft ${chatId ?? 'new'}`;
  const [text, setText] = useState('');
  useEffect(() => {
    const kept = tabMemory.read(name);
    if (kept !== '') setText((now) => (now === '' ? kept : now));
  }, [name]);
  const change = (next: string) => {
    setText(next);
    tabMemory.write(name, next);
  };
  return [text, change];
}
