import {
  Client,
  StreamableHTTPClientTransport,
  UrlElicitationRequiredError,
} from '@modelcontextprotocol/client';
import { expect, test } from '../fixtures.ts';
import { makeKey, textOf } from '../mcp-client.ts';

test('B14 client v2 in revision 2025-11-25: the error names the page, a notice tells it is done, the same call brings the outcome', async ({
  ada,
  app,
  page,
  sandbox,
}) => {
  const { key, url } = makeKey(app);
  const client = new Client(
    { name: 'outside', version: '1.0.0' },
    { capabilities: { elicitation: { url: {} } } },
  );
  const done: string[] = [];
  client.setNotificationHandler('notifications/elicitation/complete', ({ params }) => {
    done.push(params.elicitationId);
  });
  const headers = { authorization: `Bearer ${key}` };
  await client.connect(new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } }));
  expect(client.getNegotiatedProtocolVersion()).toBe('2025-11-25');

  const before = await sandbox.page('5543210');
  const edits = [{ op: 'append', markdown: 'Asked by an error.' }];
  const edit = {
    name: 'edit_page',
    arguments: { page: before.id, base_version: before.version, edits },
  };
  const asked = await client.callTool(edit).catch((error: unknown) => error);
  expect(asked).toBeInstanceOf(UrlElicitationRequiredError);
  const [opened] = (asked as UrlElicitationRequiredError).elicitations;
  if (opened === undefined) throw new Error('The error names no page.');
  await page.goto(opened.url);
  await ada.card.getByRole('button', { name: 'Apply', exact: true }).click();
  await expect.poll(() => done).toEqual([opened.elicitationId]);
  expect(textOf(await client.callTool(edit))).toMatch(/applied and verified/i);
  expect((await sandbox.page(before.id)).version).toBe(before.version + 1);
  expect(await sandbox.writes()).toHaveLength(1);
  await client.close();
});
