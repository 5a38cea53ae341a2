'use client';

import { ArrowDown } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { ChangeCard } from '#components/change';
import { Button } from '#components/ui';
import type { ChangeView } from '#lib/wire';
import { ActivityLine } from './activity-line.tsx';
import { type ChatTools, ChatToolsProvider } from './chat-context.tsx';
import { type ChatState, isRunning, looseChanges } from './chat-state.ts';
import { MessageItem } from './message-item.tsx';
import { useFollowScroll } from './use-follow-scroll.ts';

/** The last messages are always laid out, so that following the end stays exact. */
const nearMessages = 6;

type TranscriptProps = {
  chatId: string;
  state: ChatState;
  pending: string | null;
  retrying: boolean;
  onRetry: (messageId: string) => void;
  onChange: (change: ChangeView) => void;
  tree: ChatTools['tree'];
};

/** The conversation. The live region is busy while text streams, so that it is read out once, at the end. */
export function Transcript({ chatId, state, pending, retrying, onRetry, onChange, tree }: TranscriptProps) {
  const { messages, changes, activity } = state;
  const follow = useFollowScroll();
  const { toEnd } = follow;
  // Whoever sends wants to see what becomes of it.
  useEffect(() => {
    if (pending !== null) toEnd();
  }, [pending, toEnd]);
  const running = isRunning(state) || pending !== null;
  const [known] = useState(() => new Set(changes.keys()));
  const tools = useMemo(
    () => ({ chatId, changes, onChange, tree, isFresh: (id: string) => !known.has(id) }),
    [chatId, changes, onChange, tree, known],
  );
  const last = messages.at(-1);
  const quiet =
    running && (last === undefined || last.role === 'user' || last.parts.length === 0 || pending !== null);
  const step = last?.parts.at(-1);
  // A step at work says so itself, in its own line, and how far it is; a wait concerns the whole answer.
  const said =
    step?.type === 'tool' &&
    step.state === 'running' &&
    activity?.endsWith('…') === true &&
    step.label.startsWith(activity.slice(0, -1));
  const words = said ? null : (activity ?? (quiet ? 'Thinking…' : null));
  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={follow.scroller}
        className="relative h-full overflow-x-hidden overflow-y-auto overscroll-contain"
      >
        <div
          ref={follow.content}
          role="log"
          aria-label="Conversation"
          aria-busy={running}
          className="mx-auto w-full max-w-prose px-4 pb-8"
        >
          <ChatToolsProvider value={tools}>
            {messages.map((message, at) => (
              <MessageItem
                key={message.id}
                message={message}
                onRetry={message === last ? onRetry : null}
                retrying={retrying && message === last}
                far={at < messages.length - nearMessages}
              />
            ))}
            {looseChanges(state).map((change) => (
              <div key={change.id} className="pt-4">
                <ChangeCard change={change} onChange={onChange} takeFocus={!known.has(change.id)} />
              </div>
            ))}
          </ChatToolsProvider>
          {pending === null ? null : (
            <div className="flex justify-end pt-6">
              <div
                dir="auto"
                className="max-w-[85%] rounded-xl rounded-ee-sm bg-bubble px-4 py-2.5 whitespace-pre-wrap opacity-70 [overflow-wrap:anywhere]"
              >
                {pending}
              </div>
            </div>
          )}
          {running && words !== null ? <ActivityLine text={words} /> : null}
        </div>
      </div>
      {follow.atEnd ? null : (
        <Button
          size="small"
          className="appear absolute bottom-3 left-1/2 -translate-x-1/2 rounded-full shadow-float"
          icon={<ArrowDown aria-hidden className="size-4" />}
          onClick={follow.toEnd}
        >
          Jump to latest
        </Button>
      )}
    </div>
  );
}
