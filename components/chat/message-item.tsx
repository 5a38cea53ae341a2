'use client';

import { CircleStop, TriangleAlert } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import { ChangeCard } from '#components/change';
import { Markdown } from '#components/markdown';
import { cx } from '#components/ui';
import type { Message, MessageStatus, Part } from '#lib/wire';
import { AnswerFoot } from './answer-foot.tsx';
import { useChatTools } from './chat-context.tsx';
import { ConnectCard } from './connect-card.tsx';
import { ErrorPart, RetryButton } from './error-part.tsx';
import { groupParts } from './part-groups.ts';
import { SourceList } from './source-list.tsx';
import { ToolLines } from './tool-line.tsx';
import { ToolkitConnectCard } from './toolkit-connect-card.tsx';
import { UserMessage } from './user-message.tsx';

function ChangeSlot({ changeId }: { changeId: string }) {
  const { changes, onChange, isFresh } = useChatTools();
  const change = changes.get(changeId);
  if (change === undefined) return null;
  return (
    <div className="my-3">
      <ChangeCard change={change} onChange={onChange} takeFocus={isFresh(changeId)} />
    </div>
  );
}

function ConnectSlot({ part }: { part: Extract<Part, { type: 'connect' }> }) {
  const { chatId } = useChatTools();
  return part.toolkit === undefined ? (
    <ConnectCard part={part} chatId={chatId} />
  ) : (
    <ToolkitConnectCard part={part} toolkit={part.toolkit} chatId={chatId} />
  );
}

type MessageProps = {
  message: Message;
  onRetry: ((messageId: string) => void) | null;
  retrying: boolean;
  far: boolean;
};
type Drawing = { streaming: boolean; onRetry: (() => void) | null; retrying: boolean };
type Shown = Exclude<Part, { type: 'tool' }>;
type Drawers = { [Type in Shown['type']]: (part: Extract<Shown, { type: Type }>, how: Drawing) => ReactNode };

const drawers: Drawers = {
  text: (part, { streaming }) => <Markdown text={part.text} streaming={streaming} />,
  change: (part) => <ChangeSlot changeId={part.changeId} />,
  // Files stand with the person's message.
  file: () => null,
  connect: (part) => <ConnectSlot part={part} />,
  sources: (part) => <SourceList sources={part.sources} />,
  error: (part, { onRetry, retrying }) => <ErrorPart part={part} onRetry={onRetry} busy={retrying} />,
};

const endings: Record<MessageStatus, { icon: ReactNode; words: string } | null> = {
  running: null,
  waiting: null,
  done: null,
  failed: null,
  stopped: { icon: <CircleStop aria-hidden className="size-4" />, words: 'You stopped this answer.' },
  interrupted: {
    icon: <TriangleAlert aria-hidden className="size-4" />,
    words: 'The server stopped while answering.',
  },
};

function Ending({
  message,
  onRetry,
  retrying,
}: {
  message: Message;
  onRetry: (() => void) | null;
  retrying: boolean;
}) {
  const ending = endings[message.status];
  if (ending === null) return null;
  return (
    <p className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
      <span className="inline-flex items-center gap-1.5">
        {ending.icon}
        {ending.words}
      </span>
      {onRetry === null ? null : <RetryButton onRetry={onRetry} busy={retrying} />}
    </p>
  );
}

const Answer = memo(function Answer({ message, onRetry, retrying, far }: MessageProps) {
  const retry = onRetry === null ? null : () => onRetry(message.id);
  const running = message.status === 'running';
  const groups = groupParts(message.parts);
  const settled = !running && message.status !== 'waiting';
  return (
    <article aria-label="Answer" className={cx('group/answer pt-1', far && 'far')}>
      {groups.map((group, at) => {
        if (group.kind === 'tools') return <ToolLines key={group.id} parts={group.parts} />;
        const draw = drawers[group.part.type] as (part: Shown, how: Drawing) => ReactNode;
        const how = {
          streaming: running && at === groups.length - 1,
          onRetry: retry,
          retrying,
        };
        return <div key={group.id}>{draw(group.part, how)}</div>;
      })}
      <Ending message={message} onRetry={retry} retrying={retrying} />
      {running ? null : <AnswerFoot message={message} settled={settled} />}
    </article>
  );
});

/** One message of either side. Drawn again only when it changed. */
export const MessageItem = memo(function MessageItem(props: MessageProps) {
  return props.message.role === 'user' ? <UserMessage message={props.message} /> : <Answer {...props} />;
});
