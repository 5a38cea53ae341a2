'use client';

import Link from 'next/link';
import { useShell } from '#components/shell';
import { cx } from '#components/ui';
import type { ConnectionView } from '#lib/wire';

const states: Record<ConnectionView['status'] | 'none', { words: string; dot: string }> = {
  active: { words: 'Connected', dot: 'bg-good' },
  expired: { words: 'Access expired', dot: 'bg-danger' },
  revoked: { words: 'Access withdrawn', dot: 'bg-danger' },
  no_site: { words: 'No site chosen', dot: 'bg-warn' },
  none: { words: 'Not connected', dot: 'bg-line-strong' },
};

/** Which Confluence the person works on, and whether the last call to it went well. */
export function ConnectionStatus() {
  const { connection } = useShell();
  const state = states[connection?.status ?? 'none'];
  return (
    <Link
      href="/settings/connections"
      className="flex min-h-10 items-center gap-2.5 rounded-md px-2.5 py-1 text-sm hover:bg-hover md:min-h-9"
    >
      <span aria-hidden className={cx('size-2 shrink-0 rounded-full', state.dot)} />
      <span className="min-w-0 flex-1 truncate">
        {connection?.site?.name ?? 'Confluence'}
        <span className="text-muted"> · {state.words}</span>
      </span>
    </Link>
  );
}
