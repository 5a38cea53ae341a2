import type { App } from '../../e2e/app.ts';
import { benchKey, called, connected, upstream } from './client.ts';
import { residentMb } from './resident.ts';
import type { Row } from './row.ts';

const streams = 200;
const waitSeconds = 15;

/** Memory while 200 clients wait at once for a person to decide, each on a stream of its own. */
export async function streamRows(app: App): Promise<Row[]> {
  if (process.platform !== 'linux') return [];
  const client = await connected(benchKey(app, 'bench-streams'));
  const page = (await upstream(app, 'pages/5543210')) as { id: string; version: { number: number } };
  const edits = [{ op: 'append', markdown: 'Waiting for a person.' }];
  const proposed = await called(client, 'edit_page', {
    page: page.id,
    base_version: page.version.number,
    edits,
  });
  const id = /chg_\w+/.exec(proposed)?.[0];
  const before = residentMb(app);
  const waiting = Array.from({ length: streams }, () =>
    called(client, 'get_change', { change_id: id, wait_seconds: waitSeconds }),
  );
  await new Promise((done) => setTimeout(done, (waitSeconds * 1000) / 2));
  const during = residentMb(app);
  await Promise.all(waiting);
  await client.close();
  return [
    {
      name: `resident memory under ${streams} open streams`,
      value: during,
      unit: 'MB',
      aim: '',
      note: `${(during - before).toFixed(0)} MB more than before: ${(((during - before) * 1024) / streams).toFixed(0)} KB each`,
    },
  ];
}
