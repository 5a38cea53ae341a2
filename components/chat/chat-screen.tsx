'use client';

import { useCallback, useEffect, useMemo, useRef } from 'react';
import { useShell, useWaiting } from '#components/shell';
import { ErrorNotice, Notice } from '#components/ui';
import type { ChangeView, ChatView, Message } from '#lib/wire';
import { isRunning } from './chat-state.ts';
import { Composer } from './composer.tsx';
import { DropZone } from './drop-zone.tsx';
import { ModeBanner } from './mode-banner.tsx';
import { Starters } from './starters.tsx';
import { Transcript } from './transcript.tsx';
import { useAttachments } from './use-attachments.ts';
import { type Live, useChatEvents } from './use-chat-events.ts';
import { useConversation } from './use-conversation.ts';
import { useDraft } from './use-draft.ts';
import { useShortcuts } from './use-shortcuts.ts';

const liveWords: Record<Live, string | null> = {
  idle: null,
  connecting: null,
  live: null,
  lost: 'The connection to the server is lost. Trying again…',
  gone: 'This chat does not exist any more.',
};

/** What the conversation has cost so far. */
function TokenCount({ messages }: { messages: readonly Message[] }) {
  const tokens = messages.reduce(
    (sum, { usage }) => sum + (usage === null ? 0 : usage.inputTokens + usage.outputTokens),
    0,
  );
  return tokens === 0 ? null : ` · ${tokens.toLocaleString('en')} tokens so far`;
}

type ScreenProps = { chatId: string | null; initial: ChatView | null; onCreated?: (chatId: string) => void };

/** Keeps the tab's title, the chat list, the connection status and what waits in step with the conversation. */
function useSurroundings(title: string, fingerprint: string): void {
  const { refreshChats, refreshConnection } = useShell();
  const { refresh: refreshWaiting } = useWaiting();
  useEffect(() => {
    if (title !== '') document.title = `${title} · Confab`;
  }, [title]);
  const seen = useRef(fingerprint);
  useEffect(() => {
    if (seen.current === fingerprint) return;
    seen.current = fingerprint;
    refreshChats();
    refreshConnection();
    refreshWaiting();
  }, [fingerprint, refreshChats, refreshConnection, refreshWaiting]);
}

/** A chat, new or old: transcript and message box. */
export function ChatScreen({ chatId, initial, onCreated = () => {} }: ScreenProps) {
  const { state, live, dispatch } = useChatEvents(chatId, initial);
  const talk = useConversation({ chatId, state, dispatch, onCreated });
  const { text: draft, setText: setDraft, hide: hideDraft } = useDraft(chatId, talk.pending);
  const box = useRef<HTMLTextAreaElement>(null);
  const running = isRunning(state);

  const files = useAttachments();
  const send = async (text: string) => {
    const sent = files.list;
    if (await talk.send(text, files.ids)) files.remove(sent);
    else setDraft((now) => (now.trim() === '' ? text : `${text}\n${now}`));
  };
  const sendDraft = () => {
    const text = draft;
    hideDraft();
    void send(text);
  };
  const focusBox = useCallback(() => box.current?.focus(), []);
  const stop = useCallback(() => void talk.stop(), [talk.stop]);
  const retry = useCallback((messageId: string) => void talk.retry(messageId), [talk.retry]);
  const edit = useRef(talk.edit);
  edit.current = talk.edit;
  const { show } = talk;
  const still = !running && talk.pending === null && chatId !== null;
  const tree = useMemo(
    () =>
      still
        ? {
            onEdit: (message: Message, text: string) => edit.current(message, text),
            onRegenerate: retry,
            onShow: (messageId: string) => void show(messageId),
          }
        : null,
    [still, retry, show],
  );
  const onChange = useCallback((change: ChangeView) => dispatch({ type: 'change', change }), [dispatch]);
  useShortcuts({ onFocus: focusBox, onStop: running ? stop : null });

  const open = [...state.changes.values()].map((change) => `${change.id}${change.status}`).join(' ');
  useSurroundings(state.title, `${chatId} ${state.title} ${state.messages.at(-1)?.status} ${open}`);

  const empty = state.messages.length === 0 && talk.pending === null && chatId === null;
  const trouble = liveWords[live];
  return (
    <DropZone onFiles={files.add}>
      <ModeBanner />
      {empty ? (
        <div className="min-h-0 flex-1 overflow-y-auto">
          <Starters onPick={(text) => void send(text)} disabled={talk.pending !== null || files.busy} />
        </div>
      ) : (
        <Transcript
          chatId={chatId ?? ''}
          state={state}
          pending={talk.pending}
          retrying={talk.retrying}
          onRetry={retry}
          onChange={onChange}
          tree={tree}
        />
      )}
      <div className="mx-auto w-full max-w-prose shrink-0 space-y-2 px-3 pt-1 pb-[max(0.75rem,env(safe-area-inset-bottom))] sm:px-4">
        {talk.error === null ? null : <ErrorNotice error={talk.error} />}
        {trouble === null ? null : <Notice kind="warn">{trouble}</Notice>}
        <Composer
          box={box}
          text={draft}
          onText={setDraft}
          onSend={sendDraft}
          onStop={stop}
          running={running}
          sending={talk.pending !== null}
          stopping={talk.stopping}
          files={files}
        />
        <p className="text-center text-2xs text-faint">
          Answers can be wrong. Check the sources.
          <TokenCount messages={state.messages} />
        </p>
      </div>
    </DropZone>
  );
}
