'use client';

import { createContext, useContext } from 'react';
import type { ChangeView, Message } from '#lib/wire';

/** What cards inside a message need; kept out of the messages' props so that they are drawn once only. */
export type ChatTools = {
  chatId: string;
  changes: ReadonlyMap<string, ChangeView>;
  onChange: (change: ChangeView) => void;
  /** Other versions of what was said; null while nothing can be asked. */
  tree: {
    /** Asks a question in other words; what followed it stays as another branch. */
    onEdit: (message: Message, text: string) => Promise<boolean>;
    /** Answers the same question once more. */
    onRegenerate: (messageId: string) => void;
    /** Turns to the branch through a message. */
    onShow: (messageId: string) => void;
  } | null;
  /** True for a change that came while the page was open, so that its card may take the focus. */
  isFresh: (changeId: string) => boolean;
};

const ChatContext = createContext<ChatTools>({
  chatId: '',
  changes: new Map(),
  onChange: () => {},
  tree: null,
  isFresh: () => false,
});

export const ChatToolsProvider = ChatContext.Provider;

/** The chat around a card. */
export function useChatTools(): ChatTools {
  return useContext(ChatContext);
}
