import type { App } from '../../e2e/app.ts';
import { benchKey, called, connected, upstream } from './client.ts';
import { bodyOf } from './content-body.ts';
import type { Row } from './row.ts';

const heading = 'Pump seventeen';
const sentence = 'The valve of pump seventeen is opened by hand before the night shift.';
const next = 'The valve of pump seventeen opens by itself at ten in the evening.';

/** A page of 200 KB in the practice Confluence, with one sentence under a heading of its own in the middle. */
async function largePage(app: App): Promise<string> {
  const made = bodyOf(200_000);
  const middle = made.indexOf('<h2', made.length / 2);
  const value = `${made.slice(0, middle)}<h2>${heading}</h2><p>${sentence} Nobody else touches it.</p>${made.slice(middle)}`;
  const spaces = (await upstream(app, 'spaces?keys=ENG')) as { results: { id: string }[] };
  const body = { representation: 'storage', value };
  const page = { spaceId: spaces.results[0]?.id, status: 'current', title: 'Plant handbook', body };
  return ((await upstream(app, 'pages', { method: 'POST', body: JSON.stringify(page) })) as { id: string })
    .id;
}

/** What it costs a model to change one sentence of a page of 200 KB: read the page, the section, propose the edit. */
export async function tokenRows(app: App): Promise<Row[]> {
  const page = await largePage(app);
  const client = await connected(benchKey(app, 'bench-edit'));
  const sum = { to: 0, from: 0 };
  const edits = [{ op: 'replace_text', target: { text: sentence }, with: next }];
  for (const call of [
    { name: 'read_page', arguments: { page } },
    { name: 'read_page', arguments: { page, section: heading } },
    { name: 'edit_page', arguments: { page, base_version: 1, edits } },
  ]) {
    sum.from += JSON.stringify(call).length;
    sum.to += (await called(client, call.name, call.arguments)).length;
  }
  await client.close();
  return [
    {
      name: 'one sentence of a 200 KB page: to the model',
      value: sum.to / 4,
      unit: 'tokens',
      aim: '<= 4,000',
      note: 'characters / 4; page, section, edit',
    },
    {
      name: 'one sentence of a 200 KB page: from the model',
      value: sum.from / 4,
      unit: 'tokens',
      aim: '<= 500',
      note: 'characters / 4',
    },
  ];
}
