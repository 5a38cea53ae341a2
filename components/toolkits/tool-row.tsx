'use client';

import { useId } from 'react';
import { FieldDiffs } from '#components/change';
import { Badge, Button, Notice, type Tone } from '#components/ui';
import type { ToolDecision, ToolkitToolState, ToolkitToolView } from '#lib/wire';
import { Fold } from './fold.tsx';

const states: Record<ToolkitToolState, { words: string; tone: Tone } | null> = {
  new: { words: 'New', tone: 'accent' },
  looked_at: null,
  drifted: { words: 'Changed, blocked', tone: 'danger' },
  missing: { words: 'No longer offered', tone: 'warn' },
  unusable: { words: 'Cannot be used', tone: 'warn' },
};

const choices = [
  ['off', 'Not allowed'],
  ['read', 'Reads: runs at once'],
  ['write', 'Writes: asks first'],
  ['destructive', 'Destroys: asks first'],
] as const;

export type Decide = (tool: ToolkitToolView, decision: ToolDecision['decision']) => void;

/** What has changed since an admin looked at a tool, and the way to let it count. */
function Drift({ tool, busy, decide }: { tool: ToolkitToolView; busy: boolean; decide: Decide }) {
  return (
    <div className="mt-2 space-y-3">
      <Notice kind="danger" title="Its definition is no longer what was looked at.">
        Nobody can use it until you have looked at what is different. A server that changes what its tools say
        may be trying to make a model do something else.
      </Notice>
      <FieldDiffs fields={tool.drift} />
      <Button size="small" disabled={busy} onClick={() => decide(tool, 'accept')}>
        Accept what it is now
      </Button>
    </div>
  );
}

/** One tool of a toolkit: what its server says of it, and what the admin says. */
export function ToolRow({ tool, busy, decide }: { tool: ToolkitToolView; busy: boolean; decide: Decide }) {
  const id = useId();
  const state = states[tool.state];
  return (
    <li className="px-4 py-3">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-64 text-sm [overflow-wrap:anywhere]">
          <p className="flex flex-wrap items-center gap-2">
            <span id={id} className="font-medium">
              <bdi>{tool.title}</bdi>
            </span>
            {state === null ? null : <Badge tone={state.tone}>{state.words}</Badge>}
            {tool.hidden > 0 ? <Badge tone="warn">{tool.hidden} hidden characters removed</Badge> : null}
          </p>
          <p className="font-mono text-xs text-muted">{tool.operation}</p>
        </div>
        <select
          aria-labelledby={id}
          value={tool.allowed ? tool.tier : 'off'}
          disabled={busy || tool.state === 'unusable'}
          onChange={(event) => decide(tool, event.currentTarget.value as ToolDecision['decision'])}
          className="min-h-10 w-full rounded-md border border-line-strong bg-surface px-3 text-sm text-ink shadow-lift disabled:opacity-60 sm:w-52 md:min-h-8"
        >
          {choices.map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </select>
      </div>
      {tool.state === 'drifted' ? <Drift tool={tool} busy={busy} decide={decide} /> : null}
      {tool.why === null || tool.state === 'drifted' ? null : (
        <p className="mt-1 text-sm text-warn">{tool.why}</p>
      )}
      <Fold words="What its server says of it">
        <div className="space-y-2 border-s-2 border-line ps-3">
          <p dir="auto" className="whitespace-pre-wrap [overflow-wrap:anywhere]">
            {tool.description === '' ? '(nothing)' : tool.description}
          </p>
          <p className="text-xs text-muted">
            {tool.claims.length === 0
              ? 'It says nothing of whether it changes anything.'
              : `It says of itself, unchecked: ${tool.claims.join(', ')}.`}
          </p>
          <pre className="max-h-72 overflow-auto rounded-md bg-sunken p-3 font-mono text-xs whitespace-pre-wrap [overflow-wrap:anywhere]">
            {tool.input}
          </pre>
        </div>
      </Fold>
    </li>
  );
}
