import { CalendarDays, ChevronRight, Image as ImageIcon, MessageSquareText, Puzzle } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from '#components/ui';
import { kindWord, type RichAttributes } from '#lib/wire';
import { markLooks } from './diff-marks.tsx';
import { lozengeLooks, macroWords, panelLooks } from './tags.ts';

type BoxProps = { at: RichAttributes; children?: ReactNode };

/** An info, note, tip or warning panel. */
export function PanelBox({ at, children }: BoxProps) {
  const kind = panelLooks[at.kind ?? 'panel'] ?? panelLooks.panel;
  return (
    <div className={cx('rounded-md border px-3 py-2', kind?.look)}>
      <p className="mb-1 text-2xs font-semibold tracking-wide text-muted uppercase">
        {kind?.words}
        {at.title === undefined ? null : <span className="ml-1.5 normal-case">{at.title}</span>}
      </p>
      <div className="stack">{children}</div>
    </div>
  );
}

/** An expand macro, opened by hand as on the page. */
export function ExpandBox({ at, children }: BoxProps) {
  return (
    <details className="group/expand rounded-md border border-line px-3 py-2" open>
      <summary className="flex items-center gap-1.5 font-medium">
        <ChevronRight aria-hidden className="size-4 transition-transform group-open/expand:rotate-90" />
        {at.title ?? 'More'}
      </summary>
      <div className="stack mt-2">{children}</div>
    </details>
  );
}

/** What a macro is called: by people where it has such a name, else as it is stored. */
function nameOf({ kind = 'macro' }: RichAttributes): string {
  return macroWords[kind] ?? kindWord(kind);
}

/** A macro in a line of text. */
export function MacroChip({ at, children }: BoxProps) {
  return (
    <span className="mx-0.5 inline-flex max-w-full flex-wrap items-baseline gap-x-1 rounded-sm border border-dashed border-line-strong px-1.5 text-[0.9em]">
      <Puzzle aria-hidden className="size-3 shrink-0 self-center text-muted" />
      <span className="text-muted">
        {nameOf(at)}
        {at.title === undefined ? null : ` · ${at.title}`}
      </span>
      {children}
    </span>
  );
}

/** Any other macro: a labelled box, with its body when it has one. */
export function MacroBox({ at, children }: BoxProps) {
  const hasBody = Array.isArray(children) ? children.length > 0 : children !== undefined;
  return (
    <div className="rounded-md border border-dashed border-line-strong px-2.5 py-1.5">
      <p className="flex items-center gap-1.5 text-xs font-medium text-muted">
        <Puzzle aria-hidden className="size-3.5 shrink-0" />
        <span className="min-w-0">
          {nameOf(at)}
          {at.title === undefined ? null : ` · ${at.title}`}
        </span>
      </p>
      {hasBody ? <div className="stack mt-1.5">{children}</div> : null}
    </div>
  );
}

/** A coloured status word. */
export function Lozenge({ at, children }: BoxProps) {
  const look = lozengeLooks[(at.kind ?? 'grey').toLowerCase()] ?? lozengeLooks.grey;
  return (
    <span className={cx('rounded-sm border px-1 text-[0.78em] font-semibold tracking-wide uppercase', look)}>
      {at.title ?? children}
    </span>
  );
}

/** Where an image stands on the page. Not fetched. */
export function ImageBox({ at, children }: BoxProps) {
  return (
    <span className="inline-flex items-center gap-1.5 rounded-sm border border-line bg-sunken px-1.5 text-[0.9em]">
      <ImageIcon aria-hidden className="size-3.5" />
      {at.title ?? 'Image'}
      {children}
    </span>
  );
}

/** Text that carries an inline comment on the page. */
export function CommentMark({ children }: BoxProps) {
  return (
    <span title="Has an inline comment" className="border-b-2 border-dotted border-warn">
      {children}
      <MessageSquareText
        aria-hidden
        className="ms-0.5 inline size-3 text-warn [del_&]:hidden [ins_&]:hidden"
      />
      <span className="sr-only"> (has an inline comment)</span>
    </span>
  );
}

/** A date of the page. */
export function DateBox({ at, children }: BoxProps) {
  return (
    <span className="inline-flex items-center gap-1 rounded-sm bg-sunken px-1">
      <CalendarDays aria-hidden className="size-3.5 text-muted" />
      {at.title ?? children}
    </span>
  );
}

/** One task with its tick. */
export function TaskRow({ at, children }: BoxProps) {
  return (
    <div className={cx('flex items-start gap-2 rounded-sm', at.mark === undefined ? '' : markLooks[at.mark])}>
      <input
        type="checkbox"
        checked={at.done === true}
        readOnly
        disabled
        aria-label={at.done === true ? 'Done' : 'Open'}
        className="mt-1.5"
      />
      <div className="min-w-0">{children}</div>
    </div>
  );
}
