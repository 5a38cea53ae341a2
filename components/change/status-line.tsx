import { CircleAlert, CircleCheck, CircleSlash, Hourglass, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx, OutsideLink, Spinner } from '#components/ui';
import type { ChangeView } from '#lib/wire';
import { type Look, lookOf, statusSentence } from './words.ts';

const icons: Record<Look, ReactNode> = {
  waiting: <Hourglass aria-hidden className="mt-0.5 size-4 shrink-0 text-muted" />,
  busy: <Spinner className="mt-0.5 text-accent" />,
  good: <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-good" />,
  warn: <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />,
  bad: <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-danger" />,
  quiet: <CircleSlash aria-hidden className="mt-0.5 size-4 shrink-0 text-muted" />,
};

/** What the link opens. Titles of comments and files are sentences of ours, too long for a link. */
function nameOf({ target, result }: ChangeView): string {
  if (target.kind === 'comment') return 'the comment';
  return result?.title ?? target.title;
}

/** How the change stands, in words, read out when it changes. */
export function StatusLine({ change }: { change: ChangeView }) {
  const look = lookOf(change);
  const done = change.status === 'applied' || change.status === 'verified';
  const url = change.result?.url ?? null;
  return (
    <div className={cx('flex min-w-0 flex-1 items-start gap-2 text-sm', look === 'waiting' && 'basis-64')}>
      {icons[look]}
      <div className="min-w-0">
        <output
          className={cx('block [overflow-wrap:anywhere]', look === 'waiting' ? 'text-muted' : 'font-medium')}
        >
          {statusSentence(change)}
        </output>
        {done && url !== null ? <OutsideLink href={url}>Open {nameOf(change)}</OutsideLink> : null}
      </div>
    </div>
  );
}
