import { Agent, MCPServerStreamableHttp, OpenAIProvider, Runner, setTracingDisabled } from '@openai/agents';
import { startFakeOpenAi } from '../fakes/openai.ts';
import { expect, test } from '../fixtures.ts';
import { makeKey } from '../mcp-client.ts';
import { toolNames, toolResults } from '../model.ts';

test('B14 a whole agent of the OpenAI Agents SDK reads and proposes; nothing is written', async ({
  ada: _,
  app,
  sandbox,
}) => {
  setTracingDisabled(true);
  const key = makeKey(app);
  const before = await sandbox.page('5543210');
  const fake = await startFakeOpenAi();
  fake.script([
    { tool: 'read_page', args: { page: before.id } },
    {
      tool: 'edit_page',
      args: {
        page: before.id,
        base_version: before.version,
        edits: [{ op: 'append', markdown: 'Written by an agent.' }],
      },
    },
    { text: 'It waits for you.' },
  ]);
  const confab = new MCPServerStreamableHttp({
    url: key.url,
    name: 'confab',
    requestInit: { headers: { authorization: `Bearer ${key.key}` } },
  });
  await confab.connect();
  const agent = new Agent({ name: 'Scribe', instructions: 'Use the tools.', mcpServers: [confab] });
  const modelProvider = new OpenAIProvider({
    apiKey: 'sk-stand-in',
    baseURL: `${fake.url}/v1`,
    useResponses: false,
  });
  const run = await new Runner({ modelProvider, model: 'stand-in' }).run(agent, 'Add a line to the guide.', {
    stream: true,
  });
  await run.completed;

  expect(run.finalOutput).toBe('It waits for you.');
  expect(fake.log).toHaveLength(3);
  const [first, , last] = fake.log;
  if (first === undefined || last === undefined) throw new Error('The model was not asked.');
  expect(toolNames(first)).toEqual(expect.arrayContaining(['read_page', 'edit_page']));
  const [read, proposed] = toolResults(last);
  expect(read).toContain(before.title);
  expect(proposed).toContain('Written by an agent.');
  expect(proposed).toMatch(new RegExp(`${app.url}/changes/chg_\\w+`));
  expect(await sandbox.writes()).toEqual([]);
  await confab.close();
  await fake.close();
});
