'use client';

import { Check, ChevronsUpDown, History, LogOut, Monitor, Moon, Settings, Sun } from 'lucide-react';
import Link from 'next/link';
import { type Theme, useShell } from '#components/shell';
import { signOut } from '#components/sign-in';
import { Menu, MenuHeading, MenuItem, MenuLine, MenuLink, useToast } from '#components/ui';

const themes: readonly { value: Theme; words: string; icon: typeof Sun }[] = [
  { value: 'system', words: 'As the system', icon: Monitor },
  { value: 'light', words: 'Light', icon: Sun },
  { value: 'dark', words: 'Dark', icon: Moon },
];

/** The person's initials. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  return [words.at(0), words.length > 1 ? words.at(-1) : '']
    .map((word) => (word ?? '').charAt(0).toUpperCase())
    .join('');
}

/** The person, with settings, theme and the way out. */
export function UserMenu() {
  const { user, theme, setTheme } = useShell();
  const toast = useToast();
  const leave = () => signOut().catch(() => toast({ text: 'Signing out did not work. Try again.' }));
  return (
    <Menu
      side="top"
      align="start"
      trigger={
        <button
          type="button"
          className="flex min-h-11 w-full items-center gap-2.5 rounded-md px-2 text-start text-sm hover:bg-hover"
        >
          <span
            aria-hidden
            className="flex size-7 shrink-0 items-center justify-center rounded-full bg-accent-soft text-2xs font-semibold text-accent"
          >
            {initials(user.name)}
          </span>
          <span className="min-w-0 flex-1 truncate font-medium">{user.name}</span>
          <ChevronsUpDown aria-hidden className="size-4 text-faint" />
        </button>
      }
    >
      <MenuHeading>{user.email}</MenuHeading>
      <MenuLink>
        <Link href="/settings/connections">
          <Settings aria-hidden className="size-4" />
          Settings
        </Link>
      </MenuLink>
      <MenuLink>
        <Link href="/settings/activity">
          <History aria-hidden className="size-4" />
          Activity
        </Link>
      </MenuLink>
      <MenuLine />
      <MenuHeading>Appearance</MenuHeading>
      {themes.map(({ value, words, icon: Icon }) => (
        <MenuItem key={value} icon={<Icon aria-hidden className="size-4" />} onSelect={() => setTheme(value)}>
          <span className="flex-1">{words}</span>
          {theme === value ? <Check aria-label="chosen" className="size-4 text-accent" /> : null}
        </MenuItem>
      ))}
      <MenuLine />
      <MenuItem icon={<LogOut aria-hidden className="size-4" />} onSelect={() => void leave()}>
        Sign out
      </MenuItem>
    </Menu>
  );
}
