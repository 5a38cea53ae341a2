import { CircleCheck, Plug } from 'lucide-react';
import { buttonClass, Sentence } from '#components/ui';
import type { Part, ToolkitNeeded } from '#lib/wire';

type CardProps = { part: Extract<Part, { type: 'connect' }>; toolkit: ToolkitNeeded; chatId: string };

/** Asks for the person's own access to a toolkit where the answer needs it. Always a card of ours, never a model's link. */
export function ToolkitConnectCard({ part, toolkit, chatId }: CardProps) {
  if (part.state === 'done') {
    return (
      <p className="my-2 flex items-center gap-2 text-sm text-muted">
        <CircleCheck aria-hidden className="size-4 text-good" />
        {toolkit.name} was connected.
      </p>
    );
  }
  const again = part.reason !== 'not_connected';
  const title = again ? `Your access to ${toolkit.name} has ended` : `Connect ${toolkit.name}`;
  return (
    <section
      aria-label={title}
      className="appear my-3 space-y-3 rounded-lg border border-line-strong bg-surface p-4 shadow-lift"
    >
      <div className="flex gap-3">
        <span className="flex size-8 shrink-0 items-center justify-center rounded-md bg-accent-soft text-accent">
          <Plug aria-hidden className="size-4" />
        </span>
        <div className="min-w-0">
          <h3 className="font-semibold tracking-tight">{title}</h3>
          <p className="text-sm text-muted [overflow-wrap:anywhere]">
            <Sentence text={part.message} />
          </p>
        </div>
      </div>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <a
          href={`${toolkit.path}?returnTo=${encodeURIComponent(`/c/${chatId}`)}`}
          className={buttonClass('primary')}
        >
          {again ? `Reconnect ${toolkit.name}` : `Connect ${toolkit.name}`}
        </a>
        <span className="text-xs text-muted">You come back here, and your question goes on by itself.</span>
      </div>
    </section>
  );
}
