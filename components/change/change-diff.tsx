import { Tabs } from '#components/ui';
import type { ChangeDiff } from '#lib/wire';
import { BodyDiffView } from './body-diff.tsx';
import { Clipped } from './clipped.tsx';
import { CommentEffects } from './comment-effects.tsx';
import { FieldDiffs } from './field-diffs.tsx';
import { countsLine } from './words.ts';

/** Exactly what will change: named values, then the body as it will look and as it is stored. */
export function ChangeDiffView({ diff }: { diff: ChangeDiff }) {
  const { body, fields } = diff;
  return (
    <div className="space-y-3">
      {fields.length === 0 ? null : (
        <Clipped what="list">
          <FieldDiffs fields={fields} />
        </Clipped>
      )}
      {body?.comments === undefined ? null : <CommentEffects effects={body.comments} />}
      {body === null ? null : (
        <Tabs
          label="View of the change"
          end={<p className="text-xs text-muted">{countsLine(body.counts)}</p>}
          tabs={[
            {
              value: 'rendered',
              title: 'Rendered',
              content: (
                <Clipped what="change">
                  <BodyDiffView diff={body} view="rendered" />
                </Clipped>
              ),
            },
            {
              value: 'source',
              title: 'Source',
              content: (
                <Clipped what="change">
                  <BodyDiffView diff={body} view="source" />
                </Clipped>
              ),
            },
          ]}
        />
      )}
    </div>
  );
}
