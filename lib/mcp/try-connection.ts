import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import { env } from '#env';
import type { TestEvent, TestStep } from '#lib/wire';
import { log } from '#log';

type Ended = Omit<Extract<TestEvent, { kind: 'ended' }>, 'kind' | 'step' | 'ms'>;

export type TryOptions = {
  /** The secret that is tried. It goes into the Authorization header and nowhere else. */
  key: string;
  /** As it goes on; the last event is `finished`. */
  tell: (event: TestEvent) => void;
  signal: AbortSignal;
  /** Where the endpoint may be, best first: the public address, and how this server reaches itself. */
  addresses?: readonly string[];
};

const patienceMs = 20_000;
const reachMs = 5_000;

const done = (words: string, next: string | null = null): Ended => ({
  outcome: next === null ? 'done' : 'noted',
  words,
  next,
});
const skipped = (words: string): Ended => ({ outcome: 'skipped', words, next: null });

/** Ends the test: what happened, and what to do next. */
class Failed extends Error {
  readonly next: string;
  constructor(words: string, next: string) {
    super(words);
    this.next = next;
  }
}

/** The endpoint at its public address, then at the address this server listens on. */
function ownAddresses(): string[] {
  const { publicUrl, host, port } = env();
  const anywhere = ['0.0.0.0', '::', '127.0.0.1', 'localhost'].includes(host);
  const inner = anywhere ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  return [...new Set([publicUrl, `http://${inner}:${port}`])].map((base) => `${base}/api/mcp`);
}

const networkWords: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'the name is not known to this server',
  EAI_AGAIN: 'the name could not be looked up',
  ECONNRESET: 'the connection was cut',
  EHOSTUNREACH: 'there is no way to that network',
  ENETUNREACH: 'there is no way to that network',
  ETIMEDOUT: 'it did not answer in time',
  UND_ERR_CONNECT_TIMEOUT: 'it did not answer in time',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is signed by itself',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'this server does not trust its certificate',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
};

/** Why a request did not get through, in words. */
function networkReason(error: unknown): string {
  if (error instanceof Error && error.name === 'TimeoutError') return 'it did not answer in time';
  const { cause } = error as { cause?: { code?: string; errors?: { code?: string }[] } };
  const code = cause?.code ?? cause?.errors?.[0]?.code ?? '';
  return networkWords[code] ?? (code === '' ? 'the request failed' : `the request failed (${code})`);
}

/** Knocks without a key. Null: our endpoint answered; a reason: nothing did. @throws Failed: something else did. */
async function knock(address: string, signal: AbortSignal): Promise<string | null> {
  let answer: Response;
  try {
    answer = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
      body: '{}',
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(reachMs)]),
    });
  } catch (error) {
    if (signal.aborted) throw error;
    return networkReason(error);
  }
  await answer.body?.cancel();
  const challenge = answer.headers.get('www-authenticate') ?? '';
  if (answer.status === 401 && challenge.includes('realm="Confab"')) return null;
  if (answer.status >= 300 && answer.status < 400) {
    throw new Failed(
      `${address} sends callers on to ${answer.headers.get('location') ?? 'another address'}.`,
      'Many MCP clients do not follow. Set PUBLIC_URL to the address that answers itself, and restart.',
    );
  }
  throw new Failed(
    `${address} answered with HTTP ${answer.status}, but not as Confab does.`,
    'Something in front of Confab answers there, or passes requests on under another host name. Check PUBLIC_URL and the proxy.',
  );
}

async function reach(
  addresses: readonly string[],
  signal: AbortSignal,
): Promise<{ url: string; ended: Ended }> {
  const reasons: string[] = [];
  for (const url of addresses) {
    const reason = await knock(url, signal);
    if (reason === null) {
      const [first] = reasons;
      if (first === undefined) return { url, ended: done(`${url} answers.`) };
      return {
        url,
        ended: done(
          `From this server ${addresses[0]} cannot be reached: ${first}. ${url} answers, and is used for this test.`,
          'Clients elsewhere may still reach the public address. If they cannot, check PUBLIC_URL and what stands in front of Confab.',
        ),
      };
    }
    reasons.push(reason);
  }
  throw new Failed(
    `${addresses.join(' and ')} cannot be reached: ${reasons.join('; ')}.`,
    'Check PUBLIC_URL, HOST and PORT, and that nothing blocks this server from reaching itself.',
  );
}

/** The key as a client would present it; `seen` gets the first answer's status and how long to wait. */
function transportWith(url: string, key: string, seen: (status: number, retryAfter: string | null) => void) {
  return new StreamableHTTPClientTransport(new URL(url), {
    requestInit: { headers: { authorization: `Bearer ${key}` } },
    fetch: async (input, init) => {
      // The key must not follow a redirect to somewhere else.
      const answer = await fetch(input, { ...init, redirect: 'error' });
      seen(answer.status, answer.headers.get('retry-after'));
      return answer;
    },
  });
}

function judge(status: number, retryAfter: string | null): Ended {
  if (status < 300) return done('The key was accepted.');
  if (status === 401)
    throw new Failed('The key was refused: it is not known, was revoked or has expired.', 'Make a new key.');
  if (status === 429)
    throw new Failed(
      'This key has sent too many requests.',
      `Wait ${retryAfter ?? 'some'} s and test again.`,
    );
  throw new Failed(
    `The endpoint answered the key with HTTP ${status}.`,
    'A proxy in front of Confab may hold back the Authorization header; the log of the server may say more.',
  );
}

const textOf = (result: CallToolResult): string =>
  result.content
    .map((part) => (part.type === 'text' ? part.text : ''))
    .join(' ')
    .slice(0, 400);

type Dataful = { data: Record<string, unknown>; text: string };

async function call(
  client: Client,
  tool: { name: string; arguments: Record<string, unknown> },
  signal: AbortSignal,
): Promise<Dataful> {
  const args = { ...tool.arguments, output_format: 'both' };
  const result = (await client.callTool({ name: tool.name, arguments: args }, undefined, {
    signal,
    timeout: patienceMs,
  })) as CallToolResult;
  const text = textOf(result);
  if (result.isError === true)
    throw new Failed(`${tool.name} failed: ${text}`, 'Mend what it names, then test again.');
  return { data: result.structuredContent ?? {}, text };
}

/** How each surface names what the test calls, the first that the key is shown. */
const statusTools = [
  { name: 'manage_connection', arguments: { action: 'status' } },
  { name: 'get_connection', arguments: {} },
  { name: 'connection', arguments: { action: 'get_connection' } },
];
const readTools = [
  { name: 'list_spaces', arguments: { limit: 5 } },
  { name: 'spaces', arguments: { action: 'list_spaces', limit: 5 } },
];

async function status(client: Client, tools: readonly string[], signal: AbortSignal): Promise<Ended> {
  const tool = statusTools.find(({ name }) => tools.includes(name));
  if (tool === undefined) return skipped('The limits of this key leave out the connection’s status.');
  const { data, text } = await call(client, tool, signal);
  if (data.connected === true && data.status === 'active') {
    const { name } = (data.site ?? {}) as { name?: unknown };
    return done(typeof name === 'string' ? `Confluence is connected: ${name}.` : 'Confluence is connected.');
  }
  throw new Failed(
    `The key works, but your Confluence is not connected. ${text}`.trim(),
    'Connect it under Settings, Connections.',
  );
}

async function read(client: Client, tools: readonly string[], signal: AbortSignal): Promise<Ended> {
  const tool = readTools.find(({ name }) => tools.includes(name));
  if (tool === undefined)
    return skipped('The limits of this key leave out listing spaces, so nothing was read.');
  const { data } = await call(client, tool, signal);
  const items = Array.isArray(data.items) ? (data.items as { name?: unknown }[]) : [];
  const names = items.map(({ name }) => name).filter((name) => typeof name === 'string');
  if (names.length === 0) {
    return done(
      'list_spaces answered, with no space in it.',
      'Check which spaces this key is limited to, and what you may see in Confluence.',
    );
  }
  return done(`Read your spaces: ${names.join(', ')}${data.has_more === true ? ' and more' : ''}.`);
}

/**
 * Tries a key as a client would: a real MCP client over Streamable HTTP against the running endpoint, one step
 * after the other. A step that fails ends the test; it never throws, and says what happened in its events.
 */
export async function tryConnection(o: TryOptions): Promise<void> {
  const { tell, signal } = o;
  const addresses = o.addresses ?? ownAddresses();
  let url = addresses[0] ?? '';
  const step = async (name: TestStep, work: () => Promise<Ended>): Promise<void> => {
    tell({ kind: 'started', step: name });
    const began = performance.now();
    const end = (ended: Ended) =>
      tell({ kind: 'ended', step: name, ...ended, ms: Math.round(performance.now() - began) });
    try {
      end(await work());
    } catch (error) {
      const known = error instanceof Failed;
      if (!known) log.warn({ err: error, step: name }, 'a connection test failed');
      const words = known ? error.message : `It did not work: ${networkReason(error)}.`;
      end({ outcome: 'failed', words, next: known ? error.next : 'The log of the server says more.' });
      throw error;
    }
  };
  const client = new Client({ name: 'confab-connection-test', version: '1.0.0' });
  try {
    await step('reach', async () => {
      const reached = await reach(addresses, signal);
      url = reached.url;
      return reached.ended;
    });
    const first = Promise.withResolvers<[number, string | null]>();
    const transport = transportWith(url, o.key, (...answer) => first.resolve(answer));
    const connecting = client.connect(transport, { signal, timeout: patienceMs });
    connecting.catch(first.reject);
    await step('authenticate', async () => judge(...(await first.promise)));
    await step('initialize', async () => {
      await connecting;
      const { name, version } = client.getServerVersion() ?? { name: 'unknown', version: '' };
      return done(`${name} ${version}, MCP ${transport.protocolVersion ?? 'of an unknown revision'}.`);
    });
    let tools: string[] = [];
    await step('tools', async () => {
      tools = (await client.listTools({}, { signal, timeout: patienceMs })).tools.map(({ name }) => name);
      if (tools.length > 0) return done(`${tools.length} ${tools.length === 1 ? 'tool' : 'tools'}.`);
      return done('No tools: the limits of this key leave nothing.', 'Make a key that allows more.');
    });
    await step('connection', () => status(client, tools, signal));
    await step('read', () => read(client, tools, signal));
    tell({ kind: 'finished', ok: true, url });
  } catch (error) {
    if (!(error instanceof Failed)) log.debug({ err: error }, 'connection test');
    tell({ kind: 'finished', ok: false, url });
  } finally {
    await client.close();
  }
}
