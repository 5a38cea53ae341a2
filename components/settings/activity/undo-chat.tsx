'use client';

import { Undo2 } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { request, useSubmit } from '#components/http';
import { Button, Dialog, ErrorNotice, Notice, typographic } from '#components/ui';
import type { UndoneAll } from '#lib/wire';

const many = (number: number): string => (number === 1 ? '1 change' : `${number} changes`);

/** What became of it: taken back, to be looked at, left. */
function Outcome({ done }: { done: UndoneAll }) {
  const whole = done.toReview.length === 0 && done.left.length === 0;
  return (
    <Notice kind={whole ? 'good' : 'warn'} title={`${many(done.undone)} undone.`} alert>
      {done.toReview.length === 0 ? null : (
        <>
          <p className="mt-1">
            Others have changed the same pages since. Look at these before they are undone:
          </p>
          <ul className="list-disc ps-5">
            {done.toReview.map(({ id, title }) => (
              <li key={id}>
                <Link href={`/changes/${id}`} className="underline underline-offset-2">
                  {typographic(title)}
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
      {done.left.length === 0 ? null : (
        <>
          <p className="mt-1">These stay:</p>
          <ul className="list-disc ps-5">
            {done.left.map(({ id, title, why }) => (
              <li key={id}>
                {typographic(title)}: {typographic(why)}
              </li>
            ))}
          </ul>
        </>
      )}
    </Notice>
  );
}

type UndoProps = {
  chat: string;
  /** Something of it stands. */
  possible: boolean;
  onDone: () => void;
};

/** Takes back everything that one chat has changed, after asking; what came of it stays to be read. */
export function UndoChat({ chat, possible, onDone }: UndoProps) {
  const [open, setOpen] = useState(false);
  const [done, setDone] = useState<UndoneAll | null>(null);
  const { busy, error, run } = useSubmit();
  const undo = () =>
    run('undo', async () => {
      setDone(await request<UndoneAll>('POST', `/api/chats/${chat}/undo`));
      setOpen(false);
      onDone();
    });
  return (
    <div className="space-y-3">
      {possible ? (
        <Button icon={<Undo2 aria-hidden className="size-4" />} onClick={() => setOpen(true)}>
          Undo all of this chat…
        </Button>
      ) : null}
      {done === null ? null : <Outcome done={done} />}
      <Dialog open={open} title="Undo all of this chat?" onClose={() => setOpen(false)}>
        <div className="space-y-4">
          <p className="text-sm text-muted">
            Every change that this chat made and that still stands is taken back, the newest first. What
            others have written since stays.
          </p>
          {error === null ? null : <ErrorNotice error={error} />}
          <div className="flex flex-wrap gap-2">
            <Button look="primary" busy={busy !== null} onClick={() => void undo()}>
              Undo all
            </Button>
            <Button look="quiet" disabled={busy !== null} onClick={() => setOpen(false)}>
              Cancel
            </Button>
          </div>
        </div>
      </Dialog>
    </div>
  );
}
