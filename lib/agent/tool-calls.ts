import { isAbort, toErrorView, UserError } from '#errors';
import { changeResultText } from '#lib/approvals';
import { type Executed, execute, findOperation } from '#lib/router';
import { accessNeededSchema, type ConnectReason, isSettled, type Part, toolkitNeededSchema } from '#lib/wire';
import { log } from '#log';
import { addPart, setActivity, setPart } from './answer.ts';
import { discoverText } from './discovery.ts';
import { activityOf, failureLabel, readLabel, startLabel } from './labels.ts';
import { broadcast, type Run } from './registry.ts';
import { fromPageText } from './taint.ts';
import { errorText, isOurs, readText } from './tool-text.ts';

export type ToolAnswer = { text: string; failed: boolean };
export type ToolCall = { name: string; callId: string; input: unknown };

/** The chat agent itself has no narrower rights than its person. */
const limits: Parameters<typeof execute>[0]['limits'] = {
  tiers: ['read', 'write', 'destructive'],
  operations: null,
  tags: null,
  spaces: null,
};

type ToolPart = Extract<Part, { type: 'tool' }>;

const connectReasons: readonly ConnectReason[] = [
  'not_connected',
  'expired',
  'revoked',
  'missing_scope',
  'no_site',
];

/**
 * The index of the call's part; made when the call is first heard of. That may be when it has ended already: the
 * stream tells of a call and its tool is run in no certain order, and a connect card takes the place of its call.
 */
export function partOf(run: Run, call: ToolCall): number {
  const known = run.message.parts.findIndex(
    (part) => (part.type === 'tool' || part.type === 'connect') && part.callId === call.callId,
  );
  if (known !== -1) return known;
  return addPart(run, {
    type: 'tool',
    callId: call.callId,
    name: call.name,
    label: startLabel(call.name, findOperation(call.name), call.input),
    state: 'running',
    input: call.input,
    output: null,
    sources: [],
    error: null,
  });
}

function patch(run: Run, call: ToolCall, changes: Partial<ToolPart>): void {
  const index = partOf(run, call);
  const part = run.message.parts[index];
  if (part?.type === 'tool') setPart(run, index, { ...part, ...changes });
}

/** The row of a call is told what it is doing at most this often (milliseconds). */
const progressPause = 250;

/** Shows what a long call is doing, in its row; the last word always comes through. */
function progressOf(run: Run, call: ToolCall): (text: string) => void {
  const before = startLabel(call.name, findOperation(call.name), call.input);
  let shown = 0;
  let latest = '';
  let timer: NodeJS.Timeout | null = null;
  const show = () => {
    timer = null;
    const part = run.message.parts.find((one) => one.type === 'tool' && one.callId === call.callId);
    if (part?.type !== 'tool' || part.state !== 'running') return;
    shown = Date.now();
    // Whatever was waited for is over.
    setActivity(run, `${before}…`);
    patch(run, call, { label: `${before} · ${latest}` });
  };
  return (text) => {
    latest = text;
    if (timer !== null) return;
    const wait = progressPause - (Date.now() - shown);
    if (wait <= 0) show();
    else timer = setTimeout(show, wait).unref();
  };
}

/** Marks a call that could not even be made (unreadable input). */
export function failCall(run: Run, call: ToolCall, message: string): void {
  const error = toErrorView(new UserError('invalid_input', message));
  patch(run, call, {
    state: 'failed',
    label: failureLabel(findOperation(call.name), call.name, message),
    output: message,
    error,
  });
}

/** The error as a connect card, when a connection is what is missing; null otherwise. */
function connectNeeded(error: unknown, callId: string): Extract<Part, { type: 'connect' }> | null {
  if (!isOurs(error) || !['needs_connection', 'reconnect', 'missing_scope'].includes(error.code)) return null;
  const given = connectReasons.find((reason) => reason === error.data?.reason);
  const usual: ConnectReason =
    error.code === 'missing_scope'
      ? 'missing_scope'
      : error.code === 'reconnect'
        ? 'expired'
        : 'not_connected';
  const message = error.next === null ? error.message : `${error.message} ${error.next}`;
  const access = accessNeededSchema.safeParse(error.data?.access).data;
  const toolkit = toolkitNeededSchema.safeParse(error.data?.toolkit).data;
  return {
    type: 'connect',
    callId,
    reason: given ?? usual,
    message,
    state: 'open',
    ...(access === undefined ? {} : { access }),
    ...(toolkit === undefined ? {} : { toolkit }),
  };
}

/** The call becomes the connect card in place, so that the question runs again as if it had not been made. */
function askToConnect(
  run: Run,
  call: ToolCall,
  card: Extract<Part, { type: 'connect' }>,
  error: unknown,
): ToolAnswer {
  const already = run.message.parts.some((part) => part.type === 'connect' && part.state === 'open');
  if (already) {
    patch(run, call, {
      state: 'stopped',
      label: 'Not run: waiting for the connection',
      error: toErrorView(error),
    });
  } else {
    setPart(run, partOf(run, call), card);
  }
  run.pause = 'connection';
  return {
    text: `The person is asked to connect ${card.toolkit?.name ?? 'Confluence'} first.`,
    failed: true,
  };
}

function answered(run: Run, call: ToolCall, executed: Executed): ToolAnswer {
  if (executed.kind === 'read') {
    const { result, operation, note } = executed;
    const text = readText(result, note);
    const label = readLabel(operation, call.input, result.sources, result.label);
    patch(run, call, { state: 'done', label, output: text, sources: result.sources });
    return { text, failed: false };
  }
  if (executed.kind === 'no_change') {
    const text = readText(
      {
        text: executed.text,
        data: {},
        sources: executed.sources,
        label: '',
        untrusted: true,
      },
      null,
    );
    patch(run, call, {
      state: 'done',
      label: `${executed.operation.title} · nothing to change`,
      output: text,
      sources: executed.sources,
    });
    return { text: `Nothing needs to change.\n${text}`, failed: false };
  }
  const { change } = executed;
  const text = changeResultText(change);
  patch(run, call, { state: 'done', label: `Proposed: ${change.title}`, output: text });
  broadcast(run.chatId, { type: 'change', change });
  addPart(run, { type: 'change', callId: call.callId, changeId: change.id });
  if (!isSettled[change.status]) run.pause = 'decision';
  return { text, failed: false };
}

/**
 * Runs one call of the model with the person's own connection. Failures become results the model can act
 * on; a missing connection becomes a card and pauses the run. Only an abort is thrown.
 */
export async function runTool(run: Run, call: ToolCall): Promise<ToolAnswer> {
  setActivity(run, activityOf(call.name, findOperation(call.name), call.input));
  partOf(run, call);
  try {
    if (call.name === 'discover_tools') {
      const { text, label } = await discoverText(run, call.input);
      patch(run, call, { state: 'done', label, output: text });
      return { text, failed: false };
    }
    const executed = await execute({
      user: run.person,
      name: call.name,
      input: call.input,
      limits,
      origin: {
        kind: 'chat',
        chatId: run.chatId,
        messageId: run.message.id,
        callId: call.callId,
        client: null,
        fromPageText: fromPageText(call.input, [...run.history, run.message]),
      },
      signal: run.abort.signal,
      progress: progressOf(run, call),
      // A wait concerns the whole answer: it is told below it, and what the call itself does in its row.
      onWait: ({ seconds, reason }) => setActivity(run, `${reason}: waiting ${seconds} s`),
      inText: true,
    });
    return answered(run, call, executed);
  } catch (error) {
    if (run.abort.signal.aborted || isAbort(error)) {
      patch(run, call, { state: 'stopped' });
      throw error;
    }
    const card = connectNeeded(error, call.callId);
    if (card !== null) return askToConnect(run, call, card, error);
    if (!isOurs(error))
      log.error({ err: error, operation: call.name, chatId: run.chatId }, 'an operation failed unexpectedly');
    const { text, view } = errorText(error);
    patch(run, call, {
      state: 'failed',
      label: failureLabel(findOperation(call.name), call.name, view.message),
      output: text,
      error: view,
    });
    return { text, failed: true };
  }
}
