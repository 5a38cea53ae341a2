import { ErrorNotice } from '#components/ui';
import type { ChangeView } from '#lib/wire';
import { ConflictView } from './conflict-view.tsx';

/** What else there is to say about a change that did not simply go through. */
export function Aftermath({ change }: { change: ChangeView }) {
  const { conflict, error, reason, status } = change;
  return (
    <>
      {reason === null ? null : (
        <p className="text-sm text-muted [overflow-wrap:anywhere]">
          Reason given: <q>{reason}</q>
        </p>
      )}
      {conflict === null || status !== 'conflicted' ? null : <ConflictView conflict={conflict} />}
      {error === null ? null : <ErrorNotice error={error} />}
    </>
  );
}
