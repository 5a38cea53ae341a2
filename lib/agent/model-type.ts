import type { LanguageModel } from 'ai';

/** A model as the AI SDK 7 calls it (specification V4). */
export type LanguageModelV4 = Extract<Exclude<LanguageModel, string>, { specificationVersion: 'v4' }>;
export type CallOptions = Parameters<LanguageModelV4['doStream']>[0];
export type StreamResult = Awaited<ReturnType<LanguageModelV4['doStream']>>;
export type StreamPart = StreamResult['stream'] extends ReadableStream<infer P> ? P : never;
export type GenerateResult = Awaited<ReturnType<LanguageModelV4['doGenerate']>>;
export type PromptMessage = CallOptions['prompt'][number];
