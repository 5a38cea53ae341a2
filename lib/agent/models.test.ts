import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { database } from '#db';
import { branch, createChat } from '#lib/chats';
import type { Message } from '#lib/wire';
import { type FakeOpenAi, type ScriptStep, startFakeOpenAi } from '../../e2e/fakes/openai.ts';
import { ada, adaRow, readResult, reset, source, state } from './fake-rooms.fixture.ts';
import { retryTurn, startTurn, stopTurn, subscribe } from './index.ts';
import { retryAfter } from './model-errors.ts';
import { createModel } from './models.ts';
import { runOf } from './registry.ts';

vi.mock('#lib/router', async () => (await import('./fake-rooms.fixture.ts')).router);
vi.mock('#lib/approvals', async () => (await import('./fake-rooms.fixture.ts')).approvals);
vi.mock('#lib/connections', async () => (await import('./fake-rooms.fixture.ts')).connections);
vi.mock('./models.ts', async (original) => {
  const { state: rooms } = await import('./fake-rooms.fixture.ts');
  return { ...(await original<object>()), currentModel: () => rooms.model };
});

let fake: FakeOpenAi;

beforeAll(async () => {
  fake = await startFakeOpenAi();
  await (await database()).insertInto('users').values(adaRow).execute();
});
afterAll(() => fake.close());
beforeEach(reset);
afterEach(() => {
  fake.log.length = 0;
});

type Api = 'chat' | 'responses';
const apis: Api[] = ['chat', 'responses'];

const use = (api: Api, baseUrl = `${fake.url}/v1`) => {
  state.model = createModel({ kind: 'openai', apiKey: 'sk-test', baseUrl, name: 'fake', api });
};

async function ask(api: Api, steps: ScriptStep[]): Promise<{ chatId: string; message: Message }> {
  use(api);
  fake.script(steps);
  const { id } = await createChat(ada.id);
  await startTurn(ada, id, { text: 'Rate limits?', parentId: null });
  return { chatId: id, message: await ended(id) };
}

async function ended(chatId: string): Promise<Message> {
  await runOf(chatId)?.ended;
  return (await branch(chatId)).at(-1) as Message;
}

const textOf = (message: Message) =>
  message.parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('|');
const errorOf = (message: Message) => message.parts.find((part) => part.type === 'error');

test.each(apis)('%s: streams, calls tools and sends their results back', async (api) => {
  state.handlers.search_content = () =>
    readResult('search_content', 'limits are 600 per minute', [source('1', 'API Guidelines')]);
  const { message } = await ask(api, [
    { text: 'Looking. ', tools: [{ tool: 'search_content', args: { query: 'rate limits' } }] },
    { text: 'It is 600 per minute: [API Guidelines](http://x/1).' },
  ]);
  expect(message.status).toBe('done');
  expect(message.parts.map((part) => part.type)).toEqual(['text', 'tool', 'text', 'sources']);
  expect(message.usage).toEqual({ inputTokens: 200, outputTokens: 40 });
  expect(state.executed[0]?.input).toEqual({ query: 'rate limits' });
  expect(fake.log.map((seen) => [seen.path, seen.authorized])).toEqual(
    Array(2).fill([api === 'chat' ? '/v1/chat/completions' : '/v1/responses', true]),
  );
  expect(JSON.stringify(fake.log[1]?.body)).toContain('limits are 600 per minute');
  const tools = JSON.stringify(fake.log[0]?.body.tools);
  expect(tools).toContain('search_content');
  expect(tools).not.toContain('list_comments');
  expect([fake.log[0]?.body.store, tools.includes('"strict"')]).toEqual(
    api === 'chat' ? [undefined, false] : [false, true],
  );
});

test.each(apis)('%s: a refused key', async (api) => {
  const { message } = await ask(api, [
    {
      status: 401,
      body: {
        error: {
          message: 'Incorrect API key: sk-te***',
          type: 'invalid_request_error',
          code: 'invalid_api_key',
        },
      },
    },
  ]);
  expect(message.status).toBe('failed');
  expect(errorOf(message)).toMatchObject({
    retryable: true,
    error: { code: 'model_auth', actor: 'operator', message: 'The model service refused the key (401).' },
  });
  expect(JSON.stringify(message.parts)).not.toContain('sk-te');
});

test.each(apis)(
  '%s: a rate limit longer than can be waited for says how long; Retry answers',
  async (api) => {
    const { chatId, message } = await ask(api, [
      { status: 429, headers: { 'retry-after': '42' } },
      { text: 'Now.' },
    ]);
    expect(errorOf(message)).toMatchObject({ error: { code: 'rate_limited', retryAfterSeconds: 42 } });
    await retryTurn(ada, chatId, message.id);
    const again = await ended(chatId);
    expect([again.status, textOf(again)]).toEqual(['done', 'Now.']);
  },
);

test('a short rate limit is waited out, and said', async () => {
  const said: (string | null)[] = [];
  use('chat');
  fake.script([{ status: 429, headers: { 'retry-after': '1' } }, { text: 'Now.' }]);
  const { id } = await createChat(ada.id);
  const stop = await subscribe(ada, id, (event) => {
    if (event.type === 'activity') said.push(event.text);
  });
  await startTurn(ada, id, { text: 'x', parentId: null });
  expect(textOf(await ended(id))).toBe('Now.');
  expect(said).toContain('The model service is busy: waiting 1 s…');
  stop();
});

test.each(apis)('%s: a cut stream keeps what came', async (api) => {
  const { message } = await ask(api, [{ text: 'Half an answer', cut: true }]);
  expect(message.status).toBe('failed');
  expect(textOf(message)).toBe('Half an answer');
  expect(errorOf(message)).toMatchObject({
    error: { code: 'model_unavailable', message: 'The answer of the model service was cut off.' },
  });
});

test('no quota, an unknown model, a conversation too long', async () => {
  const code = async (step: ScriptStep) => {
    const part = errorOf((await ask('chat', [step])).message);
    return part?.type === 'error' ? [part.error.code, part.error.actor] : null;
  };
  expect(await code({ status: 429, body: { error: { message: 'x', code: 'insufficient_quota' } } })).toEqual([
    'model_unavailable',
    'operator',
  ]);
  expect(await code({ status: 404 })).toEqual(['model_unavailable', 'operator']);
  expect(
    await code({ status: 400, body: { error: { message: 'x', code: 'context_length_exceeded' } } }),
  ).toEqual(['too_large', 'user']);
});

test('a service that cannot be reached', async () => {
  use('chat', 'http://127.0.0.1:9/v1');
  const { id } = await createChat(ada.id);
  await startTurn(ada, id, { text: 'x', parentId: null });
  await vi.waitFor(() => expect(runOf(id)?.activity).toMatch(/busy|Thinking/));
  const message = await ended(id);
  expect(errorOf(message)).toMatchObject({
    error: { code: 'model_unavailable', message: 'The model service cannot be reached.' },
  });
});

test('stop closes the request to the service', async () => {
  use('responses');
  fake.script([{ text: 'word '.repeat(500), delay_ms: 20 }]);
  const { id } = await createChat(ada.id);
  await startTurn(ada, id, { text: 'x', parentId: null });
  await vi.waitFor(() => expect(textOf(runOf(id)?.message as Message)).toContain('word'));
  await stopTurn(ada, id);
  expect((await ended(id)).status).toBe('stopped');
});

test('Retry-After as seconds and as a date', () => {
  expect(retryAfter({ 'retry-after': '1.2' })).toBe(2);
  expect(
    retryAfter({ 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' }, Date.parse('2026-10-21T07:27:50Z')),
  ).toBe(10);
  expect(retryAfter({})).toBeUndefined();
});
