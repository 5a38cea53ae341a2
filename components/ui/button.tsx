import type { ComponentProps, ReactNode } from 'react';
import { cx } from './class-names.ts';
import { Spinner } from './spinner.tsx';

export type ButtonLook = 'primary' | 'secondary' | 'quiet' | 'danger';

const looks: Record<ButtonLook, string> = {
  primary: 'bg-accent text-on-accent hover:bg-accent-strong',
  secondary: 'border border-line-strong bg-surface text-ink hover:bg-hover',
  quiet: 'text-muted hover:bg-hover hover:text-ink',
  danger: 'bg-danger text-on-danger hover:bg-danger-strong',
};

const sizes = {
  normal: 'min-h-10 px-4 text-sm',
  small: 'min-h-10 px-3 text-sm md:min-h-8',
} as const;

/** The classes of a button, for links that look like one. */
export function buttonClass(look: ButtonLook = 'secondary', size: keyof typeof sizes = 'normal'): string {
  return cx(
    'inline-flex items-center justify-center gap-2 rounded-md font-medium whitespace-nowrap select-none',
    'transition-colors disabled:cursor-not-allowed disabled:opacity-55',
    sizes[size],
    looks[look],
  );
}

type ButtonProps = ComponentProps<'button'> & {
  look?: ButtonLook;
  size?: keyof typeof sizes;
  busy?: boolean;
  icon?: ReactNode;
};

/** A push button. While `busy` it cannot be pressed and shows that something is under way. */
export function Button({
  look,
  size,
  busy = false,
  icon,
  className,
  children,
  disabled,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      disabled={disabled === true || busy}
      aria-busy={busy || undefined}
      className={cx(buttonClass(look, size), className)}
    >
      {busy ? <Spinner /> : icon}
      {children}
    </button>
  );
}

/** A square button that shows only an icon; `label` is its name and its tooltip. */
export function IconButton({
  label,
  className,
  children,
  ...rest
}: ComponentProps<'button'> & { label: string }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      {...rest}
      className={cx(
        'inline-flex size-10 shrink-0 items-center justify-center rounded-md text-muted transition-colors md:size-8',
        'hover:bg-hover hover:text-ink disabled:cursor-not-allowed disabled:opacity-50',
        className,
      )}
    >
      {children}
    </button>
  );
}
