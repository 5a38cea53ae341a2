'use client';

import { PanelLeft, Search, SquarePen } from 'lucide-react';
import Link from 'next/link';
import { useShell } from '#components/shell';
import { Button, IconButton, Mark } from '#components/ui';
import { ChatList } from './chat-list.tsx';
import { ConnectionStatus } from './connection-status.tsx';
import { UserMenu } from './user-menu.tsx';
import { WaitingLink } from './waiting-link.tsx';

type SidebarProps = { onNewChat: () => void; onHide: () => void; onOpen: () => void };

/** Chats, connection and person. */
export function Sidebar({ onNewChat, onHide, onOpen }: SidebarProps) {
  const { query, setQuery } = useShell();
  return (
    <div className="flex h-full flex-col">
      <div className="flex items-center justify-between gap-2 px-3 pt-3 pb-1">
        <Link
          href="/"
          onClick={onOpen}
          className="flex min-h-10 items-center gap-2 rounded-md px-1 font-semibold tracking-tight md:min-h-8"
        >
          <Mark className="size-6" />
          Confab
        </Link>
        <IconButton label="Hide sidebar" onClick={onHide}>
          <PanelLeft aria-hidden className="size-4.5" />
        </IconButton>
      </div>
      <nav aria-label="Chats" className="flex min-h-0 flex-1 flex-col">
        <div className="space-y-2 px-3 pt-1 pb-3">
          <Button
            className="w-full justify-start"
            icon={<SquarePen aria-hidden className="size-4" />}
            onClick={onNewChat}
          >
            New chat
          </Button>
          <WaitingLink onOpen={onOpen} />
          <div className="relative">
            <Search
              aria-hidden
              className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-faint"
            />
            <input
              type="search"
              aria-label="Search chats"
              placeholder="Search chats"
              value={query}
              onChange={(event) => setQuery(event.currentTarget.value)}
              className="min-h-10 w-full rounded-md border border-line bg-ground ps-8.5 pe-2 text-sm transition-colors hover:border-line-strong md:min-h-9"
            />
          </div>
        </div>
        <div className="min-h-0 flex-1 overflow-y-auto px-2 pb-2">
          <ChatList onOpen={onOpen} />
        </div>
      </nav>
      <div className="space-y-0.5 border-t border-line px-2 pt-2 pb-[max(0.5rem,env(safe-area-inset-bottom))]">
        <ConnectionStatus />
        <UserMenu />
      </div>
    </div>
  );
}
