import { Sentence } from '#components/ui';
import type { BodyDiff, ChangeView } from '#lib/wire';
import { BodyDiffView } from './body-diff.tsx';

type Conflict = NonNullable<ChangeView['conflict']>;

/** True when there are two versions to compare; a title that is taken, for one, has none. */
export function hasSides({ yours, theirs }: Conflict): boolean {
  return yours !== null && theirs !== null;
}

/** Only what was touched: what nobody changed would stand there twice. */
function touched(diff: BodyDiff): BodyDiff {
  return { ...diff, entries: diff.entries.filter(({ op }) => op !== 'keep') };
}

function Side({ title, diff }: { title: string; diff: BodyDiff }) {
  return (
    <section aria-label={title} className="min-w-0">
      <h4 className="mb-1.5 text-sm font-semibold">{title}</h4>
      <BodyDiffView diff={touched(diff)} view="rendered" />
    </section>
  );
}

/** What clashed: both versions side by side, where there are two. */
export function ConflictView({ conflict }: { conflict: Conflict }) {
  const { message, theirs, yours } = conflict;
  return (
    <div className="space-y-3">
      <p className="text-sm [overflow-wrap:anywhere]">
        <Sentence text={message} />
      </p>
      {theirs === null || yours === null ? null : (
        <div className="grid gap-3 md:grid-cols-2">
          <Side title="Their change, on the page now" diff={theirs} />
          <Side title="The change proposed here" diff={yours} />
        </div>
      )}
      <p className="text-sm text-muted">
        Ask for it again: the next proposal starts from what is in Confluence now.
      </p>
    </div>
  );
}
