'use client';

import { FilePlus2, ListChecks, Search, Tag } from 'lucide-react';
import { Mark } from '#components/ui';

const starters = [
  { icon: Search, title: 'Find a page', text: 'Search Confluence for the Q3 marketing roadmap.' },
  {
    icon: FilePlus2,
    title: 'Add a section',
    text: 'Add a section about rate limits to the API Guidelines page.',
  },
  {
    icon: ListChecks,
    title: 'Check and complete a page',
    text: 'Find the Q3 Billing Engine PRD in Confluence. Read the current requirements. If it doesn’t mention the new Stripe webhook integration, update the page to include a technical note about it.',
  },
  { icon: Tag, title: 'Label a page', text: 'Add the label ‘urgent’ to the Q3 planning page.' },
] as const;

/** What a new chat shows: what this is, and four things to try. */
export function Starters({ onPick, disabled }: { onPick: (text: string) => void; disabled: boolean }) {
  return (
    <div className="mx-auto flex w-full max-w-prose flex-col px-4 pt-8 sm:pt-[max(1.5rem,9vh)] pb-6">
      <Mark className="size-10" />
      <h1 className="mt-4 text-2xl font-semibold tracking-tight">Confab</h1>
      <p className="mt-1.5 max-w-[36rem] text-lg text-muted">
        Ask your Confluence and change it in plain words. You see every change as a diff before it is written,
        and can take it back afterwards.
      </p>
      <ul aria-label="Starters" className="mt-7 grid gap-2.5 sm:grid-cols-2">
        {starters.map(({ icon: Icon, title, text }) => (
          <li key={title} className="flex">
            <button
              type="button"
              disabled={disabled}
              onClick={() => onPick(text.replaceAll('’', "'").replaceAll('‘', "'"))}
              className="flex w-full items-start gap-3 rounded-lg border border-line bg-surface p-3.5 text-start transition-colors hover:border-line-strong hover:bg-hover/50 disabled:opacity-60"
            >
              <Icon aria-hidden className="mt-0.5 size-4.5 shrink-0 text-accent" />
              <span className="min-w-0">
                <span className="block text-sm font-medium">{title}</span>
                <span className="mt-0.5 line-clamp-2 text-sm text-muted">{text}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
