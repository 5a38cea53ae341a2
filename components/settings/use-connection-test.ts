'use client';

import { useRef, useState } from 'react';
import { isErrorView, RequestError, toView } from '#components/http';
import { type ErrorView, type TestEvent, type TestStep, testSteps } from '#lib/wire';

export type StepState =
  | { step: TestStep; state: 'waiting' | 'running' }
  | { step: TestStep; state: 'ended'; ended: Extract<TestEvent, { kind: 'ended' }> };

export type ConnectionTest = {
  /** Null: not begun. */
  steps: readonly StepState[] | null;
  /** Null while it runs. */
  ok: boolean | null;
  error: ErrorView | null;
};

const nothing: ConnectionTest = { steps: null, ok: null, error: null };
const begun: ConnectionTest = { ...nothing, steps: testSteps.map((step) => ({ step, state: 'waiting' })) };

function after(test: ConnectionTest, event: TestEvent): ConnectionTest {
  if (event.kind === 'finished') return { ...test, ok: event.ok };
  const now: StepState =
    event.kind === 'started'
      ? { step: event.step, state: 'running' }
      : { step: event.step, state: 'ended', ended: event };
  return { ...test, steps: (test.steps ?? []).map((one) => (one.step === event.step ? now : one)) };
}

const cutOff: ErrorView = {
  code: 'internal',
  actor: 'operator',
  message: 'The test was cut off before it ended.',
  next: 'Check that Confab is still running, then test again.',
};

/** Reads server-sent events of an answer to a POST, which `EventSource` cannot send. */
async function readEvents(path: string, body: object, hear: (event: TestEvent) => void): Promise<void> {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    cache: 'no-store',
  });
  if (!response.ok || response.body === null) {
    const { error } = (await response.json().catch(() => ({}))) as { error?: unknown };
    throw new RequestError(isErrorView(error) ? error : cutOff, response.status);
  }
  let rest = '';
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const blocks = (rest + part.value).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) if (block.startsWith('data: ')) hear(JSON.parse(block.slice(6)) as TestEvent);
  }
}

/** Tries a key from the server's side, step by step. `key`: its secret, where it is still known here. */
export function useConnectionTest(id: string, key: string | null, onEnd: () => void) {
  const [test, setTest] = useState(nothing);
  const running = useRef(false);
  const start = async () => {
    if (running.current) return;
    running.current = true;
    setTest(begun);
    let finished = false;
    try {
      await readEvents(`/api/keys/${id}/test`, key === null ? {} : { key }, (event) => {
        finished ||= event.kind === 'finished';
        setTest((before) => after(before, event));
      });
      if (!finished) setTest((before) => ({ ...before, ok: false, error: cutOff }));
    } catch (failure) {
      const error = failure instanceof RequestError ? toView(failure) : cutOff;
      setTest((before) => ({ ...before, ok: false, error }));
    } finally {
      running.current = false;
      onEnd();
    }
  };
  const begunNow = test.steps !== null && test.ok === null;
  return { test, busy: begunNow, start: () => void start(), close: () => setTest(nothing) };
}
