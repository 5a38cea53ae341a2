'use client';

import { usePathname } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { useShell } from '#components/shell';
import { Button, useHydrated } from '#components/ui';
import { ChatItem } from './chat-item.tsx';
import { groupChats } from './groups.ts';

const typingPauseMs = 200;

/** Reads the list again when the search words change (after a pause) and when the person comes back to the tab. */
function useFreshList(): void {
  const { refreshChats } = useShell();
  const last = useRef(refreshChats);
  // It is another function for other words and for more pages.
  useEffect(() => {
    if (last.current === refreshChats) return;
    last.current = refreshChats;
    const timer = setTimeout(refreshChats, typingPauseMs);
    return () => clearTimeout(timer);
  }, [refreshChats]);
  useEffect(() => {
    const seen = () => {
      if (document.visibilityState === 'visible') refreshChats();
    };
    document.addEventListener('visibilitychange', seen);
    return () => document.removeEventListener('visibilitychange', seen);
  }, [refreshChats]);
}

/** All chats under their dates. */
export function ChatList({ onOpen }: { onOpen: () => void }) {
  const { chats, query, moreChats, showMoreChats } = useShell();
  const path = usePathname();
  const live = useHydrated();
  useFreshList();
  if (chats.length === 0) {
    return (
      <p className="px-2.5 py-2 text-sm text-muted">
        {query === '' ? 'Your chats will appear here.' : 'No chat has these words.'}
      </p>
    );
  }
  const groups = groupChats(chats, Date.now(), !live).map((group) => (
    <section key={group.title} aria-label={group.title} className="mb-3">
      <h2 className="px-2.5 pt-1 pb-0.5 text-2xs font-semibold tracking-wide text-faint uppercase">
        {group.title}
      </h2>
      <ul>
        {group.chats.map((chat) => (
          <ChatItem
            key={chat.id}
            chat={chat}
            query={query}
            current={path === `/c/${chat.id}`}
            onOpen={onOpen}
          />
        ))}
      </ul>
    </section>
  ));
  return (
    <>
      {groups}
      {moreChats ? (
        <Button look="quiet" size="small" className="w-full" onClick={showMoreChats}>
          Show older chats
        </Button>
      ) : null}
    </>
  );
}
