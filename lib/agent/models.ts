import { setTimeout as pause } from 'node:timers/promises';
import { createOpenAI } from '@ai-sdk/openai';

import { APICallError } from 'ai';
import { type Env, env } from '#env';
import type { Mode } from '#lib/wire';
import { demoModel } from './demo/model.ts';
import { mayPass, retryAfter } from './model-errors.ts';
import type { LanguageModelV4 } from './model-type.ts';

/** Attempts after the first, and the longest time one of them is waited for, in seconds. */
const retries = 2;
const longestWait = 15;

/** The model of this installation for people: `demo`, or the name set in OPENAI_MODEL. */
export function modelInfo(): Pick<Mode, 'model' | 'modelName'> {
  const { model } = env();
  return model.kind === 'demo'
    ? { model: 'demo', modelName: 'demo' }
    : { model: 'openai', modelName: model.name };
}

/** The model that the environment asks for, as the AI SDK calls it. */
export function createModel(config: Env['model']): LanguageModelV4 {
  if (config.kind === 'demo') return demoModel();
  const service = createOpenAI({
    apiKey: config.apiKey,
    ...(config.baseUrl === null ? {} : { baseURL: config.baseUrl }),
  });
  return config.api === 'chat' ? service.chat(config.name) : service.responses(config.name);
}

/**
 * The model with two more attempts when the service is busy or away, saying so through `onWait`. Nothing of
 * an answer has been seen when a request is sent again.
 */
export function patient(model: LanguageModelV4, onWait: (seconds: number) => void): LanguageModelV4 {
  const doStream: LanguageModelV4['doStream'] = async (options) => {
    for (let attempt = 0; ; attempt++) {
      try {
        return await model.doStream(options);
      } catch (error) {
        const seconds = waitBefore(error, attempt);
        if (seconds === null) throw error;
        onWait(seconds);
        await pause(
          seconds * 1000,
          undefined,
          options.abortSignal === undefined ? {} : { signal: options.abortSignal },
        );
      }
    }
  };
  return {
    specificationVersion: 'v4',
    provider: model.provider,
    modelId: model.modelId,
    supportedUrls: model.supportedUrls,
    doGenerate: (options) => model.doGenerate(options),
    doStream,
  };
}

function waitBefore(error: unknown, attempt: number): number | null {
  if (attempt >= retries || !APICallError.isInstance(error) || !mayPass(error.statusCode)) return null;
  if (/insufficient_quota/.test(error.responseBody ?? '')) return null;
  const seconds = retryAfter(error.responseHeaders) ?? 2 ** attempt;
  return seconds > longestWait ? null : seconds;
}

/** The model of this installation. */
export function currentModel(): LanguageModelV4 {
  return createModel(env().model);
}
