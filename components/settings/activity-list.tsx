'use client';

import { Undo2 } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { lookOf, type looks, shortWord } from '#components/change';
import { request, useSubmit } from '#components/http';
import {
  Badge,
  Button,
  buttonClass,
  ErrorNotice,
  OutsideLink,
  Time,
  Titled,
  type Tone,
  typographic,
} from '#components/ui';
import type { ChangeView } from '#lib/wire';
import { Row, Rows } from './section.tsx';

const tones: Record<(typeof looks)[ChangeView['status']], Tone> = {
  waiting: 'accent',
  busy: 'accent',
  good: 'good',
  warn: 'warn',
  bad: 'danger',
  quiet: 'neutral',
};

function Origin({ change }: { change: ChangeView }) {
  const { kind, chatId, client } = change.origin;
  if (kind === 'mcp') return <>asked by {client ?? 'an MCP client'}</>;
  const what = kind === 'undo' ? 'an undo' : 'asked in a chat';
  return chatId === null ? (
    what
  ) : (
    <Link
      href={`/c/${chatId}`}
      className="underline decoration-line-strong underline-offset-2 hover:text-ink"
    >
      {what}
    </Link>
  );
}

/** Every change of the person, newest first. */
export function ActivityList({ initial }: { initial: readonly ChangeView[] }) {
  const [changes, setChanges] = useState(initial);
  const { busy, error, run } = useSubmit();
  if (changes.length === 0) {
    return (
      <p className="text-sm text-muted">
        No changes yet. What you approve in a chat or over MCP is listed here.
      </p>
    );
  }
  const undo = (id: string) =>
    run(id, async () => {
      await request<ChangeView>('POST', `/api/changes/${id}/undo`);
      const answer = await request<{ changes: ChangeView[] }>('GET', '/api/changes?limit=50');
      setChanges(answer.changes);
    });
  return (
    <div className="space-y-3">
      {error === null ? null : <ErrorNotice error={error} />}
      <Rows>
        {changes.map((change) => {
          const url = change.result?.url ?? change.target.url;
          return (
            <Row
              key={change.id}
              actions={
                <>
                  {change.mayUndo ? (
                    <Button
                      size="small"
                      icon={<Undo2 aria-hidden className="size-4" />}
                      busy={busy === change.id}
                      disabled={busy !== null}
                      onClick={() => void undo(change.id)}
                    >
                      {change.restore === null ? 'Undo' : `Restore version ${change.restore.version}`}
                    </Button>
                  ) : null}
                  {change.mayDecide ? (
                    <Link href={`/changes/${change.id}`} className={buttonClass('secondary', 'small')}>
                      Review
                      <span className="sr-only"> {typographic(change.title)}</span>
                    </Link>
                  ) : null}
                  <Badge tone={tones[lookOf(change)]}>{shortWord(change)}</Badge>
                </>
              }
            >
              <Link href={`/changes/${change.id}`} className="font-medium hover:underline">
                <Titled text={change.title} name={change.target.title} />
              </Link>
              <p className="text-xs text-muted">
                {url === null ? (
                  <bdi>{change.target.title}</bdi>
                ) : (
                  <OutsideLink href={url}>
                    <bdi>{change.target.title}</bdi>
                  </OutsideLink>
                )}
                {' · '}
                <Time at={change.createdAt} /> · <Origin change={change} />
              </p>
            </Row>
          );
        })}
      </Rows>
    </div>
  );
}
