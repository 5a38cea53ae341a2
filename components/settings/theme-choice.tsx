'use client';

import { Monitor, Moon, Sun } from 'lucide-react';
import { type Theme, useShell } from '#components/shell';
import { cx } from '#components/ui';

const themes: readonly { value: Theme; words: string; icon: typeof Sun }[] = [
  { value: 'system', words: 'As the system', icon: Monitor },
  { value: 'light', words: 'Light', icon: Sun },
  { value: 'dark', words: 'Dark', icon: Moon },
];

/** Light, dark, or whatever the device says. */
export function ThemeChoice() {
  const { theme, setTheme } = useShell();
  return (
    <fieldset className="grid max-w-form gap-2 sm:grid-cols-3">
      <legend className="sr-only">Theme</legend>
      {themes.map(({ value, words, icon: Icon }) => (
        <label
          key={value}
          className={cx(
            'flex min-h-12 items-center gap-2.5 rounded-lg border px-3 text-sm has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent',
            theme === value
              ? 'border-accent bg-accent-soft font-medium'
              : 'border-line bg-surface hover:border-line-strong',
          )}
        >
          <input
            type="radio"
            name="theme"
            value={value}
            checked={theme === value}
            onChange={() => setTheme(value)}
            className="accent-(--accent)"
          />
          <Icon aria-hidden className="size-4 text-muted" />
          {words}
        </label>
      ))}
    </fieldset>
  );
}
