'use client';

import { Tabs as Radix } from 'radix-ui';
import type { ReactNode } from 'react';

type Tab = { value: string; title: string; content: ReactNode };

/** Two or more views of the same thing. `end` stands at the right of the tab row. */
export function Tabs({ label, tabs, end }: { label: string; tabs: readonly Tab[]; end?: ReactNode }) {
  return (
    <Radix.Root defaultValue={tabs[0]?.value}>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <Radix.List
          aria-label={label}
          className="flex max-w-full gap-1 overflow-x-auto rounded-md bg-sunken p-0.5"
        >
          {tabs.map((tab) => (
            <Radix.Trigger
              key={tab.value}
              value={tab.value}
              className="min-h-9 shrink-0 rounded-sm px-3 text-xs font-medium whitespace-nowrap text-muted transition-colors hover:text-ink data-[state=active]:bg-surface data-[state=active]:text-ink data-[state=active]:shadow-lift md:min-h-7"
            >
              {tab.title}
            </Radix.Trigger>
          ))}
        </Radix.List>
        {end}
      </div>
      {tabs.map((tab) => (
        <Radix.Content key={tab.value} value={tab.value} className="mt-2 rounded-md">
          {tab.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
