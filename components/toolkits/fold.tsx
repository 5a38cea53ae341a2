import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';

/** More of something, folded away. */
export function Fold({ words, children }: { words: string; children: ReactNode }) {
  return (
    <details className="group/fold text-sm">
      <summary className="inline-flex min-h-10 items-center gap-1 text-muted hover:text-ink md:min-h-8">
        <ChevronRight aria-hidden className="size-4 transition-transform group-open/fold:rotate-90" />
        {words}
      </summary>
      {children}
    </details>
  );
}
