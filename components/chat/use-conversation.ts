'use client';

import { useCallback, useState } from 'react';
import { request, toView } from '#components/http';
import type { ErrorView, Message } from '#lib/wire';
import type { ChatAction, ChatState } from './chat-state.ts';

type Sent = { userMessage: Message; answer: Message };
type Options = {
  chatId: string | null;
  state: ChatState;
  dispatch: (...actions: ChatAction[]) => void;
  /** A first message made a chat: its id. */
  onCreated: (chatId: string) => void;
};

type Conversation = {
  /** What was sent and is not yet confirmed. */
  pending: string | null;
  stopping: boolean;
  retrying: boolean;
  error: ErrorView | null;
  /** False when it was not sent: the text belongs back in the message box. */
  send: (text: string, files: readonly string[]) => Promise<boolean>;
  stop: () => Promise<void>;
  retry: (messageId: string) => Promise<void>;
  /** Asks an earlier question in other words. False when it was not sent. */
  edit: (message: Message, text: string) => Promise<boolean>;
  /** Turns to the branch through a message. */
  show: (messageId: string) => Promise<void>;
};

/** Sending, stopping and retrying in one chat. The answers arrive as events. */
export function useConversation({ chatId, state, dispatch, onCreated }: Options): Conversation {
  const [pending, setPending] = useState<string | null>(null);
  const [doing, setDoing] = useState<'stop' | 'retry' | 'branch' | null>(null);
  const [error, setError] = useState<ErrorView | null>(null);
  const leafId = state.messages.at(-1)?.id ?? null;

  const post = async (
    text: string,
    parent: string | null,
    more: { files?: readonly string[]; editOf?: string },
  ): Promise<boolean> => {
    setPending(text);
    setError(null);
    try {
      if (chatId === null) {
        const made = await request<Sent & { chatId: string }>('POST', '/api/chats', { text, ...more });
        dispatch({ type: 'sent', messages: [made.userMessage, made.answer] });
        onCreated(made.chatId);
      } else {
        const sent = await request<Sent>('POST', `/api/chats/${chatId}/messages`, {
          text,
          ...more,
          parentId: parent,
        });
        dispatch({ type: 'sent', messages: [sent.userMessage, sent.answer] });
      }
      return true;
    } catch (failure) {
      setError(toView(failure));
      return false;
    } finally {
      setPending(null);
    }
  };

  const act = useCallback(
    async (what: 'stop' | 'retry' | 'branch', body?: unknown) => {
      if (chatId === null) return;
      setDoing(what);
      setError(null);
      try {
        await request('POST', `/api/chats/${chatId}/${what}`, body);
      } catch (failure) {
        setError(toView(failure));
      } finally {
        setDoing(null);
      }
    },
    [chatId],
  );
  const stop = useCallback(() => act('stop'), [act]);
  const retry = useCallback((messageId: string) => act('retry', { messageId }), [act]);

  const show = useCallback((messageId: string) => act('branch', { messageId }), [act]);
  const send = (text: string, files: readonly string[]) => post(text, leafId, { files });
  const edit = (message: Message, text: string) => post(text, message.parentId, { editOf: message.id });

  return {
    pending,
    stopping: doing === 'stop',
    retrying: doing === 'retry',
    error,
    send,
    stop,
    retry,
    edit,
    show,
  };
}
