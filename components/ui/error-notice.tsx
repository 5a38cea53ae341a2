import type { ReactNode } from 'react';
import type { ErrorView } from '#lib/wire';
import { Notice } from './notice.tsx';

/** An error in the server's own words: what happened and what to do next. */
export function ErrorNotice({ error, children }: { error: ErrorView; children?: ReactNode }) {
  return (
    <Notice kind="error" alert>
      <p className="font-medium">{error.message}</p>
      {error.next === null ? null : <p className="text-muted">{error.next}</p>}
      {children}
    </Notice>
  );
}
