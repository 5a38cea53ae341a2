import { LoaderCircle } from 'lucide-react';
import { cx } from './class-names.ts';

/** A turning ring. Says nothing to screen readers: the words beside it do. */
export function Spinner({ className }: { className?: string }) {
  return <LoaderCircle aria-hidden className={cx('size-4 shrink-0 animate-spin', className)} />;
}
