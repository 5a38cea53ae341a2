import type { Guide, GuideInput } from './types.ts';

const quote = (text: string) => `'${text}'`;
const ownProvider =
  'In a script a key is simpler. A program with people of its own can sign them in: its OAuth provider goes in the place of the headers.';

function openaiAgents({ address, key }: GuideInput): Guide {
  const text = `import { Agent, MCPServerStreamableHttp, run } from '@openai/agents';

const confab = new MCPServerStreamableHttp({
  name: 'Confab',
  url: ${quote(address)},
  requestInit: { headers: { Authorization: 'Bearer ${key}' } },
});
await confab.connect();
try {
  const agent = new Agent({
    name: 'Librarian',
    instructions: 'Answer from Confluence.',
    mcpServers: [confab],
  });
  const result = await run(agent, 'Which spaces are there?');
  console.log(result.finalOutput);
} finally {
  await confab.close();
}`;
  return {
    value: 'openai-agents',
    title: 'OpenAI Agents SDK',
    hosted: false,
    signIn: ownProvider,
    withKey: { steps: 'npm install @openai/agents', blocks: [{ caption: 'TypeScript', text }] },
  };
}

function aiSdk({ address, key }: GuideInput): Guide {
  const text = `import { createMCPClient } from '@ai-sdk/mcp';
import { openai } from '@ai-sdk/openai';
import { generateText, isStepCount } from 'ai';

const confab = await createMCPClient({
  transport: {
    type: 'http',
    url: ${quote(address)},
    headers: { Authorization: 'Bearer ${key}' },
  },
});
try {
  const { text } = await generateText({
    model: openai('gpt-5.1'),
    tools: await confab.tools(),
    stopWhen: isStepCount(8),
    prompt: 'Which spaces are there?',
  });
  console.log(text);
} finally {
  await confab.close();
}`;
  return {
    value: 'ai-sdk',
    title: 'AI SDK',
    hosted: false,
    signIn: ownProvider,
    withKey: {
      steps: 'npm install ai @ai-sdk/mcp @ai-sdk/openai',
      blocks: [{ caption: 'TypeScript', text }],
    },
  };
}

function langchain({ address, key }: GuideInput): Guide {
  const text = `import { MultiServerMCPClient } from '@langchain/mcp-adapters';
import { createAgent } from 'langchain';

const client = new MultiServerMCPClient({
  mcpServers: {
    confab: {
      transport: 'http',
      url: ${quote(address)},
      headers: { Authorization: 'Bearer ${key}' },
    },
  },
});
try {
  const agent = createAgent({ model: 'openai:gpt-5.1', tools: await client.getTools() });
  const { messages } = await agent.invoke({
    messages: [{ role: 'user', content: 'Which spaces are there?' }],
  });
  console.log(messages.at(-1)?.content);
} finally {
  await client.close();
}`;
  return {
    value: 'langchain',
    title: 'LangChain',
    hosted: false,
    signIn: ownProvider,
    withKey: {
      steps: 'npm install langchain @langchain/mcp-adapters @langchain/openai',
      blocks: [{ caption: 'TypeScript', text }],
    },
  };
}

function curl({ address, key }: GuideInput): Guide {
  const base = address.replace(/\/api\/mcp.*$/, '');
  const header = `-H "Authorization: Bearer ${key}"`;
  const ask = `{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{}}`;
  return {
    value: 'curl',
    title: 'curl',
    hosted: false,
    signIn: 'curl sends a key.',
    withKey: {
      steps:
        'Every operation by its name, with the same limits and approvals, for scripts that speak no MCP.',
      blocks: [
        {
          caption: 'An operation',
          text: `curl "${base}/api/operations/list_spaces" \\\n  ${header} \\\n  --json '{"limit": 5}'`,
        },
        { caption: 'All of them, as OpenAPI', text: `curl "${base}/api/openapi.json" \\\n  ${header}` },
        {
          caption: 'MCP itself',
          text: `curl "${address}" \\\n  ${header} \\\n  -H "Accept: application/json, text/event-stream" \\\n  -H "Content-Type: application/json" \\\n  -d '${ask}'`,
        },
      ],
    },
  };
}

/** Programs that people write. */
export const codeGuides: readonly ((input: GuideInput) => Guide)[] = [openaiAgents, aiSdk, langchain, curl];
