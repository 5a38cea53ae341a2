'use client';

import { Download } from 'lucide-react';
import type { ReactNode } from 'react';
import { useHydrated } from '#components/ui';
import { filePath } from './safe-url.ts';

type LinkProps = { href: string; title: string | undefined; children: ReactNode };

/** A link to one of the person's own files: looks like the download it is. On another site it is a link like any. */
export function FileLink({ href, title, children }: LinkProps) {
  const hydrated = useHydrated();
  const path = filePath(href, hydrated ? window.location.origin : null);
  if (path === null)
    return (
      <a href={href} title={title} target="_blank" rel="noopener noreferrer">
        {children}
      </a>
    );
  return (
    <a href={path} title={title ?? 'Download. Kept for a day, for you alone.'} download>
      <Download aria-hidden className="me-1 inline size-[0.95em] align-[-0.1em]" />
      {children}
    </a>
  );
}
