import type { App } from '../../e2e/app.ts';
import { benchKey, called, connected } from './client.ts';
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
  const client = await connected(benchKey(app, 'bench-reads'));
  const rows: Row[] = [];
  for (const [name, input] of reads) {
    await fetch(`${app.sandboxUrl}/_sandbox/log`, { method: 'DELETE' });
    const given = (await called(client, 'execute_read', { operation: name, input })).length;
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
