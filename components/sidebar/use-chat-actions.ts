'use client';

import { usePathname, useRouter } from 'next/navigation';
import { request, toView } from '#components/http';
import { useShell } from '#components/shell';
import { useToast } from '#components/ui';
import type { ChatSummary } from '#lib/wire';

type ChatActions = {
  rename: (title: string) => Promise<void>;
  setPinned: (pinned: boolean) => Promise<void>;
  remove: () => Promise<void>;
};

/** What can be done with a chat in the list. The list changes at once and is put right when the server disagrees. */
export function useChatActions(chat: ChatSummary): ChatActions {
  const { setChats, refreshChats } = useShell();
  const toast = useToast();
  const router = useRouter();
  const path = usePathname();
  const url = `/api/chats/${chat.id}`;

  const edit = (change: Partial<ChatSummary>) =>
    setChats((chats) => chats.map((one) => (one.id === chat.id ? { ...one, ...change } : one)));

  const attempt = async (work: () => Promise<unknown>) => {
    try {
      await work();
    } catch (error) {
      toast({ text: toView(error).message });
    }
    refreshChats();
  };

  return {
    rename: (title) => {
      edit({ title });
      return attempt(() => request('PATCH', url, { title }));
    },
    setPinned: (pinned) => {
      edit({ pinned });
      return attempt(() => request('PATCH', url, { pinned }));
    },
    remove: () =>
      attempt(async () => {
        setChats((chats) => chats.filter(({ id }) => id !== chat.id));
        await request('DELETE', url);
        if (path === `/c/${chat.id}`) router.push('/');
        const restore = () => void attempt(() => request('POST', `${url}/restore`));
        toast({ text: `Deleted “${chat.title}”.`, action: { label: 'Undo', run: restore } });
      }),
  };
}
