'use client';

import { CircleCheck } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { useWaiting } from '#components/shell';
import { cx } from '#components/ui';
import type { WaitingChange } from '#lib/wire';
import { DeclineAll } from './decline-all.tsx';
import { NotifyChoice } from './notify-choice.tsx';
import { sourceOf, sources } from './origin.ts';
import { WaitingItem } from './waiting-item.tsx';

function Nothing() {
  return (
    <div className="flex flex-col items-center gap-2 rounded-lg border border-line bg-surface px-4 py-12 text-center">
      <CircleCheck aria-hidden className="size-6 text-good" />
      <p className="font-medium">Nothing waits for you</p>
      <p className="max-w-prose text-sm text-muted">
        Changes that a chat or an MCP client proposes are listed here until you decide. What was decided is
        under{' '}
        <Link href="/settings/activity" className="text-accent underline underline-offset-2">
          Activity
        </Link>
        .
      </p>
    </div>
  );
}

type SourceProps = {
  all: readonly WaitingChange[];
  chosen: string | null;
  onChoose: (id: string | null) => void;
};

/** Shows only what one client, or the chats, asked for. Without a choice to make there is none. */
function SourceChoice({ all, chosen, onChoose }: SourceProps) {
  const found = sources(all);
  if (found.length < 2) return null;
  const choices = [{ id: null, name: 'All', count: all.length }, ...found];
  return (
    <fieldset className="flex flex-wrap gap-1.5">
      <legend className="sr-only">Asked by</legend>
      {choices.map(({ id, name, count }) => (
        <button
          key={id ?? ''}
          type="button"
          aria-pressed={chosen === id}
          onClick={() => onChoose(id)}
          className={cx(
            'inline-flex min-h-10 items-center gap-1.5 rounded-full border px-3 text-sm md:min-h-8',
            chosen === id
              ? 'border-accent bg-accent-soft font-medium text-accent'
              : 'border-line bg-surface hover:border-line-strong',
          )}
        >
          <bdi>{name}</bdi>
          <span className="text-xs tabular-nums opacity-80">{count}</span>
        </button>
      ))}
    </fieldset>
  );
}

/** What waits for the person, of chats and MCP clients, newest first. What they open stays until they leave. */
export function WaitingPage() {
  const { changes, count } = useWaiting();
  const [opened, setOpened] = useState<readonly WaitingChange[]>([]);
  const [source, setSource] = useState<string | null>(null);
  const waits = new Set(changes.map(({ id }) => id));
  const all = [...changes, ...opened.filter(({ id }) => !waits.has(id))].sort(
    (a, b) => b.createdAt - a.createdAt || b.id.localeCompare(a.id),
  );
  const chosen = source !== null && all.some((change) => sourceOf(change) === source) ? source : null;
  const shown = all.filter((change) => chosen === null || sourceOf(change) === chosen);
  const open = shown.filter(({ id }) => waits.has(id));
  const keep = (change: WaitingChange) =>
    setOpened((before) => (before.some(({ id }) => id === change.id) ? before : [...before, change]));
  return (
    <div className="space-y-4">
      {all.length === 0 ? (
        <Nothing />
      ) : (
        <>
          <div className="flex flex-wrap items-center justify-between gap-2">
            <SourceChoice all={all} chosen={chosen} onChoose={setSource} />
            <span className="flex-1" />
            <DeclineAll changes={open} />
          </div>
          <ul className="divide-y divide-line rounded-lg border border-line bg-surface">
            {shown.map((change) => (
              <WaitingItem key={change.id} change={change} onOpen={() => keep(change)} />
            ))}
          </ul>
          {count > changes.length ? (
            <p className="text-sm text-muted">
              {count - changes.length} older ones follow when these are decided.
            </p>
          ) : null}
        </>
      )}
      <NotifyChoice />
    </div>
  );
}
