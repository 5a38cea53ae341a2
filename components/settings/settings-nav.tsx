'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { cx } from '#components/ui';

const links = [
  { href: '/settings/connections', words: 'Connections' },
  { href: '/settings/mcp', words: 'MCP' },
  { href: '/settings/toolkits', words: 'Toolkits' },
  { href: '/settings/activity', words: 'Activity' },
  { href: '/settings/account', words: 'Account' },
  { href: '/settings/appearance', words: 'Appearance' },
  { href: '/settings/people', words: 'People', adminsOnly: true },
] as const;

/** The pages of the settings. `alarms`: tools of toolkits that changed and wait for an admin. */
export function SettingsNav({ admin, alarms = 0 }: { admin: boolean; alarms?: number }) {
  const path = usePathname();
  const nav = useRef<HTMLElement>(null);
  // On a narrow screen the row scrolls: the page one is on stays in sight.
  useEffect(() => {
    const current = nav.current?.querySelector(`[href="${path}"]`);
    current?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [path]);
  return (
    <nav
      ref={nav}
      aria-label="Settings"
      className="-mx-1 flex gap-0.5 overflow-x-auto border-b border-line px-1"
    >
      {links
        .filter((link) => admin || !('adminsOnly' in link))
        .map(({ href, words }) => {
          const current = path === href || path.startsWith(`${href}/`);
          return (
            <Link
              key={href}
              href={href}
              aria-current={current ? 'page' : undefined}
              className={cx(
                '-mb-px flex min-h-10 items-center border-b-2 px-3 text-sm whitespace-nowrap transition-colors',
                current
                  ? 'border-accent font-medium text-ink'
                  : 'border-transparent text-muted hover:text-ink',
              )}
            >
              {words}
              {href === '/settings/toolkits' && alarms > 0 ? (
                <span className="ms-1.5 rounded-sm bg-danger-soft px-1.5 text-xs font-medium text-danger">
                  {alarms} changed
                </span>
              ) : null}
            </Link>
          );
        })}
    </nav>
  );
}
