import { execFileSync } from 'node:child_process';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { type App, root } from '../../e2e/app.ts';

type Key = { key: string; url: string };

/** A key of Ada's, as an operator makes it. */
export function benchKey(app: App, name: string): Key {
  const args = ['scripts/run.mjs', 'scripts/key.ts', '--user', 'ada', '--name', name, '--json'];
  return JSON.parse(
    execFileSync(process.execPath, args, { cwd: root, env: app.env, encoding: 'utf8' }),
  ) as Key;
}

/** An MCP client of that key, as most programs run one. */
export async function connected({ key, url }: Key): Promise<Client> {
  const client = new Client({ name: 'bench', version: '1.0.0' });
  const requestInit = { headers: { authorization: `Bearer ${key}` } };
  await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit }));
  return client;
}

/** Calls a tool; the text of its answer. A failed call fails the measurement. */
export async function called(client: Client, name: string, args: Record<string, unknown>): Promise<string> {
  const result = await client.callTool({ name, arguments: args });
  const text = (result.content as { text?: string }[]).map((part) => part.text ?? '').join('');
  if (result.isError) throw new Error(`${name}: ${text}`);
  return text;
}

const authorization = `Basic ${Buffer.from('ada@halden.example:sandbox-token-ada').toString('base64')}`;

/** Asks the practice Confluence itself, as Ada; `path` is under `/wiki/api/v2/`. */
export async function upstream(app: App, path: string, init?: RequestInit): Promise<unknown> {
  const answer = await fetch(`${app.sandboxUrl}/wiki/api/v2/${path}`, {
    ...init,
    headers: { authorization, 'content-type': 'application/json' },
  });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}
