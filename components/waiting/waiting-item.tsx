'use client';

import { ChevronDown, ShieldAlert, TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { ChangeCard, targetKinds, targetLine } from '#components/change';
import { request, useSubmit } from '#components/http';
import { useShell } from '#components/shell';
import { Badge, Button, cx, ErrorNotice, Time, Titled, typographic } from '#components/ui';
import type { ChangeView, WaitingChange } from '#lib/wire';
import { askedBy } from './origin.ts';

function Asked({ change }: { change: WaitingChange }) {
  const { chats } = useShell();
  const { chatId } = change.origin;
  const title = chats.find(({ id }) => id === chatId)?.title ?? null;
  const words = <bdi>{askedBy(change, title)}</bdi>;
  return chatId === null ? (
    words
  ) : (
    <Link
      href={`/c/${chatId}`}
      className="underline decoration-line-strong underline-offset-2 hover:text-ink"
    >
      {words}
    </Link>
  );
}

/** What it touches, who asked and until when; the card says it too. */
function About({ change }: { change: WaitingChange }) {
  const { name, place, what } = targetLine({ target: change.target, result: null });
  return (
    <>
      <p className="text-muted">{[what, name, place].filter((part) => part !== null).join(' · ')}</p>
      <p className="text-xs text-muted">
        <Asked change={change} /> · <Time at={change.createdAt} /> · expires{' '}
        <Time at={change.expiresAt} look="full" />
      </p>
    </>
  );
}

/** A line of the list; opened it is the card on which the person decides, and it stays to show the outcome. */
export function WaitingItem({ change, onOpen }: { change: WaitingChange; onOpen: () => void }) {
  const [cards, setCards] = useState<readonly ChangeView[]>([]);
  const [open, setOpen] = useState(false);
  const { busy, error, run } = useSubmit();
  const { Icon } = targetKinds[change.target.kind];
  const put = (incoming: ChangeView) =>
    setCards((all) => [...all.filter(({ id }) => id !== incoming.id), incoming]);
  const toggle = () => {
    if (open || cards.length > 0) {
      setOpen(!open);
      return;
    }
    void run('open', async () => {
      put(await request<ChangeView>('GET', `/api/changes/${change.id}`));
      setOpen(true);
      onOpen();
    });
  };
  return (
    <li className="px-3 py-3 sm:px-4">
      <div className="flex gap-3">
        <span
          className={cx(
            'mt-0.5 flex size-8 shrink-0 items-center justify-center rounded-md',
            change.tier === 'destructive' ? 'bg-danger-soft text-danger' : 'bg-accent-soft text-accent',
          )}
        >
          <Icon aria-hidden className="size-4" />
        </span>
        <div className="min-w-0 flex-1 text-sm [overflow-wrap:anywhere]">
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <span className="font-medium">
              <Titled text={change.title} name={change.target.title} />
            </span>
            {change.tier === 'destructive' ? (
              <Badge tone="danger">
                <ShieldAlert aria-hidden className="size-3" />
                Destructive
              </Badge>
            ) : null}
            {change.status === 'unknown' ? <Badge tone="warn">Outcome unknown</Badge> : null}
            {change.warnings === 0 ? null : (
              <Badge tone="warn">
                <TriangleAlert aria-hidden className="size-3" />
                {change.warnings === 1 ? '1 warning' : `${change.warnings} warnings`}
              </Badge>
            )}
          </p>
          {open ? null : <About change={change} />}
        </div>
        <Button
          size="small"
          className="shrink-0 self-start"
          aria-expanded={open}
          busy={busy !== null}
          icon={
            <ChevronDown aria-hidden className={cx('size-4 transition-transform', open && 'rotate-180')} />
          }
          onClick={toggle}
        >
          {open ? 'Close' : 'Review'}
          <span className="sr-only"> {typographic(change.title)}</span>
        </Button>
      </div>
      {error === null ? null : <ErrorNotice error={error} />}
      {open ? (
        <div className="mt-3 space-y-3">
          {cards.map((card) => (
            <ChangeCard key={card.id} change={card} onChange={put} takeFocus />
          ))}
        </div>
      ) : null}
    </li>
  );
}
