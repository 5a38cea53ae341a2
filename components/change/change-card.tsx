'use client';

import { ChevronRight, Undo2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button, cx, ErrorNotice, Notice, Sentence, typographic } from '#components/ui';
import { alarmOf, type ChangeView, type ErrorView } from '#lib/wire';
import { Aftermath } from './aftermath.tsx';
import { AlarmView } from './alarm.tsx';
import { ChangeDiffView } from './change-diff.tsx';
import { hasSides } from './conflict-view.tsx';
import { DecisionBar } from './decision-bar.tsx';
import { ChangeHeader } from './header.tsx';
import { StatusLine } from './status-line.tsx';
import { useChange } from './use-change.ts';
import { useKeptFocus } from './use-kept-focus.ts';
import { useTakeFocus } from './use-take-focus.ts';
import { Warnings } from './warnings.tsx';
import { looks } from './words.ts';

type CardProps = { change: ChangeView; onChange: (change: ChangeView) => void; takeFocus?: boolean };

/** A settled card keeps its diff, folded. */
function Folded({ children }: { children: ReactNode }) {
  return (
    <details className="group/diff">
      <summary className="inline-flex min-h-10 items-center gap-1 text-sm text-muted hover:text-ink md:min-h-8">
        <ChevronRight aria-hidden className="size-4 transition-transform group-open/diff:rotate-90" />
        What the change is
      </summary>
      <div className="pt-2">{children}</div>
    </details>
  );
}

function UndoNote({ change }: { change: ChangeView }) {
  if (change.undo.possible) {
    return (
      <p className="flex items-center gap-1.5 text-xs text-muted">
        <Undo2 aria-hidden className="size-3.5" />
        Can be undone
      </p>
    );
  }
  return (
    <Notice kind="warn" className="w-full">
      Cannot be undone: <Sentence text={change.undo.why} />
    </Notice>
  );
}

/** A refusal of the last click, unless the card itself says the same by now. */
function worthSaying(error: ErrorView | null, change: ChangeView): ErrorView | null {
  if (error === null || error.message === change.error?.message) return null;
  const settledByIt = error.code === 'conflict' && !change.mayDecide && !change.mayUndo;
  return settledByIt ? null : error;
}

/** One proposed or made change, with everything a person needs to decide on it or to take it back. */
export function ChangeCard({ change, onChange, takeFocus = false }: CardProps) {
  const actions = useChange(change, onChange);
  const [ticks, setTicks] = useState<{ hash: string; codes: ReadonlySet<string> }>({
    hash: change.hash,
    codes: new Set(),
  });
  const ref = useTakeFocus<HTMLElement>(takeFocus && change.status === 'proposed');
  const keepFocus = useKeptFocus(ref, `${change.hash} ${change.status} ${actions.doing}`);
  // A tick belongs to the revision it was made on.
  const ticked = ticks.hash === change.hash ? ticks.codes : new Set<string>();
  const tick = (code: string, on: boolean) => {
    const codes = new Set(ticked);
    if (on) codes.add(code);
    else codes.delete(code);
    setTicks({ hash: change.hash, codes });
  };
  const open = change.mayDecide;
  const alarm = alarmOf(change);
  const unsettled = looks[change.status] === 'waiting' || looks[change.status] === 'busy' || open;
  const missing = change.warnings.filter(
    (warning) => warning.mustConfirm && !ticked.has(warning.code),
  ).length;
  const diff = <ChangeDiffView diff={change.diff} />;
  const refusal = worthSaying(actions.error, change);
  const bothShown = change.status === 'conflicted' && change.conflict !== null && hasSides(change.conflict);
  return (
    <section
      ref={ref}
      tabIndex={-1}
      aria-label={`Proposed change: ${typographic(change.title)}`}
      aria-busy={actions.doing !== null || looks[change.status] === 'busy'}
      className={cx(
        'appear space-y-3.5 rounded-lg border bg-surface p-3.5 shadow-lift focus-visible:outline-1 focus-visible:outline-offset-0 sm:p-4',
        (change.tier === 'destructive' && unsettled) || alarm === 'differs'
          ? 'border-danger-line'
          : 'border-line-strong',
      )}
    >
      <ChangeHeader change={change} />
      {change.rebasedFrom !== null && unsettled ? (
        <Notice
          kind="warn"
          alert
          title={`The page has moved on since this was first proposed (from version ${change.rebasedFrom}).`}
        >
          What others changed is kept; the change now stands on{' '}
          {change.baseVersion === null ? 'the newest version' : `version ${change.baseVersion}`}. Nothing was
          written yet: look at it once more, then decide.
        </Notice>
      ) : null}
      {unsettled ? diff : null}
      {unsettled && change.warnings.length > 0 ? (
        <Warnings warnings={change.warnings} ticked={ticked} onTick={tick} canTick={open} />
      ) : null}
      {change.undo.possible || !unsettled ? null : <UndoNote change={change} />}
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <StatusLine change={change} />
        {change.status === 'proposed' && change.undo.possible ? <UndoNote change={change} /> : null}
        {change.mayUndo && alarm === null ? (
          <Button
            size="small"
            icon={<Undo2 aria-hidden className="size-4" />}
            busy={actions.doing === 'undo'}
            onClick={() => void actions.undo()}
          >
            Undo
          </Button>
        ) : null}
      </div>
      <AlarmView change={change} actions={actions} />
      <Aftermath change={change} />
      {refusal === null ? null : <ErrorNotice error={refusal} />}
      {open ? (
        <DecisionBar
          key={change.hash}
          change={change}
          actions={actions}
          confirmed={[...ticked]}
          missing={missing}
          onClosed={keepFocus}
        />
      ) : null}
      {unsettled || bothShown ? null : <Folded>{diff}</Folded>}
    </section>
  );
}
