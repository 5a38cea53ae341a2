import type { ReactNode } from 'react';

type SectionProps = { title: string; lead?: ReactNode; children: ReactNode };

/** A part of a settings page. */
export function Section({ title, lead, children }: SectionProps) {
  return (
    <section className="border-t border-line py-6 first:border-t-0 first:pt-0">
      <h2 className="text-lg font-semibold tracking-tight">{title}</h2>
      {lead === undefined ? null : <p className="mt-1 max-w-prose text-sm text-muted">{lead}</p>}
      <div className="mt-4">{children}</div>
    </section>
  );
}

/** Rows with a line between them. */
export function Rows({ children }: { children: ReactNode }) {
  return <ul className="divide-y divide-line rounded-lg border border-line bg-surface">{children}</ul>;
}

type RowProps = { children: ReactNode; actions?: ReactNode; below?: ReactNode };

/** One row: what it is at the left, what can be done at the right, what came of it below. */
export function Row({ children, actions, below }: RowProps) {
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-1 basis-56 text-sm [overflow-wrap:anywhere]">{children}</div>
      {actions === undefined ? null : <div className="flex shrink-0 items-center gap-2">{actions}</div>}
      {below === undefined ? null : <div className="min-w-0 basis-full empty:hidden">{below}</div>}
    </li>
  );
}
