'use client';

import { type Dispatch, type SetStateAction, useCallback, useEffect, useRef, useState } from 'react';
import { tabMemory } from '#components/shell';

type Draft = {
  text: string;
  setText: Dispatch<SetStateAction<string>>;
  /** Clears the box for a message that is being sent. The tab remembers it until it has arrived. */
  hide: () => void;
};

/**
 * The unsent message of a chat; it survives a reload of the tab, and a sign-in that came between.
 * @param pending what is being sent just now
 */
export function useDraft(chatId: string | null, pending: string | null): Draft {
  const name = `draft ${chatId ?? 'new'}`;
  const [text, setText] = useState('');
  const loaded = useRef('');
  useEffect(() => {
    const kept = tabMemory.read(name);
    // A new chat has become one with an id: what was written there is sent, or stands in the box still.
    if (loaded.current !== '' && loaded.current !== name) tabMemory.write(loaded.current, '');
    loaded.current = name;
    if (kept !== '') setText((now) => (now === '' ? kept : now));
  }, [name]);
  useEffect(() => {
    if (loaded.current !== name) return;
    const unsent = [pending, text].filter((part) => part !== null && part !== '');
    tabMemory.write(name, unsent.join('\n'));
  }, [name, text, pending]);
  const hide = useCallback(() => setText(''), []);
  return { text, setText, hide };
}
