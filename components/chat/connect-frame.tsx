import { CircleCheck, Plug } from 'lucide-react';
import type { ReactNode } from 'react';
import { Sentence } from '#components/ui';

/** A card that asks the person to connect something before the answer can go on. Always ours, never a model's link. */
export function ConnectFrame({
  title,
  text,
  children,
}: {
  title: string;
  text: string;
  children: ReactNode;
}) {
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
            <Sentence text={text} />
          </p>
        </div>
      </div>
      {children}
    </section>
  );
}

/** What such a card becomes when it is done with. */
export function ConnectedLine({ children }: { children: ReactNode }) {
  return (
    <p className="my-2 flex items-center gap-2 text-sm text-muted">
      <CircleCheck aria-hidden className="size-4 text-good" />
      {children}
    </p>
  );
}

/** Says what happens after the person has left for another page. */
export function ComeBackNote() {
  return <span className="text-xs text-muted">You come back here, and your question goes on by itself.</span>;
}
