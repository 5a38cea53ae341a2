import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMCPClient } from '@ai-sdk/mcp';
import type { ToolMessage } from '@langchain/core/messages';
import { MultiServerMCPClient } from '@langchain/mcp-adapters';
import { Client as ClientV2, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { MCPServerStreamableHttp } from '@openai/agents';
import { connectClient, type Key, textOf } from '../mcp-client.ts';

/** A client of other people, connected to `/api/mcp` with a key: what all of them can do. */
export type Outside = {
  /** The protocol revision it agreed on; null where the client does not tell. */
  revision: string | null;
  names(): Promise<string[]>;
  /** Calls a tool; the text of its answer, as the client gives it to a model. */
  call(name: string, args: Record<string, unknown>): Promise<string>;
  close(): Promise<void>;
};

const bearer = (key: Key) => ({ authorization: `Bearer ${key.key}` });

type V1 = Pick<ClientV1, 'listTools' | 'callTool' | 'close'>;

const throughV1 = (client: V1, revision: string | null): Outside => ({
  revision,
  names: async () => (await client.listTools()).tools.map(({ name }) => name),
  call: async (name, args) => textOf(await client.callTool({ name, arguments: args })),
  close: () => client.close(),
});

/** @modelcontextprotocol/client, held to one era. */
async function v2(key: Key, mode: 'legacy' | { pin: string }): Promise<Outside> {
  const client = new ClientV2({ name: 'outside', version: '1.0.0' }, { versionNegotiation: { mode } });
  await client.connect(
    new StreamableHTTPClientTransport(new URL(key.url), { requestInit: { headers: bearer(key) } }),
  );
  return {
    revision: client.getNegotiatedProtocolVersion() ?? null,
    names: async () => (await client.listTools()).tools.map(({ name }) => name),
    call: async (name, args) => textOf(await client.callTool({ name, arguments: args })),
    close: () => client.close(),
  };
}

/** mcp-remote as a desktop program starts it: a process that speaks stdio, driven by the SDK most of them have. */
async function remote(key: Key, ...more: string[]): Promise<Outside> {
  const config = mkdtempSync(join(tmpdir(), 'confab-mcp-remote-'));
  const headers = join(config, 'headers.txt');
  writeFileSync(headers, `Authorization: Bearer ${key.key}\n`, { mode: 0o600 });
  const client = new ClientV1({ name: 'outside', version: '1.0.0' });
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [
        join(import.meta.dirname, 'node_modules/mcp-remote/dist/proxy.js'),
        key.url,
        '--transport',
        'http-only',
        '--header-file',
        headers,
        ...more,
      ],
      env: { PATH: process.env.PATH ?? '', MCP_REMOTE_CONFIG_DIR: config },
      stderr: 'ignore',
    }),
  );
  const through = throughV1(client, null);
  return {
    ...through,
    close: async () => {
      await through.close();
      rmSync(config, { recursive: true, force: true });
    },
  };
}

async function aiSdk(key: Key): Promise<Outside> {
  const client = await createMCPClient({ transport: { type: 'http', url: key.url, headers: bearer(key) } });
  const tools = await client.tools();
  return {
    revision: client.initializeResult.protocolVersion,
    names: async () => Object.keys(tools),
    call: async (name, args) => {
      const tool = tools[name];
      if (tool === undefined) throw new Error(`No tool ${name}.`);
      return textOf(await tool.execute(args, { toolCallId: 'call-1', messages: [], context: undefined }));
    },
    close: () => client.close(),
  };
}

async function openAiAgents(key: Key): Promise<Outside> {
  const server = new MCPServerStreamableHttp({
    url: key.url,
    name: 'confab',
    requestInit: { headers: bearer(key) },
  });
  await server.connect();
  return {
    revision: null,
    names: async () => (await server.listTools()).map(({ name }) => name),
    call: async (name, args) => textOf({ content: await server.callTool(name, args) }),
    close: () => server.close(),
  };
}

async function langchain(key: Key): Promise<Outside> {
  const client = new MultiServerMCPClient({
    mcpServers: {
      confab: { transport: 'http', url: key.url, headers: bearer(key), automaticSSEFallback: false },
    },
  });
  const tools = await client.getTools();
  return {
    revision: null,
    names: async () => tools.map(({ name }) => name),
    call: async (name, args) => {
      const tool = tools.find((one) => one.name === name);
      if (tool === undefined) throw new Error(`No tool ${name}.`);
      const { content } = (await tool.invoke({ type: 'tool_call', id: 'call-1', name, args })) as ToolMessage;
      return typeof content === 'string' ? content : textOf({ content });
    },
    close: () => client.close(),
  };
}

const modern = '2026-07-28';

/** Every client, by the name a person knows it by. */
export const outsiders: Record<string, (key: Key) => Promise<Outside>> = {
  '@modelcontextprotocol/sdk 1': async (key) => throughV1(await connectClient(key), null),
  '@modelcontextprotocol/client 2, revision 2025-11-25': (key) => v2(key, 'legacy'),
  '@modelcontextprotocol/client 2, revision 2026-07-28': (key) => v2(key, { pin: modern }),
  '@ai-sdk/mcp': aiSdk,
  '@openai/agents': openAiAgents,
  '@langchain/mcp-adapters': langchain,
  'mcp-remote': (key) => remote(key),
  'mcp-remote --protocol auto': (key) => remote(key, '--protocol', 'auto'),
};
