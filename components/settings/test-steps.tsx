import { CircleAlert, CircleCheck, CircleDashed, CircleMinus, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { ErrorNotice, Sentence, Spinner } from '#components/ui';
import type { TestEvent, TestStep } from '#lib/wire';
import type { ConnectionTest, StepState } from './use-connection-test.ts';

type Outcome = Extract<TestEvent, { kind: 'ended' }>['outcome'];

const titles: Readonly<Record<TestStep, string>> = {
  reach: 'Reach the address',
  authenticate: 'Present the key',
  initialize: 'Agree on the protocol',
  tools: 'List the tools',
  connection: 'Ask for the connection',
  read: 'Read something',
};

const icons: Readonly<Record<Outcome, ReactNode>> = {
  done: <CircleCheck aria-hidden className="size-4 text-good" />,
  noted: <TriangleAlert aria-hidden className="size-4 text-warn" />,
  skipped: <CircleMinus aria-hidden className="size-4 text-muted" />,
  failed: <CircleAlert aria-hidden className="size-4 text-danger" />,
};

const outcomeWords: Readonly<Record<Outcome, string>> = {
  done: 'done',
  noted: 'done, with a note',
  skipped: 'left out',
  failed: 'failed',
};

function Step({ at }: { at: StepState }) {
  const ended = at.state === 'ended' ? at.ended : null;
  return (
    <li className="flex items-start gap-2.5 py-1.5" data-outcome={ended?.outcome ?? at.state}>
      <span className="mt-0.5 shrink-0">
        {ended !== null ? (
          icons[ended.outcome]
        ) : at.state === 'running' ? (
          <Spinner />
        ) : (
          <CircleDashed aria-hidden className="size-4 text-faint" />
        )}
      </span>
      <div className="min-w-0 flex-1 text-sm [overflow-wrap:anywhere]">
        <p className={at.state === 'waiting' ? 'text-muted' : 'font-medium'}>
          {titles[at.step]}
          {ended === null ? null : <span className="sr-only">: {outcomeWords[ended.outcome]}</span>}
        </p>
        {ended === null ? null : (
          <p className="text-muted">
            {ended.outcome === 'failed' ? <Sentence text={ended.words} /> : ended.words}
          </p>
        )}
        {ended === null || ended.next === null ? null : (
          <p>
            <Sentence text={ended.next} />
          </p>
        )}
      </div>
      {ended === null || ended.outcome === 'skipped' ? null : (
        <span className="shrink-0 text-xs text-muted tabular-nums">{ended.ms.toLocaleString('en')} ms</span>
      )}
    </li>
  );
}

/** The steps of a connection test as they happen. */
export function TestSteps({ test }: { test: ConnectionTest }) {
  if (test.steps === null) return null;
  const result = test.ok === null ? 'Testing …' : test.ok ? 'This key works.' : 'This key does not work yet.';
  return (
    <section aria-label="Connection test" className="rounded-md border border-line bg-surface px-3 py-2">
      <ol>
        {test.steps.map((at) => (
          <Step key={at.step} at={at} />
        ))}
      </ol>
      <p role="status" className="border-t border-line pt-2 pb-0.5 text-sm font-medium">
        {result}
      </p>
      {test.error === null ? null : <ErrorNotice error={test.error} className="mt-2" />}
    </section>
  );
}
