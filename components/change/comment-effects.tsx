import { MessageSquareOff, MessageSquareText } from 'lucide-react';
import { cx } from '#components/ui';
import type { CommentEffect } from '#lib/wire';

const most = 6;

function Effect({ effect }: { effect: CommentEffect }) {
  const { before, after } = effect;
  const Icon = after === null ? MessageSquareOff : MessageSquareText;
  return (
    <li className="flex items-start gap-2">
      <Icon
        aria-hidden
        className={cx('mt-0.5 size-3.5 shrink-0', after === null ? 'text-danger' : 'text-warn')}
      />
      <span className="min-w-0 [overflow-wrap:anywhere]">
        The inline comment on <bdi>“{before}”</bdi>{' '}
        {after === null ? (
          'loses its place.'
        ) : (
          <>
            stays, now on <bdi>“{after}”</bdi>.
          </>
        )}
      </span>
    </li>
  );
}

/** What the change does to inline comments of the page. */
export function CommentEffects({ effects }: { effects: readonly CommentEffect[] }) {
  if (effects.length === 0) return null;
  const rest = effects.length - most;
  return (
    <ul aria-label="Inline comments" className="space-y-1 text-xs text-muted">
      {effects.slice(0, most).map((effect) => (
        <Effect key={effect.ref} effect={effect} />
      ))}
      {rest > 0 ? <li className="ps-5.5">and {rest} more</li> : null}
    </ul>
  );
}
