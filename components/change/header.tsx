import { FilePen, ShieldAlert, Undo2 } from 'lucide-react';
import { Badge, cx, OutsideLink, typographic } from '#components/ui';
import type { ChangeView } from '#lib/wire';

/** What would be changed, where, by whom, and whether it destroys something. */
export function ChangeHeader({ change }: { change: ChangeView }) {
  const { target, tier, origin } = change;
  const destructive = tier === 'destructive';
  const Icon = origin.kind === 'undo' ? Undo2 : destructive ? ShieldAlert : FilePen;
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
          <h3 className="font-semibold tracking-tight [overflow-wrap:anywhere]">
            {typographic(change.title)}
          </h3>
          {destructive ? (
            <Badge tone="danger">
              <ShieldAlert aria-hidden className="size-3" />
              Destructive
            </Badge>
          ) : null}
          {change.revision > 1 ? <Badge>Revision {change.revision}</Badge> : null}
        </div>
        <p className="mt-0.5 text-sm text-muted [overflow-wrap:anywhere]">
          {target.url === null ? target.title : <OutsideLink href={target.url}>{target.title}</OutsideLink>}
          {target.space === null ? null : ` · ${target.space.name} (${target.space.key})`}
          {change.baseVersion === null ? null : ` · from version ${change.baseVersion}`}
        </p>
        <p className="text-xs text-muted">
          Acting as {change.actingAs.name} on {change.actingAs.site}
          {origin.client === null ? '' : ` · asked by ${origin.client}`}
        </p>
      </div>
    </header>
  );
}
