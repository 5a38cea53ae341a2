'use client';

import { Inbox } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useWaiting } from '#components/shell';
import { cx } from '#components/ui';

const mostShown = 99;

/** The way to what waits for the person, with how much that is. */
export function WaitingLink({ onOpen }: { onOpen: () => void }) {
  const { count } = useWaiting();
  const current = usePathname() === '/changes';
  return (
    <Link
      href="/changes"
      onClick={onOpen}
      aria-current={current ? 'page' : undefined}
      className={cx(
        'flex min-h-10 items-center gap-2 rounded-md px-4 text-sm transition-colors md:min-h-9',
        current ? 'bg-hover font-medium' : 'hover:bg-hover',
      )}
    >
      <Inbox aria-hidden className="size-4 text-muted" />
      <span className="min-w-0 flex-1 truncate">Waiting for you</span>
      {count === 0 ? null : (
        <span className="min-w-5 rounded-full bg-accent px-1.5 text-center text-2xs leading-5 font-semibold text-on-accent tabular-nums">
          {count > mostShown ? `${mostShown}+` : count}
          <span className="sr-only"> {count === 1 ? 'change' : 'changes'}</span>
        </span>
      )}
    </Link>
  );
}
