import { ExternalLink } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from './class-names.ts';

/** A link to another site, opened in a new tab. */
export function OutsideLink({
  href,
  className,
  children,
}: {
  href: string;
  className?: string;
  children: ReactNode;
}) {
  return (
    <a
      href={href}
      target="_blank"
      rel="noopener noreferrer"
      className={cx(
        'text-accent underline decoration-accent/40 underline-offset-2 hover:decoration-current',
        className,
      )}
    >
      {children}
      <ExternalLink aria-hidden className="ml-1 inline size-3 align-[-0.05em]" />
      <span className="sr-only"> (opens in a new tab)</span>
    </a>
  );
}
