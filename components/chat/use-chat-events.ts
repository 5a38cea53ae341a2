'use client';

import { useCallback, useEffect, useReducer, useState } from 'react';
import { RequestError, request } from '#components/http';
import type { ChatEvent, ChatView } from '#lib/wire';
import { applyEvents, type ChatAction, type ChatState, emptyChat, fromView } from './chat-state.ts';

/** How the live view of a chat stands. `gone`: the chat does not exist (any more) for this person. */
export type Live = 'idle' | 'connecting' | 'live' | 'lost' | 'gone';

/** Deltas of this long are drawn together. */
const batchMs = 40;
const firstRetryMs = 500;
const lastRetryMs = 15_000;

type Watch = { chatId: string; onEvents: (events: ChatEvent[]) => void; onLive: (live: Live) => void };

/**
 * Keeps one event stream open while the page can be seen; gives back a function that ends it. The server
 * begins every stream with a snapshot, so a gap needs no other repair.
 */
function watchChat({ chatId, onEvents, onLive }: Watch): () => void {
  let source: EventSource | null = null;
  let waiting: ChatEvent[] = [];
  let batch: ReturnType<typeof setTimeout> | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let retryMs = firstRetryMs;
  let ended = false;

  const flush = () => {
    batch = undefined;
    const events = waiting;
    waiting = [];
    if (events.length > 0) onEvents(events);
  };
  const close = () => {
    source?.close();
    source = null;
    clearTimeout(retry);
    clearTimeout(batch);
    flush();
  };
  const failed = async () => {
    close();
    onLive('lost');
    try {
      await request<ChatView>('GET', `/api/chats/${chatId}`);
    } catch (error) {
      if (error instanceof RequestError && error.status === 404 && !ended) {
        onLive('gone');
        return;
      }
    }
    if (ended || document.visibilityState !== 'visible') return;
    clearTimeout(retry);
    retry = setTimeout(connect, retryMs);
    retryMs = Math.min(retryMs * 2, lastRetryMs);
  };
  const connect = () => {
    if (ended || source !== null) return;
    onLive('connecting');
    source = new EventSource(`/api/chats/${chatId}/events`);
    source.onmessage = (message: MessageEvent<string>) => {
      const event = JSON.parse(message.data) as ChatEvent;
      if (event.type === 'snapshot') {
        retryMs = firstRetryMs;
        onLive('live');
      }
      waiting.push(event);
      batch ??= setTimeout(flush, event.type === 'snapshot' ? 0 : batchMs);
    };
    source.onerror = () => void failed();
  };
  const seen = () => {
    if (document.visibilityState === 'visible') connect();
    else close();
  };

  document.addEventListener('visibilitychange', seen);
  window.addEventListener('online', seen);
  seen();
  return () => {
    ended = true;
    document.removeEventListener('visibilitychange', seen);
    window.removeEventListener('online', seen);
    close();
  };
}

type ChatEvents = { state: ChatState; live: Live; dispatch: (...actions: ChatAction[]) => void };

/** A chat as it is now and as it goes on. With `chatId` null nothing is watched yet. */
export function useChatEvents(chatId: string | null, initial: ChatView | null): ChatEvents {
  const [state, apply] = useReducer(applyEvents, initial, (view) =>
    view === null ? emptyChat : fromView(view),
  );
  const [live, setLive] = useState<Live>('idle');
  useEffect(() => {
    if (chatId === null) return;
    return watchChat({ chatId, onEvents: apply, onLive: setLive });
  }, [chatId]);
  const dispatch = useCallback((...actions: ChatAction[]) => apply(actions), []);
  return { state, live, dispatch };
}
