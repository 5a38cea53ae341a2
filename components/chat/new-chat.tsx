'use client';

import { usePathname } from 'next/navigation';
import { useState } from 'react';
import { ChatScreen } from './chat-screen.tsx';

/**
 * The page of a new chat. After the first message only the address changes (to `/c/{id}`): the screen and
 * its event stream stay as they are. "New chat" from there brings the address back and starts a fresh one.
 */
export function NewChat() {
  const chatId = /^\/c\/([\w-]+)$/.exec(usePathname())?.[1] ?? null;
  const [now, setNow] = useState({ chatId, generation: 0 });
  if (now.chatId !== chatId) {
    setNow({ chatId, generation: chatId === null ? now.generation + 1 : now.generation });
  }
  return (
    <ChatScreen
      key={now.generation}
      chatId={chatId}
      initial={null}
      onCreated={(id) => window.history.replaceState(null, '', `/c/${id}`)}
    />
  );
}
