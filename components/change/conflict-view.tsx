import { typographic } from '#components/ui';
import type { BodyDiff, ChangeView } from '#lib/wire';
import { BodyDiffView } from './body-diff.tsx';

function Side({ title, diff }: { title: string; diff: BodyDiff }) {
  return (
    <div className="min-w-0 rounded-md border border-line p-2.5">
      <h4 className="mb-2 text-sm font-semibold">{title}</h4>
      <BodyDiffView diff={diff} view="rendered" />
    </div>
  );
}

/** Both versions of what clashed, side by side. */
export function ConflictView({ conflict }: { conflict: NonNullable<ChangeView['conflict']> }) {
  return (
    <div className="space-y-3">
      <p className="text-sm [overflow-wrap:anywhere]">{typographic(conflict.message)}</p>
      <div className="grid gap-3 md:grid-cols-2">
        {conflict.theirs === null ? null : (
          <Side title="Their change, on the page now" diff={conflict.theirs} />
        )}
        {conflict.yours === null ? null : <Side title="The change proposed here" diff={conflict.yours} />}
      </div>
      <p className="text-sm text-muted">
        Ask again in the chat: the next proposal starts from the page as it is now.
      </p>
    </div>
  );
}
