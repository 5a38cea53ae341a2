import { CircleAlert, CircleCheck, Info, ShieldAlert, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from './class-names.ts';

export type NoticeKind = 'info' | 'good' | 'warn' | 'error' | 'danger';

const boxes: Record<NoticeKind, string> = {
  info: 'border-line bg-sunken text-ink',
  good: 'border-add-line bg-add-soft text-ink',
  warn: 'border-warn-line bg-warn-soft text-ink',
  error: 'border-danger-line bg-danger-soft text-ink',
  danger: 'border-danger-line bg-danger-soft text-ink',
};

const icons: Record<NoticeKind, ReactNode> = {
  info: <Info aria-hidden className="mt-0.5 size-4 shrink-0 text-muted" />,
  good: <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-good" />,
  warn: <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />,
  error: <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-danger" />,
  danger: <ShieldAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-danger" />,
};

type NoticeProps = {
  kind?: NoticeKind;
  title?: string;
  children?: ReactNode;
  className?: string;
  alert?: boolean;
};

/** A box that tells the person something. `alert`: read out at once. */
export function Notice({ kind = 'info', title, children, className, alert = false }: NoticeProps) {
  return (
    <div
      role={alert ? 'alert' : undefined}
      className={cx('flex gap-2.5 rounded-md border px-3 py-2.5 text-sm', boxes[kind], className)}
    >
      {icons[kind]}
      <div className="min-w-0 flex-1 [overflow-wrap:anywhere]">
        {title === undefined ? null : <p className="font-medium">{title}</p>}
        {children}
      </div>
    </div>
  );
}
