import { execFileSync } from 'node:child_process';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { type App, root } from '../../e2e/app.ts';
import { median, type Row, timed } from './row.ts';

const page = '5543210';

/** Reading a page through /api/mcp against the same upstream call made directly, and the size of the tool list. */
export async function mcpRows(app: App, times: number): Promise<Row[]> {
  const printed = execFileSync(
    process.execPath,
    ['scripts/run.mjs', 'scripts/key.ts', '--user', 'ada', '--name', 'bench', '--json'],
    {
      cwd: root,
      env: app.env,
      encoding: 'utf8',
    },
  );
  const key = JSON.parse(printed) as { key: string; url: string };
  const client = new Client({ name: 'bench', version: '1.0.0' });
  await client.connect(
    new StreamableHTTPClientTransport(new URL(key.url), {
      requestInit: { headers: { authorization: `Bearer ${key.key}` } },
    }),
  );
  const { tools } = await client.listTools();

  const authorization = `Basic ${Buffer.from('ada@halden.example:sandbox-token-ada').toString('base64')}`;
  const direct = await timed(times, async () => {
    const answer = await fetch(`${app.sandboxUrl}/wiki/api/v2/pages/${page}?body-format=storage`, {
      headers: { authorization },
    });
    await answer.text();
  });
  const through = await timed(times, async () => {
    const result = await client.callTool({ name: 'read_page', arguments: { page } });
    if (result.isError) throw new Error(JSON.stringify(result.content));
  });
  await client.close();
  const added = median(through) - median(direct);
  return [
    {
      name: 'read_page over /api/mcp',
      value: median(through),
      unit: 'ms',
      aim: '',
      note: `median of ${times}`,
    },
    { name: 'the same page from the sandbox directly', value: median(direct), unit: 'ms', aim: '' },
    { name: 'added by /api/mcp', value: added, unit: 'ms', aim: '< 5' },
    {
      name: 'tools/list of the router surface',
      value: JSON.stringify(tools).length,
      unit: 'characters',
      aim: '<= 6,000',
      note: `${tools.length} tools`,
    },
  ];
}
