import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { CallToolResultSchema, ListToolsResultSchema } from '@modelcontextprotocol/sdk/types.js';
import { ToolkitError } from '#errors';
import { log } from '#log';
import packageJson from '../../package.json' with { type: 'json' };
import { fetchFor } from './reach.ts';
import type { Definition, Toolkit } from './types.ts';
import { bounded, oneLine } from './words.ts';

/** Milliseconds. */
const longestGreeting = 15_000;
const longestCall = 60_000;
const longestInAll = 120_000;
const mostPages = 20;
const mostTools = 300;

export type Listing = { tools: Definition[]; server: { name: string; version: string } | null };

/** A server that has been greeted, for the time of one piece of work. */
export type Session = {
  list(): Promise<Listing>;
  call(name: string, args: Record<string, unknown>): Promise<CallAnswer>;
};

type SessionOptions = {
  /** Who calls, as the server knows them. */
  headers: Record<string, string>;
  signal: AbortSignal;
  progress?: (text: string) => void;
};

export type CallAnswer = {
  /** Words for a model; a stranger's. */
  text: string;
  structured: Record<string, unknown> | null;
  failed: boolean;
};

type Content = {
  type: string;
  text?: unknown;
  uri?: unknown;
  name?: unknown;
  mimeType?: unknown;
  resource?: unknown;
};

function wordsOf(part: Content): string {
  if (part.type === 'text') return String(part.text ?? '');
  if (part.type === 'resource_link')
    return `[link: ${oneLine(String(part.name ?? ''), 100)} ${oneLine(String(part.uri ?? ''), 500)}]`;
  if (part.type === 'resource') {
    const { text, uri } = (part.resource ?? {}) as { text?: unknown; uri?: unknown };
    return typeof text === 'string' ? text : `[file: ${oneLine(String(uri ?? ''), 500)}]`;
  }
  return `[${oneLine(part.type, 30)} left out: ${oneLine(String(part.mimeType ?? 'unknown'), 60)}]`;
}

/** Characters of an answer that are kept. */
const longestAnswer = 200_000;

async function listAll(client: Client, options: { signal: AbortSignal }): Promise<Definition[]> {
  const found = new Map<string, Definition>();
  let cursor: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const params = cursor === undefined ? {} : { cursor };
    // Not `listTools`: it would compile the server's output schemas, and with them its regular expressions.
    const { tools, nextCursor } = await client.request(
      { method: 'tools/list', params },
      ListToolsResultSchema,
      {
        ...options,
        timeout: longestGreeting,
      },
    );
    for (const tool of tools) found.set(tool.name, tool as Definition);
    if (found.size > mostTools) break;
    if (nextCursor === undefined || nextCursor === cursor) return [...found.values()];
    cursor = nextCursor;
  }
  throw new ToolkitError(
    'toolkit_rejected',
    `The server lists more than ${mostTools} tools, or its list has no end.`,
    {
      next: 'Ask whoever runs that server for a smaller one.',
    },
  );
}

function sessionOf(client: Client, o: SessionOptions): Session {
  const { signal } = o;
  return {
    async list() {
      const version = client.getServerVersion();
      const server =
        version === undefined
          ? null
          : { name: oneLine(version.name, 80), version: oneLine(version.version, 40) };
      return { tools: await listAll(client, { signal }), server };
    },
    async call(name, args) {
      const result = await client.request(
        { method: 'tools/call', params: { name, arguments: args } },
        CallToolResultSchema,
        {
          signal,
          timeout: longestCall,
          maxTotalTimeout: longestInAll,
          resetTimeoutOnProgress: true,
          onprogress: ({ message }) => {
            if (message !== undefined) o.progress?.(oneLine(message, 120));
          },
        },
      );
      const structured = result.structuredContent ?? null;
      const said = (result.content as Content[]).map(wordsOf).join('\n\n');
      const text = said.trim() === '' && structured !== null ? JSON.stringify(structured, null, 1) : said;
      const small = structured !== null && JSON.stringify(structured).length <= longestAnswer;
      return {
        text: bounded(text, longestAnswer),
        structured: small ? structured : null,
        failed: result.isError === true,
      };
    },
  };
}

/**
 * Greets a toolkit's server, does a piece of work with it and says goodbye. Nothing is sent twice by itself, and no
 * credentials go anywhere but to the toolkit's own origin.
 * @throws what the client throws; `failureOf` words it.
 */
export async function withServer<T>(
  toolkit: Toolkit,
  o: SessionOptions,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  // The client itself waits on for an answer whose stream has broken off.
  const broken = new AbortController();
  const signal = AbortSignal.any([o.signal, AbortSignal.timeout(longestInAll), broken.signal]);
  const transport = new StreamableHTTPClientTransport(new URL(toolkit.url), {
    fetch: fetchFor(toolkit.url, longestInAll, {
      onBroken: (error, method) => {
        if (method === 'POST') broken.abort(error);
      },
    }),
    requestInit: { headers: o.headers },
  });
  const client = new Client({ name: 'confab', title: 'Confab', version: packageJson.version });
  try {
    await client.connect(transport, { signal, timeout: longestGreeting });
    return await work(sessionOf(client, { ...o, signal }));
  } catch (error) {
    throw broken.signal.aborted ? broken.signal.reason : error;
  } finally {
    await goodbye(transport, client, toolkit);
  }
}

/** A server that keeps sessions is told that this one is over; whether it listens changes nothing. */
async function goodbye(
  transport: StreamableHTTPClientTransport,
  client: Client,
  toolkit: Toolkit,
): Promise<void> {
  try {
    await Promise.race([transport.terminateSession(), new Promise((done) => setTimeout(done, 2000).unref())]);
  } catch (error) {
    log.debug({ toolkit: toolkit.slug, err: error }, 'a toolkit did not end its session');
  }
  await client.close();
}
