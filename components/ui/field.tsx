import type { ComponentProps, ReactNode } from 'react';
import { useId } from 'react';
import { cx } from './class-names.ts';

const box =
  'w-full rounded-md border border-line-strong bg-surface px-3 text-base text-ink shadow-lift transition-colors ' +
  'hover:border-muted disabled:opacity-60';

type FieldProps = { label: string; hint?: ReactNode };

/** A one-line text field with its label above. */
export function TextField({ label, hint, className, ...rest }: FieldProps & ComponentProps<'input'>) {
  const id = useId();
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1 block text-sm font-medium">
        {label}
      </label>
      <input
        id={id}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        {...rest}
        className={cx(box, 'min-h-10')}
      />
      {hint === undefined ? null : (
        <p id={`${id}-hint`} className="mt-1 text-xs text-muted">
          {hint}
        </p>
      )}
    </div>
  );
}

/** Several lines of text with a label above. */
export function TextArea({ label, hint, className, ...rest }: FieldProps & ComponentProps<'textarea'>) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-sm font-medium">
        {label}
      </label>
      <textarea
        id={id}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        {...rest}
        className={cx(box, 'py-2', className)}
      />
      {hint === undefined ? null : (
        <p id={`${id}-hint`} className="mt-1 text-xs text-muted">
          {hint}
        </p>
      )}
    </div>
  );
}

/** A choice among a few values. */
export function SelectField({ label, hint, children, ...rest }: FieldProps & ComponentProps<'select'>) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-sm font-medium">
        {label}
      </label>
      <select id={id} {...rest} className={cx(box, 'min-h-10')}>
        {children}
      </select>
      {hint === undefined ? null : <p className="mt-1 text-xs text-muted">{hint}</p>}
    </div>
  );
}

/** A tick box with its words, easy to hit. */
export function CheckField({ children, ...rest }: ComponentProps<'input'> & { children: ReactNode }) {
  return (
    <label className="flex min-h-10 items-start gap-2.5 py-2 text-sm md:min-h-0 md:py-1">
      <input type="checkbox" {...rest} className="mt-0.5 size-4 shrink-0 accent-(--accent)" />
      <span className="min-w-0">{children}</span>
    </label>
  );
}
