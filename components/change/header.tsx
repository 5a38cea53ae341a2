import { ShieldAlert, Undo2 } from 'lucide-react';
import { Fragment, type ReactNode } from 'react';
import { Badge, cx, OutsideLink, Titled, typographic } from '#components/ui';
import type { ChangeView } from '#lib/wire';
import { targetKinds, targetLine } from './target-kinds.ts';

function Name({ url, words }: { url: string | null; words: string }) {
  if (url === null) return <bdi>{words}</bdi>;
  return (
    <OutsideLink href={url}>
      <bdi>{words}</bdi>
    </OutsideLink>
  );
}

/** `Page · API Guidelines · Engineering (ENG) · from version 3`. */
function TargetLine({ change }: { change: ChangeView }) {
  const { target, baseVersion } = change;
  const { what, name, place } = targetLine(change);
  // Titles of comments and files are sentences of ours; those of pages are shown as they are.
  const ours = target.kind === 'comment' || target.kind === 'attachment';
  const words = ours ? typographic(name ?? '') : (name ?? '');
  // What the change itself took away has no address any more.
  const gone = change.tier === 'destructive' && change.result !== null && change.result.url === null;
  const url = gone && change.status !== 'undone' ? null : target.url;
  const parts: { id: string; words: ReactNode }[] = [];
  if (what !== null) parts.push({ id: 'what', words: what });
  if (name !== null) parts.push({ id: 'name', words: <Name url={url} words={words} /> });
  if (place !== null) parts.push({ id: 'place', words: <bdi>{place}</bdi> });
  if (baseVersion !== null) parts.push({ id: 'version', words: `from version ${baseVersion}` });
  return (
    <p className="mt-0.5 text-sm text-muted [overflow-wrap:anywhere]">
      {parts.map(({ id, words: part }, at) => (
        <Fragment key={id}>
          {at === 0 ? null : ' · '}
          {part}
        </Fragment>
      ))}
    </p>
  );
}

/** What would be changed, where, by whom, and whether it destroys something. */
export function ChangeHeader({ change }: { change: ChangeView }) {
  const { target, tier, origin } = change;
  const destructive = tier === 'destructive';
  const Icon = origin.kind === 'undo' ? Undo2 : targetKinds[target.kind].Icon;
  return (
    <header className="flex gap-3">
      <span
        className={cx(
          'mt-0.5 flex size-8 shrink-0 items-center justify-center rounded-md',
          destructive ? 'bg-danger-soft text-danger' : 'bg-accent-soft text-accent',
        )}
      >
        <Icon aria-hidden className="size-4" />
      </span>
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <h3 className="min-w-0 font-semibold tracking-tight [overflow-wrap:anywhere]">
            <Titled text={change.title} name={target.title} />
          </h3>
          {destructive ? (
            <Badge tone="danger">
              <ShieldAlert aria-hidden className="size-3" />
              Destructive
            </Badge>
          ) : null}
          {change.revision > 1 ? <Badge>Revision {change.revision}</Badge> : null}
        </div>
        <TargetLine change={change} />
        <p className="text-xs text-muted">
          Acting as {change.actingAs.name} on {change.actingAs.site}
          {origin.client === null ? '' : ` · asked by ${origin.client}`}
        </p>
      </div>
    </header>
  );
}
