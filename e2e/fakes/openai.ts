/**
 * A loopback stand-in for an OpenAI-compatible service, for tests: both wire formats
 * (`/v1/chat/completions`, `/v1/responses`), streaming, tool calls, failures on demand.
 *
 *   node e2e/fakes/openai.ts --port 4020
 *
 * `POST /_script` with a JSON list of steps; each model request takes the next one:
 *   {"text": "Hello", "delay_ms": 20}                  words, streamed; optional pause between pieces
 *   {"tool": "read_page", "args": {...}}               a tool call; together with "text" words come first
 *   {"tools": [{"tool": ..., "args": ...}, ...]}       several calls at once
 *   {"status": 429, "body": {...}, "headers": {...}}   an HTTP error
 *   {"text": "Half an ans", "cut": true}               the connection breaks after the text
 *   {"text": "First", "hold": true, "more": " then"}   goes on with "more" once `POST /_release` says so
 * `GET /_log` gives the requests seen (path, whether a key came, body, whether the client left before the end);
 * `DELETE /_log` empties log and script.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

export type Call = { tool: string; args?: unknown };
export type ScriptStep = {
  text?: string;
  delay_ms?: number;
  tool?: string;
  args?: unknown;
  tools?: Call[];
  status?: number;
  body?: unknown;
  headers?: Record<string, string>;
  cut?: boolean;
  hold?: boolean;
  more?: string;
};
export type Seen = {
  path: string;
  authorized: boolean;
  body: Record<string, unknown>;
  left: boolean;
  /** When the first word went out, in milliseconds since 1970. */
  firstTokenAt: number | null;
};
export type FakeOpenAi = {
  url: string;
  server: Server;
  script(steps: ScriptStep[]): void;
  /** Lets the answers that hold go on. */
  release(): void;
  log: Seen[];
  close(): Promise<void>;
};

type Send = (event: Record<string, unknown>) => void;
type Playing = ScriptStep & { held?: Promise<void>; begun?: () => void };
type Write = (send: Send, step: Playing, calls: Call[], number: number) => Promise<void>;

const usage = { input: 100, output: 20 };

const piecesOf = (text: string): string[] => text.match(/\S+\s*|\s+/g) ?? [];

async function each(step: Playing, take: (piece: string) => void): Promise<void> {
  const say = async (text: string) => {
    for (const piece of piecesOf(text)) {
      step.begun?.();
      take(piece);
      await pause(step.delay_ms ?? 1);
    }
  };
  await say(step.text ?? '');
  await step.held;
  await say(step.more ?? '');
}

const chatStream: Write = async (send, step, calls, number) => {
  const chunk = (delta: object, finish: string | null = null) =>
    send({
      id: `chatcmpl-${number}`,
      object: 'chat.completion.chunk',
      created: 1,
      model: 'fake',
      choices: [{ index: 0, delta, finish_reason: finish }],
    });
  chunk({ role: 'assistant', content: '' });
  await each(step, (piece) => chunk({ content: piece }));
  if (step.cut) return;
  calls.forEach(({ tool, args }, index) => {
    chunk({
      tool_calls: [
        { index, id: `call_${number}_${index}`, type: 'function', function: { name: tool, arguments: '' } },
      ],
    });
    chunk({ tool_calls: [{ index, function: { arguments: argumentsOf(args) } }] });
  });
  chunk({}, calls.length > 0 ? 'tool_calls' : 'stop');
  send({
    id: `chatcmpl-${number}`,
    object: 'chat.completion.chunk',
    created: 1,
    model: 'fake',
    choices: [],
    usage: {
      prompt_tokens: usage.input,
      completion_tokens: usage.output,
      total_tokens: usage.input + usage.output,
    },
  });
};

const responsesStream: Write = async (send, step, calls, number) => {
  let sequence = 0;
  const event = (type: string, data: object) => send({ type, sequence_number: sequence++, ...data });
  const response = { id: `resp_${number}`, object: 'response', created_at: 1, model: 'fake', output: [] };
  event('response.created', { response });
  let output = 0;
  if (step.text !== undefined && step.text !== '') {
    const item = { type: 'message', id: `msg_${number}`, role: 'assistant', content: [] };
    event('response.output_item.added', { output_index: 0, item });
    await each(step, (delta) =>
      event('response.output_text.delta', { item_id: item.id, output_index: 0, content_index: 0, delta }),
    );
    if (step.cut) return;
    event('response.output_item.done', { output_index: 0, item: { ...item, status: 'completed' } });
    output = 1;
  }
  if (step.cut) return;
  calls.forEach(({ tool, args }, index) => {
    const item = {
      type: 'function_call',
      id: `fc_${number}_${index}`,
      call_id: `call_${number}_${index}`,
      name: tool,
      arguments: '',
    };
    const place = { output_index: output + index };
    event('response.output_item.added', { ...place, item });
    event('response.function_call_arguments.delta', { ...place, item_id: item.id, delta: argumentsOf(args) });
    event('response.output_item.done', {
      ...place,
      item: { ...item, arguments: argumentsOf(args), status: 'completed' },
    });
  });
  event('response.completed', {
    response: {
      ...response,
      usage: {
        input_tokens: usage.input,
        output_tokens: usage.output,
        total_tokens: usage.input + usage.output,
      },
    },
  });
};

/** Text stays as it is, so that a script can send arguments that are not JSON. */
const argumentsOf = (args: unknown): string => (typeof args === 'string' ? args : JSON.stringify(args ?? {}));

const formats: Record<string, Write> = {
  '/v1/chat/completions': chatStream,
  '/v1/responses': responsesStream,
};

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? null : JSON.parse(text);
}

function json(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

/** Starts the stand-in on a loopback port (0: any free one). */
export async function startFakeOpenAi(port = 0): Promise<FakeOpenAi> {
  const log: Seen[] = [];
  let steps: ScriptStep[] = [];
  let number = 0;
  const holding = new Set<() => void>();
  const release = () => {
    for (const go of holding) go();
    holding.clear();
  };

  async function answer(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
    write: Write,
  ): Promise<void> {
    const body = (await bodyOf(request)) as Record<string, unknown>;
    const seen: Seen = {
      path,
      authorized: request.headers.authorization !== undefined,
      body,
      left: false,
      firstTokenAt: null,
    };
    log.push(seen);
    const step = steps.shift() ?? { text: 'The script is empty.' };
    if (step.status !== undefined) {
      json(
        response,
        step.status,
        step.body ?? { error: { message: 'Scripted failure', type: 'error', code: null } },
        step.headers,
      );
      return;
    }
    if (body.stream !== true) {
      json(response, 400, {
        error: { message: 'This stand-in only streams.', type: 'invalid_request_error', code: null },
      });
      return;
    }
    number += 1;
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
    const send: Send = (event) => {
      const name = typeof event.type === 'string' ? `event: ${event.type}\n` : '';
      response.write(`${name}data: ${JSON.stringify(event)}\n\n`);
    };
    const calls = step.tools ?? (step.tool === undefined ? [] : [{ tool: step.tool, args: step.args }]);
    response.on('close', () => {
      seen.left = !response.writableEnded && !step.cut;
    });
    const held = step.hold ? new Promise<void>((go) => holding.add(go)) : undefined;
    const begun = () => {
      seen.firstTokenAt ??= Date.now();
    };
    await write(send, { ...step, held, begun }, calls, number);
    if (step.cut) response.destroy();
    else response.end('data: [DONE]\n\n');
  }

  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const write = formats[path];
    const handle = async () => {
      if (request.method === 'POST' && write !== undefined) return answer(request, response, path, write);
      if (request.method === 'POST' && path === '/_script') {
        steps = (await bodyOf(request)) as ScriptStep[];
        return json(response, 200, { steps: steps.length });
      }
      if (request.method === 'POST' && path === '/_release') {
        release();
        return json(response, 200, {});
      }
      if (path === '/_log' && request.method === 'DELETE') {
        log.length = 0;
        steps = [];
        return json(response, 200, {});
      }
      if (path === '/_log') return json(response, 200, log);
      return json(response, 404, { error: { message: `Nothing at ${path}`, type: 'not_found', code: null } });
    };
    handle().catch((error: unknown) => {
      // The client went away in the middle of a stream, or sent something unreadable.
      if (!response.headersSent)
        json(response, 500, { error: { message: String(error), type: 'fake', code: null } });
      else response.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    server,
    log,
    script: (list) => {
      steps = [...list];
    },
    release,
    close: () =>
      new Promise((resolve) => {
        release();
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values } = parseArgs({ options: { port: { type: 'string', default: '0' } } });
  const fake = await startFakeOpenAi(Number(values.port));
  console.log(`OpenAI stand-in at ${fake.url}/v1`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => void fake.close().then(() => process.exit(0)));
}
