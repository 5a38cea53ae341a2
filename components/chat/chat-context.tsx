'use client';

import { createContext, useContext } from 'react';
import type { ChangeView } from '#lib/wire';

/** What cards inside a message need; kept out of the messages' props so that they are drawn once only. */
export type ChatTools = {
  chatId: string;
  changes: ReadonlyMap<string, ChangeView>;
  onChange: (change: ChangeView) => void;
  /** True for a change that came while the page was open, so that its card may take the focus. */
  isFresh: (changeId: string) => boolean;
};

const ChatContext = createContext<ChatTools>({
  chatId: '',
  changes: new Map(),
  onChange: () => {},
  isFresh: () => false,
});

export const ChatToolsProvider = ChatContext.Provider;

/** The chat around a card. */
export function useChatTools(): ChatTools {
  return useContext(ChatContext);
}
