import type { ReactNode } from 'react';
import type { ErrorView } from '#lib/wire';
import { Notice } from './notice.tsx';
import { Sentence } from './sentence.tsx';

type ErrorNoticeProps = { error: ErrorView; className?: string; alert?: boolean; children?: ReactNode };

/** An error in the server's own words: what happened and what to do next. `alert`: read out at once. */
export function ErrorNotice({ error, className, alert = true, children }: ErrorNoticeProps) {
  return (
    <Notice kind="error" alert={alert} className={className}>
      <p className="font-medium">
        <Sentence text={error.message} />
      </p>
      {error.next === null ? null : (
        <p className="text-muted">
          <Sentence text={error.next} />
        </p>
      )}
      {children}
    </Notice>
  );
}
