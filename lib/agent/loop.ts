import {
  isStepCount,
  type ModelMessage,
  NoSuchToolError,
  streamText,
  type TextStreamPart,
  type ToolSet,
} from 'ai';
import { env } from '#env';
import { findOperation } from '#lib/router';
import { log } from '#log';
import { addPart, addText, save, setActivity } from './answer.ts';
import { inline } from './discovery.ts';
import { instructions } from './instructions.ts';
import { activityOf } from './labels.ts';
import { cutOff, loggable, modelError } from './model-errors.ts';
import { currentModel, patient } from './models.ts';
import type { Run } from './registry.ts';
import { failCall, partOf } from './tool-calls.ts';
import { toolset } from './toolset.ts';

/** Steps (calls of the model) of one run; then it says that it stopped. */
const mostSteps = 20;
/** After so long without a sign of the model the person is told that it is still awaited (milliseconds). */
const longWait = 9_000;

type Chunk = TextStreamPart<ToolSet>;
type Progress = { steps: number; finish: string; waiting: NodeJS.Timeout | null };

/**
 * Lets the model answer until it is done, a card or a connection is awaited, or 20 steps are made. Parts
 * appear in `run.message` as they come.
 * @param done titles of changes that other branches of the chat have made.
 * @throws what ended it early: an abort, or a ConfabError about the model service.
 */
export async function answerLoop(run: Run, messages: ModelMessage[], done: readonly string[]): Promise<void> {
  const progress: Progress = { steps: 0, finish: '', waiting: null };
  const chosen = currentModel();
  // Other services that speak the chat format refuse fields they do not know.
  const isOpenAi = chosen.provider.endsWith('.responses');
  const model = patient(chosen, (seconds) => {
    quiet(progress);
    setActivity(run, `The model service is busy: waiting ${seconds} s…`);
  });
  const result = streamText({
    model,
    instructions: instructions({
      now: new Date(),
      person: run.person.name,
      where: env().confluence,
      done,
    }),
    messages,
    tools: toolset(run, isOpenAi),
    prepareStep: () => ({ activeTools: ['discover_tools', ...new Set([...inline, ...run.found])] }),
    stopWhen: [isStepCount(mostSteps), () => run.pause !== null],
    toolCallConcurrency: 4,
    maxRetries: 0,
    abortSignal: run.abort.signal,
    ...(isOpenAi ? { providerOptions: { openai: { store: false } } } : {}),
    repairToolCall: async ({ toolCall, error }) => {
      if (!NoSuchToolError.isInstance(error)) return null;
      const wrong = toolCall.toolName;
      const input = JSON.stringify({ query: wrong.replaceAll(/[_.-]+/g, ' '), wrong_name: wrong });
      return { ...toolCall, toolName: 'discover_tools', input };
    },
    onError: ({ error }) => log.warn({ ...loggable(error), chatId: run.chatId }, 'the model service failed'),
  });
  try {
    for await (const chunk of result.stream) await take(run, progress, chunk);
  } catch (error) {
    throw modelError(error);
  } finally {
    quiet(progress);
  }
  run.abort.signal.throwIfAborted();
  closing(run, progress);
}

function quiet(progress: Progress): void {
  if (progress.waiting !== null) clearTimeout(progress.waiting);
  progress.waiting = null;
}

async function take(run: Run, progress: Progress, chunk: Chunk): Promise<void> {
  if (chunk.type !== 'start' && chunk.type !== 'start-step') quiet(progress);
  if (chunk.type === 'start-step') {
    setActivity(run, 'Thinking…');
    progress.waiting = setTimeout(() => setActivity(run, 'Still waiting for the model…'), longWait);
  } else if (chunk.type === 'text-start') {
    setActivity(run, 'Writing…');
    if (run.message.parts.at(-1)?.type === 'text') addText(run, '\n\n');
  } else if (chunk.type === 'text-delta') {
    addText(run, chunk.text);
  } else if (chunk.type === 'tool-input-start') {
    setActivity(run, activityOf(chunk.toolName, findOperation(chunk.toolName), {}));
  } else if (chunk.type === 'tool-call' && !chunk.invalid) {
    partOf(run, { name: chunk.toolName, callId: chunk.toolCallId, input: chunk.input });
  } else if (chunk.type === 'tool-error') {
    run.abort.signal.throwIfAborted();
    failCall(
      run,
      { name: chunk.toolName, callId: chunk.toolCallId, input: chunk.input },
      'The input of this call could not be read as JSON.',
    );
  } else if (chunk.type === 'finish-step') {
    progress.steps += 1;
    progress.finish = chunk.finishReason;
    const before = run.message.usage ?? { inputTokens: 0, outputTokens: 0 };
    run.message.usage = {
      inputTokens: before.inputTokens + (chunk.usage.inputTokens ?? 0),
      outputTokens: before.outputTokens + (chunk.usage.outputTokens ?? 0),
    };
    await save(run);
  } else if (chunk.type === 'error') {
    throw chunk.error;
  } else if (chunk.type === 'abort') {
    run.abort.signal.throwIfAborted();
  }
}

/** Says plainly when the answer ended for another reason than being complete. */
function closing(run: Run, progress: Progress): void {
  if (run.pause !== null) return;
  if (progress.finish === 'interrupted' || progress.finish === 'error') throw cutOff();
  if (progress.finish === 'tool-calls' && progress.steps >= mostSteps) {
    const before = run.message.parts.at(-1)?.type === 'text' ? '\n\n' : '';
    addText(
      run,
      `${before}I stopped after ${mostSteps} steps without reaching the end. Say "go on" to continue, or ask for a smaller part.`,
    );
  }
  if (progress.finish === 'length')
    addText(run, '\n\n(Cut here: the model’s limit for one answer was reached.)');
  const empty = !run.message.parts.some((part) => part.type === 'text' || part.type === 'change');
  if (empty || progress.finish === 'content-filter') {
    addPart(run, {
      type: 'error',
      error: {
        code: 'model_unavailable',
        actor: 'operator',
        message:
          progress.finish === 'content-filter'
            ? 'The model service refused to answer this.'
            : 'The model gave an empty answer.',
        next: 'Press Retry, or put the question differently.',
      },
      retryable: true,
    });
  }
}
