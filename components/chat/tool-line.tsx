'use client';

import { ChevronRight, CircleAlert, CircleCheck, CircleStop, Hourglass } from 'lucide-react';
import { memo, type ReactNode, useMemo } from 'react';
import { cx, ErrorNotice, Spinner, typographic } from '#components/ui';
import type { Part, ToolState } from '#lib/wire';
import { madeFiles } from './made-files.ts';
import { MadeFilesList } from './made-files-list.tsx';
import { hasPlan, planOf } from './plan-steps.ts';
import { PlanView } from './plan-view.tsx';

type ToolPart = Extract<Part, { type: 'tool' }>;

const icons: Record<ToolState, ReactNode> = {
  running: <Spinner className="text-accent" />,
  waiting: <Hourglass aria-hidden className="size-4 shrink-0 text-warn" />,
  done: <CircleCheck aria-hidden className="size-4 shrink-0 text-good" />,
  failed: <CircleAlert aria-hidden className="size-4 shrink-0 text-danger" />,
  stopped: <CircleStop aria-hidden className="size-4 shrink-0 text-muted" />,
};

const stateWords: Record<ToolState, string> = {
  running: 'running',
  waiting: 'waiting for you',
  done: 'done',
  failed: 'failed',
  stopped: 'stopped',
};

/** Input as `name: value` lines, which is easier to read than JSON. */
function readable(input: unknown): string {
  if (typeof input !== 'object' || input === null || Array.isArray(input))
    return JSON.stringify(input, null, 2) ?? '';
  return Object.entries(input)
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value, null, 2)}`)
    .join('\n');
}

function Box({ title, text }: { title: string; text: string }) {
  return (
    <div>
      <p className="mb-1 text-2xs font-semibold tracking-wide text-muted uppercase">{title}</p>
      <pre className="max-h-72 overflow-auto rounded-md border border-line bg-sunken px-3 py-2 font-mono text-xs whitespace-pre-wrap [overflow-wrap:anywhere]">
        {text}
      </pre>
    </div>
  );
}

/** How far a running step is, where its line says so: `50 of about 100 pages looked at` is a half. */
function shareOf({ state, label }: ToolPart): number | null {
  const match = state === 'running' ? /\b(\d+) of (?:about )?(\d+)\b/.exec(label) : null;
  const all = Number(match?.[2] ?? 0);
  return match === null || all === 0 ? null : Math.min(1, Number(match[1]) / all);
}

/** The words of a line: short when it is done, whole enough to read how far it is while it runs. */
const lineLooks: Record<ToolState, string> = {
  running: 'line-clamp-2 py-1',
  waiting: 'truncate',
  done: 'truncate',
  failed: 'line-clamp-3 py-1 text-danger sm:line-clamp-2',
  stopped: 'truncate',
};

/** What went in and what came out, word for word. */
function Raw({ part }: { part: ToolPart }) {
  const input = readable(part.input);
  return (
    <>
      <p className="font-mono text-xs text-muted">{part.name}</p>
      {input === '' ? null : <Box title="What it was asked" text={input} />}
      {part.output === null ? null : <Box title="What the model was given" text={part.output} />}
    </>
  );
}

/** One step of the work: a line in people's words, opened for what went in and what came out. A plan stands open. */
export const ToolLine = memo(function ToolLine({ part }: { part: ToolPart }) {
  const share = shareOf(part);
  const plan = useMemo(() => (part.output === null ? null : planOf(part.output)), [part.output]);
  return (
    <details className="group/tool" open={plan !== null}>
      <summary className="relative flex min-h-10 items-center gap-2.5 rounded-md px-2 text-sm text-muted hover:bg-hover hover:text-ink md:min-h-8">
        {icons[part.state]}
        <span className={cx('min-w-0 flex-1 tabular-nums', lineLooks[part.state])}>
          {typographic(part.label)}
        </span>
        <span className="sr-only"> ({stateWords[part.state]})</span>
        <ChevronRight
          aria-hidden
          className="size-4 shrink-0 transition-transform group-open/tool:rotate-90"
        />
        {share === null ? null : (
          <span
            aria-hidden
            className="absolute inset-x-2 bottom-0 h-0.5 overflow-hidden rounded-full bg-line"
          >
            <span
              className="block h-full rounded-full bg-accent transition-[width] duration-300"
              style={{ width: `${share * 100}%` }}
            />
          </span>
        )}
      </summary>
      <div className={cx('mt-1 mb-2 space-y-2.5', plan === null && 'ml-8')}>
        {part.error === null ? null : <ErrorNotice error={part.error} alert={false} />}
        {plan === null ? (
          <Raw part={part} />
        ) : (
          <>
            <PlanView plan={plan} />
            <details className="group/raw ps-2">
              <summary className="inline-flex min-h-10 items-center gap-1 text-xs text-muted hover:text-ink md:min-h-7">
                <ChevronRight
                  aria-hidden
                  className="size-3.5 transition-transform group-open/raw:rotate-90"
                />
                Word for word
              </summary>
              <div className="space-y-2.5 pt-1">
                <Raw part={part} />
              </div>
            </details>
          </>
        )}
      </div>
    </details>
  );
});

const shownAtMost = 4;

/** Several steps in a row. Finished ones are folded when there are many; failures never are. */
export function ToolLines({ parts }: { parts: readonly ToolPart[] }) {
  const early = parts.slice(0, -shownAtMost);
  const folded =
    parts.length > shownAtMost + 1
      ? early.filter((part) => part.state === 'done' && !hasPlan(part.output))
      : [];
  const open = parts.filter((part) => !folded.includes(part));
  return (
    <>
      <div className="my-2 border-s-2 border-line ps-1.5">
        {folded.length === 0 ? null : (
          <details className="group/steps">
            <summary className="flex min-h-10 items-center gap-1.5 rounded-md px-2 text-sm text-muted hover:text-ink md:min-h-8">
              <ChevronRight aria-hidden className="size-4 transition-transform group-open/steps:rotate-90" />
              {folded.length} earlier {folded.length === 1 ? 'step' : 'steps'}
            </summary>
            {folded.map((part) => (
              <ToolLine key={part.callId} part={part} />
            ))}
          </details>
        )}
        {open.map((part) => (
          <ToolLine key={part.callId} part={part} />
        ))}
      </div>
      <MadeFilesList files={parts.flatMap(madeFiles)} />
    </>
  );
}
