'use client';

import { Download, Ellipsis, History, Hourglass, Pencil, Pin, PinOff, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useEffect, useRef, useState } from 'react';
import { cx, IconButton, Menu, MenuItem, MenuLink } from '#components/ui';
import type { ChatSummary } from '#lib/wire';
import { Marked } from './marked.tsx';
import { useChatActions } from './use-chat-actions.ts';

const small = 'size-4';

function RenameForm({ title, onDone }: { title: string; onDone: (title: string | null) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const done = useRef(false);
  useEffect(() => input.current?.select(), []);
  const finish = (value: string | null) => {
    if (done.current) return;
    done.current = true;
    onDone(value);
  };
  return (
    <form
      className="px-1 py-0.5"
      onSubmit={(event) => {
        event.preventDefault();
        finish(input.current?.value ?? null);
      }}
    >
      <input
        ref={input}
        aria-label="Title of the chat"
        dir="auto"
        defaultValue={title}
        maxLength={200}
        onBlur={(event) => finish(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.preventDefault();
          finish(null);
        }}
        className="min-h-10 w-full rounded-sm border border-accent bg-surface px-2 text-sm md:min-h-8"
      />
    </form>
  );
}

/** One chat of the list, with its menu. */
export function ChatItem({
  chat,
  current,
  query,
  onOpen,
}: {
  chat: ChatSummary;
  current: boolean;
  /** The words of the search that found it; empty: none. */
  query: string;
  onOpen: () => void;
}) {
  const actions = useChatActions(chat);
  const [renaming, setRenaming] = useState(false);
  const link = useRef<HTMLAnchorElement>(null);
  const wasRenaming = useRef(false);
  useEffect(() => {
    // The field that had the focus is gone: the chat it named takes it, unless something else has it by now.
    if (wasRenaming.current && !renaming && document.activeElement === document.body) link.current?.focus();
    wasRenaming.current = renaming;
  }, [renaming]);
  if (renaming) {
    const done = (title: string | null) => {
      setRenaming(false);
      const text = title?.trim() ?? '';
      if (text !== '' && text !== chat.title) void actions.rename(text);
    };
    return (
      <li>
        <RenameForm title={chat.title} onDone={done} />
      </li>
    );
  }
  return (
    <li
      className={cx(
        'group/item relative flex items-center rounded-md',
        current ? 'bg-hover' : 'hover:bg-hover/70',
      )}
    >
      <Link
        ref={link}
        href={`/c/${chat.id}`}
        prefetch={false}
        onClick={onOpen}
        aria-current={current ? 'page' : undefined}
        className="flex min-h-10 min-w-0 flex-1 items-center gap-2 rounded-md ps-2.5 pe-2 text-sm group-focus-within/item:pe-9 group-hover/item:pe-9 md:min-h-8 pointer-coarse:pe-11"
      >
        <span className="min-w-0 flex-1 py-1">
          <span dir="auto" className={cx('block truncate text-left', current && 'font-medium')}>
            <Marked text={chat.title} query={query} />
          </span>
          {chat.snippet === undefined ? null : (
            <span dir="auto" className="line-clamp-2 text-left text-xs text-muted [overflow-wrap:anywhere]">
              <Marked text={chat.snippet} query={query} />
            </span>
          )}
        </span>
        {chat.waiting ? (
          <span className="inline-flex items-center gap-1 rounded-sm bg-warn-soft px-1 text-2xs font-medium text-warn">
            <Hourglass aria-hidden className="size-3" />
            Waiting
          </span>
        ) : null}
      </Link>
      <Menu
        trigger={
          <IconButton
            label={`Options for ${chat.title}`}
            className="absolute right-0 opacity-0 group-focus-within/item:opacity-100 group-hover/item:opacity-100 focus-visible:opacity-100 data-[state=open]:opacity-100 pointer-coarse:opacity-100"
          >
            <Ellipsis aria-hidden className={small} />
          </IconButton>
        }
      >
        <MenuItem
          icon={<Pencil aria-hidden className={small} />}
          onSelect={() => setTimeout(() => setRenaming(true), 0)}
        >
          Rename
        </MenuItem>
        <MenuItem
          icon={
            chat.pinned ? <PinOff aria-hidden className={small} /> : <Pin aria-hidden className={small} />
          }
          onSelect={() => void actions.setPinned(!chat.pinned)}
        >
          {chat.pinned ? 'Unpin' : 'Pin'}
        </MenuItem>
        <MenuLink>
          <Link href={`/settings/activity?chat=${chat.id}`}>
            <History aria-hidden className={small} />
            Changes it made
          </Link>
        </MenuLink>
        <MenuLink>
          <a href={`/api/chats/${chat.id}/export`} download>
            <Download aria-hidden className={small} />
            Export as Markdown
          </a>
        </MenuLink>
        <MenuItem
          danger
          icon={<Trash2 aria-hidden className={small} />}
          onSelect={() => void actions.remove()}
        >
          Delete
        </MenuItem>
      </Menu>
    </li>
  );
}
