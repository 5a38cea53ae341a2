import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { CallOptions, GenerateResult, LanguageModelV4, StreamPart } from '../model-type.ts';
import { readTurn } from './reading.ts';
import { nextStep } from './steps.ts';

/** Between pieces of text, so that an answer is seen to come (milliseconds). */
const beat = 8;

/** A token is about four characters; the demo model counts nothing more exactly. */
const tokens = (text: string): number => Math.ceil(text.length / 4);

type Content = { text: string; call: { id: string; name: string; input: string } | null };

function answer(options: CallOptions): Content {
  const step = nextStep(readTurn(options));
  if ('say' in step) return { text: step.say, call: null };
  return {
    text: step.before ?? '',
    call: { id: `call_${randomUUID()}`, name: step.call, input: JSON.stringify(step.input) },
  };
}

function usageOf(options: CallOptions, { text, call }: Content): GenerateResult['usage'] {
  const read = tokens(JSON.stringify(options.prompt));
  const written = tokens(text + (call?.input ?? ''));
  return {
    inputTokens: { total: read, noCache: read, cacheRead: undefined, cacheWrite: undefined },
    outputTokens: { total: written, text: written, reasoning: undefined },
  };
}

const finishOf = ({ call }: Content): GenerateResult['finishReason'] =>
  call === null ? { unified: 'stop', raw: 'stop' } : { unified: 'tool-calls', raw: 'tool-calls' };

const callPart = ({ id, name, input }: NonNullable<Content['call']>) =>
  ({ type: 'tool-call', toolCallId: id, toolName: name, input }) as const;

async function* parts(options: CallOptions): AsyncGenerator<StreamPart> {
  yield { type: 'stream-start', warnings: [] };
  const content = answer(options);
  if (content.text !== '') {
    yield { type: 'text-start', id: 'text' };
    for (const piece of content.text.match(/\S+\s*(?:\S+\s*){0,3}/g) ?? []) {
      await pause(beat, undefined, options.abortSignal === undefined ? {} : { signal: options.abortSignal });
      yield { type: 'text-delta', id: 'text', delta: piece };
    }
    yield { type: 'text-end', id: 'text' };
  }
  if (content.call !== null) {
    yield { type: 'tool-input-start', id: content.call.id, toolName: content.call.name };
    yield { type: 'tool-input-delta', id: content.call.id, delta: content.call.input };
    yield { type: 'tool-input-end', id: content.call.id };
    yield callPart(content.call);
  }
  yield { type: 'finish', usage: usageOf(options, content), finishReason: finishOf(content) };
}

/**
 * The offline demo model: answers from a table of intents, deterministically, through the tools and the
 * loop that every other model gets. It needs no key and no network.
 */
export function demoModel(): LanguageModelV4 {
  return {
    specificationVersion: 'v4',
    provider: 'confab',
    modelId: 'demo',
    supportedUrls: {},
    async doGenerate(options) {
      const content = answer(options);
      return {
        content: [
          ...(content.text === '' ? [] : [{ type: 'text' as const, text: content.text }]),
          ...(content.call === null ? [] : [callPart(content.call)]),
        ],
        finishReason: finishOf(content),
        usage: usageOf(options, content),
        warnings: [],
      };
    },
    async doStream(options) {
      const source = parts(options);
      return {
        stream: new ReadableStream<StreamPart>({
          async pull(controller) {
            const { done, value } = await source.next();
            if (done) controller.close();
            else controller.enqueue(value);
          },
          async cancel() {
            await source.return(undefined);
          },
        }),
      };
    },
  };
}
