'use client';

import Link from 'next/link';
import { useCallback, useRef, useState } from 'react';
import { request, useSubmit } from '#components/http';
import { Button, ErrorNotice } from '#components/ui';
import type { ActivityPage, ChangeView } from '#lib/wire';
import { Rows } from '../section.tsx';
import { ActivityFilters, type Filters, queryOf } from './activity-filters.tsx';
import { ActivityRow } from './activity-row.tsx';
import { UndoChat } from './undo-chat.tsx';

type ListProps = {
  initial: ActivityPage;
  clients: readonly string[];
  admin: boolean;
  /** Only what this chat changed. */
  chat: string | null;
};

const all: Filters = { who: 'me', state: '', from: '' };

/** The ledger: every change of the person, and for admins everyone's, newest first. */
export function ActivityList({ initial, clients, admin, chat }: ListProps) {
  const [page, setPage] = useState(initial);
  const [filters, setFilters] = useState(all);
  const { busy, error, run } = useSubmit();
  const asked = useRef(0);
  /** Null: something else was asked for since. */
  const read = useCallback(
    (chosen: Filters, after: string | null) => {
      const query = queryOf(chosen, chat);
      if (after !== null) query.set('after', after);
      asked.current += 1;
      const turn = asked.current;
      return request<ActivityPage>('GET', `/api/changes?${query}`).then((answer) =>
        turn === asked.current ? answer : null,
      );
    },
    [chat],
  );
  const show = async (asking: Promise<ActivityPage | null>) => {
    const answer = await asking;
    if (answer !== null) setPage(answer);
  };
  const choose = (chosen: Filters) => {
    setFilters(chosen);
    void run('filter', () => show(read(chosen, null)));
  };
  const again = () => show(read(filters, null));
  const more = () =>
    run('more', async () => {
      const answer = await read(filters, page.next);
      if (answer !== null) setPage({ lines: [...page.lines, ...answer.lines], next: answer.next });
    });
  const undo = (id: string) =>
    void run(id, async () => {
      await request<ChangeView>('POST', `/api/changes/${id}/undo`);
      await again();
    });
  const filtered = filters.state !== '' || filters.from !== '';
  return (
    <div className="space-y-4">
      <ActivityFilters filters={filters} onFilters={choose} clients={clients} admin={admin} chat={chat} />
      {chat === null ? null : (
        <div className="space-y-3">
          <p className="text-sm text-muted">
            Only what one chat changed.{' '}
            <Link href="/settings/activity" className="text-accent underline underline-offset-2">
              Show all
            </Link>
          </p>
          <UndoChat
            chat={chat}
            possible={page.lines.some(({ own }) => own?.mayUndo && own.origin.kind !== 'undo')}
            onDone={() => void run('again', again)}
          />
        </div>
      )}
      {error === null ? null : <ErrorNotice error={error} />}
      {page.lines.length === 0 ? (
        <p className="text-sm text-muted">
          {filtered
            ? 'No change fits these filters.'
            : 'No changes yet. What you approve in a chat or over MCP is listed here.'}
        </p>
      ) : (
        <Rows>
          {page.lines.map((line) => (
            <ActivityRow
              key={line.id}
              line={line}
              withPerson={filters.who === 'everyone'}
              undoing={busy}
              onUndo={undo}
            />
          ))}
        </Rows>
      )}
      {page.next === null ? null : (
        <Button busy={busy === 'more'} disabled={busy !== null} onClick={() => void more()}>
          Show older changes
        </Button>
      )}
    </div>
  );
}
