import { execFileSync } from 'node:child_process';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { ClientCapabilities } from '@modelcontextprotocol/sdk/types.js';
import { type App, root } from './app.ts';

export type Key = {
  id: string;
  name: string;
  key: string;
  url: string;
  url_with_key: string | null;
  expires_at: string | null;
};

/** A key of Ada's, made on the command line as an operator does. */
export function makeKey(app: App, ...more: string[]): Key {
  const printed = execFileSync(
    process.execPath,
    ['scripts/run.mjs', 'scripts/key.ts', '--user', 'ada', '--name', 'e2e', '--json', ...more],
    {
      cwd: root,
      env: app.env,
      encoding: 'utf8',
    },
  );
  return JSON.parse(printed) as Key;
}

/** An MCP client as most programs run one; `capabilities`: what it says it can do for its person. */
export async function connectClient(key: Key, capabilities: ClientCapabilities = {}): Promise<Client> {
  const client = new Client({ name: 'e2e', version: '1.0.0' }, { capabilities });
  await client.connect(
    new StreamableHTTPClientTransport(new URL(key.url), {
      requestInit: { headers: { authorization: `Bearer ${key.key}` } },
    }),
  );
  return client;
}

/** The text of a tool result. */
export const textOf = (result: unknown): string =>
  ((result as { content?: { type: string; text?: string }[] }).content ?? [])
    .map(({ text }) => text ?? '')
    .join('\n');
