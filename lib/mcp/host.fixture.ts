import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { CallToolResult, ClientCapabilities } from '@modelcontextprotocol/sdk/types.js';
import { afterAll, afterEach, beforeEach } from 'vitest';
import { closeDatabase } from '#db';
import { createKey, demoPeople, keyConfigSchema, type NewKey, type User } from '#lib/auth';
import { createMcpHost } from './host.ts';
import { standIns } from './mcp.fixture.ts';

/** What a route handler is given for a message of node:http. */
export function toRequest(message: IncomingMessage, origin: string, signal: AbortSignal): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(message.headers))
    if (typeof value === 'string') headers.set(name, value);
  const hasBody = message.method === 'POST';
  return new Request(`${origin}${message.url}`, {
    method: message.method ?? 'GET',
    headers,
    signal,
    ...(hasBody ? { body: Readable.toWeb(message) as ReadableStream, duplex: 'half' } : {}),
  } as RequestInit);
}

/** Serves on a free port of loopback, as Next does: closing the connection aborts the request. */
export async function serve(
  answer: (message: IncomingMessage, gone: AbortSignal) => Promise<Response>,
): Promise<{ origin: string; server: Server }> {
  const server = createServer(async (message, reply) => {
    const gone = new AbortController();
    reply.on('close', () => gone.abort());
    const response = await answer(message, gone.signal);
    const cookies = response.headers.getSetCookie();
    reply.writeHead(response.status, {
      ...Object.fromEntries(response.headers),
      ...(cookies.length === 0 ? {} : { 'set-cookie': cookies }),
    });
    if (response.body === null) reply.end();
    else
      Readable.fromWeb(response.body as never)
        .on('error', () => reply.destroy())
        .pipe(reply);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

/** A connected client as most MCP hosts run it. */
export async function connect(
  url: string,
  key: string | null,
  capabilities: ClientCapabilities = {},
): Promise<Client> {
  const client = new Client({ name: 'test', version: '1.0.0' }, { capabilities });
  const headers: Record<string, string> = key === null ? {} : { authorization: `Bearer ${key}` };
  await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } }));
  return client;
}

/** Calls a tool and gives its result with the text in one piece. */
export async function callTool(on: Client, name: string, args: Record<string, unknown> = {}) {
  const result = (await on.callTool({ name, arguments: args })) as CallToolResult;
  const text = result.content.map((item) => (item.type === 'text' ? item.text : '')).join('\n');
  return { ...result, text, data: result.structuredContent as Record<string, unknown> | undefined };
}

/** A client of revision 2026-07-28, by hand: one request, and what came of it. */
export async function modern(
  url: string,
  key: string,
  o: { method: string; params?: Record<string, unknown>; name?: string; capabilities?: object },
) {
  const _meta = {
    'io.modelcontextprotocol/protocolVersion': '2026-07-28',
    'io.modelcontextprotocol/clientCapabilities': o.capabilities ?? {},
  };
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'mcp-protocol-version': '2026-07-28',
      'mcp-method': o.method,
      ...(o.name === undefined ? {} : { 'mcp-name': o.name }),
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: o.method, params: { ...o.params, _meta } }),
  });
  const { status, headers } = response;
  return { status, headers, body: await response.json() };
}

/** Every tier, for keys that may all. */
export const allTiers = { methods: ['read', 'write', 'destructive'] };

/** The MCP host on stand-ins for each test, behind a real HTTP server, with the practice people. */
export class TestHost {
  fakes = standIns();
  url = '';
  ada = {} as User;
  ben = {} as User;
  server: Server | undefined;

  async start(): Promise<void> {
    this.fakes = standIns();
    const host = createMcpHost(this.fakes.deps);
    const { origin, server } = await serve((message, gone) => {
      const key = /^\/api\/mcp\/k\/([^/?]+)/.exec(message.url ?? '')?.[1];
      return host(toRequest(message, 'http://localhost', gone), key);
    });
    this.server = server;
    this.url = `${origin}/api/mcp`;
    [this.ada, this.ben] = (await demoPeople()) as [User, User];
  }

  stop(): void {
    this.server?.closeAllConnections();
    this.server?.close();
  }

  newKey(config: Record<string, unknown> = allTiers, expiresAt: number | null = null): Promise<NewKey> {
    return createKey(this.ada, { name: 'test', config: keyConfigSchema.parse(config), expiresAt });
  }

  async client(config: Record<string, unknown> = allTiers): Promise<Client> {
    return connect(this.url, (await this.newKey(config)).key);
  }
}

/** A test host that is fresh for each test of the file. */
export function testHost(): TestHost {
  const host = new TestHost();
  beforeEach(() => host.start());
  afterEach(() => host.stop());
  afterAll(closeDatabase);
  return host;
}
