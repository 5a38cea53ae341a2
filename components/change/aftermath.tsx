import { ErrorNotice } from '#components/ui';
import type { ChangeView } from '#lib/wire';
import { ConflictView } from './conflict-view.tsx';

/** What else there is to say about a change that did not simply go through. */
export function Aftermath({ change }: { change: ChangeView }) {
  const { conflict, error, reason, status, toolkit } = change;
  return (
    <>
      {reason === null ? null : (
        <p className="text-sm text-muted [overflow-wrap:anywhere]">
          Reason given: <q>{reason}</q>
        </p>
      )}
      {conflict === null || status !== 'conflicted' ? null : <ConflictView conflict={conflict} />}
      {error === null ? null : <ErrorNotice error={error} />}
      {toolkit?.said == null ? null : (
        <figure className="rounded-md border border-line bg-sunken px-3 py-2 text-sm">
          <figcaption className="text-xs text-muted">{toolkit.name} answered</figcaption>
          <blockquote
            dir="auto"
            className="max-h-60 overflow-auto whitespace-pre-wrap [overflow-wrap:anywhere]"
          >
            {toolkit.said}
          </blockquote>
        </figure>
      )}
    </>
  );
}
