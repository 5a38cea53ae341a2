'use client';

import { RefreshCw } from 'lucide-react';
import { CopyButton, cx, IconButton, Time } from '#components/ui';
import type { Message } from '#lib/wire';
import { BranchArrows } from './branch-arrows.tsx';
import { useChatTools } from './chat-context.tsx';
import { answerText } from './part-groups.ts';

/** What stands below a complete answer: its other versions, copy, regenerate, model, time and tokens. */
export function AnswerFoot({ message, settled }: { message: Message; settled: boolean }) {
  const { tree } = useChatTools();
  const { usage, model, siblings } = message;
  const hasText = message.parts.some((part) => part.type === 'text');
  // An answer that waits for the person has its card to attend to; only its other versions are one step away.
  if (siblings.length < 2 && (!settled || !hasText)) return null;
  return (
    <div
      className={cx(
        'mt-1 flex min-h-8 flex-wrap items-center gap-1 text-xs text-faint',
        siblings.length < 2 &&
          'opacity-0 transition-opacity group-focus-within/answer:opacity-100 group-hover/answer:opacity-100 pointer-coarse:opacity-100',
      )}
    >
      <BranchArrows message={message} what="answer" />
      {settled && hasText ? <CopyButton label="Copy answer" text={() => answerText(message.parts)} /> : null}
      {settled ? (
        <IconButton
          label="Answer again"
          disabled={tree === null}
          onClick={() => tree?.onRegenerate(message.id)}
        >
          <RefreshCw aria-hidden className="size-4" />
        </IconButton>
      ) : null}
      <span className="ms-1">
        {model === null ? null : `${model} · `}
        <Time at={message.createdAt} />
        {usage === null ? null : ` · ${(usage.inputTokens + usage.outputTokens).toLocaleString('en')} tokens`}
      </span>
    </div>
  );
}
