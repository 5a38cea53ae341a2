'use client';

import { X } from 'lucide-react';
import { type KeyboardEvent, useId, useState } from 'react';
import { cx } from '#components/ui';

export type Choice = { value: string; words: string; hint?: string };

type PickerProps = {
  label: string;
  hint?: string;
  placeholder: string;
  choices: readonly Choice[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
  /** Words that are no choice are offered as well, as they are typed. */
  free?: boolean;
};

const mostShown = 50;

const fits = (choice: Choice, words: readonly string[]) => {
  const text = `${choice.words} ${choice.value} ${choice.hint ?? ''}`.toLowerCase();
  return words.every((word) => text.includes(word));
};

/** Several of many: typed to be found, shown as chips. A combobox as ARIA describes it. */
export function Picker({ label, hint, placeholder, choices, chosen, onChange, free = false }: PickerProps) {
  const id = useId();
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const typed = text.trim();
  const found: Choice[] = choices
    .filter(({ value }) => !chosen.includes(value))
    .filter((choice) => fits(choice, words));
  const exact = choices.find(({ value }) => value.toLowerCase() === typed.toLowerCase());
  const asTyped: Choice = { value: typed, words: `“${typed}”` };
  const own = free && typed !== '' && exact === undefined && !chosen.includes(typed) ? [asTyped] : [];
  const shown = [...found.slice(0, mostShown - own.length), ...own];
  const listed = open && shown.length > 0;

  const take = (choice: Choice | undefined) => {
    if (choice === undefined) return;
    onChange([...new Set([...chosen, choice.value])]);
    setText('');
    setActive(0);
  };
  const drop = (value: string) => onChange(chosen.filter((one) => one !== value));
  const move = (by: number) => {
    const next = open ? Math.max(0, Math.min(active + by, shown.length - 1)) : 0;
    setActive(next);
    setOpen(true);
    document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: 'nearest' });
  };
  const dropLast = () => {
    const last = chosen.at(-1);
    if (last !== undefined) drop(last);
  };
  const press = (event: KeyboardEvent) => {
    const { key } = event;
    if (key === 'ArrowDown') move(1);
    else if (key === 'ArrowUp') move(-1);
    // Enter in here never sends the form.
    else if (key === 'Enter') take(listed ? shown[active] : undefined);
    else if (key === 'Escape' && open) setOpen(false);
    else if (key === 'Backspace' && text === '') dropLast();
    else return;
    event.preventDefault();
  };
  const wordsOf = (value: string) => choices.find((choice) => choice.value === value)?.words ?? value;

  return (
    <div className="relative">
      <label htmlFor={id} className="mb-1 block text-sm font-medium">
        {label}
      </label>
      <div className="flex min-h-10 flex-wrap items-center gap-1.5 rounded-md border border-line-strong bg-surface px-2 py-1.5 shadow-lift focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-accent hover:border-muted">
        {chosen.map((value) => (
          <span
            key={value}
            className="inline-flex max-w-full items-center gap-0.5 rounded-sm bg-accent-soft ps-2 text-sm text-accent"
          >
            <span className="truncate">{wordsOf(value)}</span>
            <button
              type="button"
              aria-label={`Remove ${wordsOf(value)}`}
              onClick={() => drop(value)}
              className="inline-flex size-7 shrink-0 items-center justify-center rounded-sm hover:bg-hover"
            >
              <X aria-hidden className="size-3.5" />
            </button>
          </span>
        ))}
        <input
          id={id}
          role="combobox"
          aria-expanded={listed}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={listed ? `${id}-${active}` : undefined}
          aria-describedby={hint === undefined ? undefined : `${id}-hint`}
          autoComplete="off"
          value={text}
          placeholder={chosen.length === 0 ? placeholder : ''}
          onChange={({ currentTarget: { value } }) => {
            setText(value);
            setActive(0);
            setOpen(true);
          }}
          onClick={() => setOpen(true)}
          onBlur={() => {
            setOpen(false);
            // What was typed counts, as in any other field: dropped in silence, it would be a limit less.
            if (typed !== '') take(exact ?? asTyped);
          }}
          onKeyDown={press}
          className="min-h-7 min-w-24 flex-1 bg-transparent px-1 text-base text-ink outline-none placeholder:text-faint"
        />
      </div>
      {hint === undefined ? null : (
        <p id={`${id}-hint`} className="mt-1 text-xs text-muted">
          {hint}
        </p>
      )}
      <div
        hidden={!listed}
        className="absolute inset-x-0 z-20 mt-1 max-h-64 overflow-y-auto rounded-md border border-line bg-surface p-1 shadow-float"
      >
        <div id={`${id}-list`} role="listbox" aria-label={label}>
          {shown.map((choice, index) => (
            <div
              key={choice.value}
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              // Before the field loses the focus, which would close the list.
              onPointerDown={(event) => {
                event.preventDefault();
                take(choice);
              }}
              onPointerMove={() => setActive(index)}
              className={cx(
                'flex min-h-10 cursor-default flex-wrap items-center justify-between gap-x-3 rounded-sm px-2.5 py-1 text-sm md:min-h-8',
                index === active && 'bg-hover',
              )}
            >
              <span>{choice.words}</span>
              {choice.hint === undefined ? null : <span className="text-xs text-muted">{choice.hint}</span>}
            </div>
          ))}
        </div>
        {found.length > mostShown ? (
          <p className="px-2.5 py-1 text-xs text-muted">
            {found.length - mostShown} more: type to find them.
          </p>
        ) : null}
      </div>
    </div>
  );
}
