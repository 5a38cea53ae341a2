'use client';

import { RotateCcw } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button, ErrorNotice } from '#components/ui';
import type { Part } from '#lib/wire';

/** Seconds left until `seconds` after this was first drawn. */
function useCountdown(seconds: number): number {
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    const until = Date.now() + seconds * 1000;
    const timer = setInterval(() => {
      const now = Math.max(0, Math.ceil((until - Date.now()) / 1000));
      setLeft(now);
      if (now === 0) clearInterval(timer);
    }, 500);
    return () => clearInterval(timer);
  }, [seconds]);
  return left;
}

type RetryProps = { onRetry: () => void; busy: boolean; waitSeconds?: number };

/** Answers the same question again; waits as long as the service asked. */
export function RetryButton({ onRetry, busy, waitSeconds = 0 }: RetryProps) {
  const left = useCountdown(waitSeconds);
  return (
    <Button
      size="small"
      busy={busy}
      disabled={left > 0}
      icon={<RotateCcw aria-hidden className="size-4" />}
      onClick={onRetry}
    >
      {left > 0 ? `Retry in ${left} s` : 'Retry'}
    </Button>
  );
}

type ErrorPartProps = { part: Extract<Part, { type: 'error' }>; onRetry: (() => void) | null; busy: boolean };

/** A failure as part of the conversation: what happened, why, what to do. */
export function ErrorPart({ part, onRetry, busy }: ErrorPartProps) {
  const { error, retryable } = part;
  return (
    <ErrorNotice error={error} className="my-2" alert={false}>
      {retryable && onRetry !== null ? (
        <div className="mt-2">
          <RetryButton onRetry={onRetry} busy={busy} waitSeconds={error.retryAfterSeconds ?? 0} />
        </div>
      ) : null}
    </ErrorNotice>
  );
}
