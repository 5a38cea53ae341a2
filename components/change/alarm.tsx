'use client';

import { RefreshCw, RotateCcw, ShieldAlert } from 'lucide-react';
import { Button, Notice, Sentence } from '#components/ui';
import { alarmOf, type ChangeView } from '#lib/wire';
import { ChangeDiffView } from './change-diff.tsx';
import type { useChange } from './use-change.ts';

type AlarmProps = { change: ChangeView; actions: ReturnType<typeof useChange> };

function Details({ lines }: { lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <ul className="list-disc space-y-1 ps-5 text-sm [overflow-wrap:anywhere]">
      {lines.map((line) => (
        <li key={line}>
          <Sentence text={line} />
        </li>
      ))}
    </ul>
  );
}

/** What is there is not what was approved: what differs, and one button that brings back what stood there before. */
function Differs({ change, actions }: AlarmProps) {
  const { verification, restore, mayUndo, undo, origin } = change;
  const version = restore?.version ?? null;
  const isUndo = origin.kind === 'undo';
  return (
    <section
      role="alert"
      aria-label="Alarm: not as approved"
      className="space-y-3 rounded-md border-2 border-danger bg-danger-soft p-3.5"
    >
      <p className="flex items-start gap-2 font-semibold text-danger">
        <ShieldAlert aria-hidden className="mt-0.5 size-5 shrink-0" />
        What Confluence saved is not what you approved.
      </p>
      <Details lines={verification?.details ?? []} />
      {mayUndo && !isUndo ? (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
          <Button
            look="danger"
            icon={<RotateCcw aria-hidden className="size-4" />}
            busy={actions.doing === 'undo'}
            disabled={actions.doing !== null}
            onClick={() => void actions.undo()}
          >
            {version === null ? 'Take it back' : `Restore version ${version}`}
          </Button>
          <span className="text-xs text-muted">
            {version === null
              ? 'Takes back what this change made.'
              : 'Puts back exactly what stood there before, and checks it. What others saved since is kept.'}
          </span>
        </div>
      ) : (
        <p className="text-sm">
          {isUndo
            ? 'So the change it was to take back still stands, with its alarm: press Restore on its card once more, or open the history of the page in Confluence.'
            : undo.possible
              ? 'The person who approved it can bring back what stood there before.'
              : `It cannot be taken back here: ${undo.why}`}
        </p>
      )}
      {verification?.diff ? (
        <div className="rounded-md border border-line bg-surface p-3">
          <h4 className="mb-2 text-sm font-semibold">From what was approved to what is there</h4>
          <ChangeDiffView diff={{ fields: [], body: verification.diff }} />
        </div>
      ) : null}
    </section>
  );
}

/** Nobody has seen what is there: said plainly, with a button to look again. */
function Unread({ change, actions }: AlarmProps) {
  return (
    <Notice kind="warn" alert title="It was written, but nobody has checked yet what Confluence saved.">
      <div className="space-y-2">
        <p>
          <Sentence text={change.verification?.summary ?? ''} />
        </p>
        <Button
          size="small"
          icon={<RefreshCw aria-hidden className="size-4" />}
          busy={actions.doing === 'check'}
          disabled={actions.doing !== null}
          onClick={() => void actions.check()}
        >
          Check again
        </Button>
      </div>
    </Notice>
  );
}

const alarms = { differs: Differs, unread: Unread };

/** Shown when a change was written but is not known to be as approved. */
export function AlarmView(props: AlarmProps) {
  const alarm = alarmOf(props.change);
  if (alarm === null) return null;
  const Shown = alarms[alarm];
  return <Shown {...props} />;
}
