import { execFileSync } from 'node:child_process';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { type App, root } from '../../e2e/app.ts';
import type { Row } from './row.ts';

type Entry = { path: string; bytes: number };

const reads: [string, Record<string, unknown>][] = [
  ['search_content', { query: 'rate limits' }],
  ['read_page', { page: '5543210' }],
  ['list_pages', { space: 'ENG', limit: 25 }],
  ['list_spaces', {}],
  ['list_comments', { id: '5543210', replies: true }],
  ['list_versions', { id: '5543210' }],
  ['list_recent_changes', { since: '30d' }],
  ['find_broken_links', { space: 'ENG' }],
];

/** What a client is given for a read, against all that Confluence sent for it. */
export async function readRows(app: App): Promise<Row[]> {
  const printed = execFileSync(
    process.execPath,
    ['scripts/run.mjs', 'scripts/key.ts', '--user', 'ada', '--name', 'bench-reads', '--json'],
    { cwd: root, env: app.env, encoding: 'utf8' },
  );
  const key = JSON.parse(printed) as { key: string; url: string };
  const client = new Client({ name: 'bench', version: '1.0.0' });
  await client.connect(
    new StreamableHTTPClientTransport(new URL(key.url), {
      requestInit: { headers: { authorization: `Bearer ${key.key}` } },
    }),
  );
  const rows: Row[] = [];
  for (const [name, input] of reads) {
    await fetch(`${app.sandboxUrl}/_sandbox/log`, { method: 'DELETE' });
    const result = await client.callTool({ name: 'execute_read', arguments: { operation: name, input } });
    if (result.isError) throw new Error(`${name}: ${JSON.stringify(result.content)}`);
    const given = (result.content as { text?: string }[]).map((part) => part.text ?? '').join('').length;
    const { requests } = (await (await fetch(`${app.sandboxUrl}/_sandbox/log`)).json()) as {
      requests: Entry[];
    };
    const sent = requests
      .filter((one) => one.path.includes('/wiki/'))
      .reduce((sum, one) => sum + one.bytes, 0);
    rows.push({
      name: `characters of ${name} against raw JSON`,
      value: given,
      unit: 'characters',
      aim: '',
      note: `${sent.toLocaleString('en')} raw, ${Math.round((given / Math.max(1, sent)) * 100)} %`,
    });
  }
  await client.close();
  return rows;
}
